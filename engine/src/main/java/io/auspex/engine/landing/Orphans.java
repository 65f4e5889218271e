package io.auspex.engine.landing;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The journal of files being written: one small file a landing, in the warehouse's folder, that
 * names the temporary file. Whoever opens the warehouse next deletes what it names. Thread-safe.
 */
public final class Orphans {
  private final Path journal;

  /** The journal kept in {@code folder}; made when first needed. */
  public Orphans(Path folder) {
    this.journal = folder;
  }

  /**
   * Chooses a temporary name beside {@code target} and writes it down before anything is written.
   */
  Path announce(Path target) {
    String id = UUID.randomUUID().toString();
    // The name's end is kept: DuckDB takes format and compression from it.
    Path temporary = target.resolveSibling(".auspex-" + id + "-" + target.getFileName());
    try {
      Files.createDirectories(journal);
      Files.writeString(
          journal.resolve(id),
          temporary.toString(),
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE,
          StandardOpenOption.SYNC);
      return temporary;
    } catch (IOException e) {
      throw new AuspexException(ErrorCode.LANDING_FAILED, target, e.getMessage()).causedBy(e);
    }
  }

  /** Strikes a landing out; it is done, or was taken back. */
  void settle(Path temporary) {
    String name = temporary.getFileName().toString();
    try {
      Files.deleteIfExists(journal.resolve(name.substring(".auspex-".length(), 44)));
    } catch (IOException e) {
      // Then the next start finds nothing to delete.
    }
  }

  /** Deletes what killed processes left, and strikes it out. */
  public void sweep() {
    if (!Files.isDirectory(journal)) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(journal)) {
      for (Path entry : entries) {
        delete(Path.of(Files.readString(entry)));
        Files.delete(entry);
      }
    } catch (IOException e) {
      throw new AuspexException(ErrorCode.LANDING_FAILED, journal, e.getMessage()).causedBy(e);
    }
  }

  /** Deletes a temporary file or folder, and the one that DuckDB wrote for it. */
  void delete(Path temporary) {
    Path duckdb = temporary.resolveSibling("tmp_" + temporary.getFileName());
    for (Path path : List.of(temporary, duckdb)) {
      try (Stream<Path> tree = Files.exists(path) ? Files.walk(path) : Stream.empty()) {
        for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        // A file that cannot be deleted must not keep the warehouse from opening.
      }
    }
  }
}
