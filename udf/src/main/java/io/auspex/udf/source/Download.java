package io.auspex.udf.source;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A file at an http or https address, fetched with those beside it into a folder of its own, which
 * is deleted at the end. Redirects are followed, though not from https to http.
 */
final class Download implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(15);

  private final URI address;
  private final Duration patience;
  private final Path folder;
  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(CONNECT)
          .build();

  /**
   * @param patience how long to wait for the first byte, or the next
   */
  Download(URI address, Duration patience) {
    this.address = address;
    this.patience = patience;
    try {
      this.folder = Files.createTempDirectory("auspex-download");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Throws DOWNLOAD_FAILED where it is no address. */
  static Download of(String location) {
    URI address;
    try {
      address = URI.create(location);
    } catch (IllegalArgumentException malformed) {
      throw failed(location, "it is no address; write blanks and the like as %20");
    }
    if (address.getHost() == null) {
      throw failed(location, "it names no host");
    }
    return new Download(address, Duration.ofSeconds(60));
  }

  /**
   * Fetches the file itself, or one beside it.
   *
   * @param beside its name relative to this one, empty for the file itself
   */
  Path file(String beside) {
    URI source = beside.isEmpty() ? address : beside(beside);
    String path = source.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    Path target = folder.resolve(beside.isEmpty() ? (name.isEmpty() ? "model" : name) : beside);
    try {
      Files.createDirectories(target.getParent());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    fetch(source, target);
    return target;
  }

  private URI beside(String name) {
    try {
      return address.resolve(new URI(null, null, name, null).getRawPath());
    } catch (URISyntaxException noAddress) {
      throw failed(name, "it is no address");
    }
  }

  private void fetch(URI source, Path target) {
    HttpRequest request;
    try {
      request = HttpRequest.newBuilder(source).timeout(patience).build();
    } catch (IllegalArgumentException noAddress) {
      throw failed(source, "it is no address");
    }
    CompletableFuture<HttpResponse<Path>> response =
        client.sendAsync(
            request,
            answer ->
                answer.statusCode() == 200
                    ? HttpResponse.BodySubscribers.ofFile(target)
                    : HttpResponse.BodySubscribers.replacing(target));
    try {
      int status = await(response, source, target).statusCode();
      if (status != 200) {
        throw failed(source, "the server answered " + status + meaning(status));
      }
    } catch (ExecutionException failure) {
      throw failed(source, reason(failure.getCause(), target)).causedBy(failure.getCause());
    }
  }

  /** Waits as long as something comes. */
  private HttpResponse<Path> await(
      CompletableFuture<HttpResponse<Path>> response, URI source, Path target)
      throws ExecutionException {
    long size = -1;
    long since = System.nanoTime();
    while (true) {
      try {
        return response.get(200, TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        long now = size(target);
        if (now != size) {
          size = now;
          since = System.nanoTime();
        } else if (System.nanoTime() - since > patience.toNanos()) {
          response.cancel(true);
          throw failed(
              source, "nothing came for " + patience.toSeconds() + " s, after " + now + " bytes");
        }
      } catch (InterruptedException interrupted) {
        response.cancel(true);
        Thread.currentThread().interrupt();
        throw new AuspexException(ErrorCode.CANCELLED);
      }
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException notThereYet) {
      return 0;
    }
  }

  private String reason(Throwable failure, Path target) {
    if (failure instanceof HttpTimeoutException) {
      return "the server did not answer within " + patience.toSeconds() + " s";
    } else if (failure.getCause() instanceof UnresolvedAddressException) {
      return "there is no host of this name";
    } else if (failure instanceof ConnectException) {
      return "nobody answers there";
    }
    return "the connection failed after " + size(target) + " bytes: " + failure.getMessage();
  }

  private static String meaning(int status) {
    return switch (status) {
      case 401, 403 -> " (not allowed; fetch it yourself and name the file)";
      case 404, 410 -> " (there is no such file)";
      case 301, 302, 303, 307, 308 -> " (moved too often, or from https to http)";
      case 429, 503 -> " (too busy; try again later)";
      default -> "";
    };
  }

  private static AuspexException failed(Object what, String why) {
    return new AuspexException(ErrorCode.DOWNLOAD_FAILED, what, why);
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> innermostFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : innermostFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException left) {
      // It is in the folder for what is temporary.
    }
  }
}
