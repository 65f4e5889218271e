package io.auspex.udf.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files at addresses, and the ways in which they do not come. */
class DownloadTest {
  private static final byte[] CONTENT = "a model, say".getBytes();

  private final CountDownLatch ended = new CountDownLatch(1);
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(executor);
    server.createContext("/m/model.onnx", exchange -> answer(exchange, 200, CONTENT));
    server.createContext("/m/model.onnx_data", exchange -> answer(exchange, 200, new byte[3]));
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/m/model.onnx");
          answer(exchange, 302, new byte[0]);
        });
    server.createContext(
        "/circle",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/circle");
          answer(exchange, 302, new byte[0]);
        });
    server.createContext("/secret", exchange -> answer(exchange, 403, "no".getBytes()));
    server.createContext("/broken", exchange -> answer(exchange, 500, "oh".getBytes()));
    server.createContext(
        "/cut",
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write(CONTENT);
          exchange.getResponseBody().flush();
          exchange.close();
        });
    server.createContext("/mute", exchange -> awaitEnd());
    server.createContext(
        "/stuck",
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write(CONTENT);
          exchange.getResponseBody().flush();
          awaitEnd();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    ended.countDown();
    server.stop(0);
    executor.shutdownNow();
  }

  private void awaitEnd() {
    try {
      ended.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] content) throws IOException {
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
    exchange.close();
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  @Test
  void fetchesAFileAndItsNeighbours() throws IOException {
    Path folder;
    try (Download download = new Download(address("/m/model.onnx"), Duration.ofSeconds(5))) {
      Path file = download.file("");
      assertThat(file).hasFileName("model.onnx").hasBinaryContent(CONTENT);
      Path data = download.file("model.onnx_data");
      assertThat(data).hasBinaryContent(new byte[3]).hasParent(file.getParent());
      folder = file.getParent();
    }
    assertThat(Files.exists(folder)).isFalse();
  }

  @Test
  void followsRedirects() {
    try (Download download = new Download(address("/moved"), Duration.ofSeconds(5))) {
      assertThat(download.file("")).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void saysWhatTheServerAnswered() {
    assertSays("/nowhere", "the server answered 404 (there is no such file).");
    assertSays(
        "/secret", "the server answered 403 (not allowed; fetch it yourself and name the file).");
    assertSays("/broken", "the server answered 500.");
    assertSays("/circle", "the server answered 302 (moved too often, or from https to http).");
  }

  @Test
  void saysHowFarItCame() {
    assertThatThrownBy(() -> fetch(address("/cut"), 5))
        .hasMessageContaining("the connection failed after 12 bytes");
    assertThatThrownBy(() -> fetch(address("/mute"), 1))
        .hasMessageContaining("the server did not answer within 1 s");
    assertThatThrownBy(() -> fetch(address("/stuck"), 1))
        .hasMessageContaining("nothing came for 1 s, after 12 bytes");
  }

  @Test
  void saysThatNobodyIsThere() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    URI nobody = URI.create("http://127.0.0.1:" + free + "/m.onnx");
    assertThatThrownBy(() -> fetch(nobody, 5)).hasMessageContaining("nobody answers there");
    assertThatThrownBy(() -> fetch(URI.create("http://no-such-host.invalid/m"), 5))
        .hasMessageContaining("there is no host of this name");
    assertThatThrownBy(() -> Download.of("http://a b"))
        .hasMessageContaining("it is no address; write blanks and the like as %20");
  }

  private void assertSays(String path, String message) {
    assertThatThrownBy(() -> fetch(address(path), 5))
        .isInstanceOfSatisfying(
            AuspexException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.DOWNLOAD_FAILED))
        .hasMessage(address(path) + " could not be downloaded: " + message);
  }

  private static void fetch(URI address, int seconds) {
    try (Download download = new Download(address, Duration.ofSeconds(seconds))) {
      download.file("");
    }
  }
}
