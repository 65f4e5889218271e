package io.auspex.engine.landing;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The journal of files being written: one small file a landing, in the warehouse's folder, that
 * names the temporary file. Whoever opens the warehouse next deletes what it names. Thread-safe.
 *
 * <p>An entry's name is part of the temporary file's, so that a damaged entry can never have
 * anything else deleted.
 */
public final class Orphans {
  private static final String UUIDS =
      "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
  private static final Pattern TEMPORARY =
      Pattern.compile("\\.auspex-(" + UUIDS + ")-.*", Pattern.DOTALL);

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
      FileTree.create(journal.resolve(id), temporary.toString());
      return temporary;
    } catch (IOException e) {
      throw new AuspexException(ErrorCode.LANDING_FAILED, target, e.getMessage()).causedBy(e);
    }
  }

  /** Strikes a landing out; it is done, or was taken back. */
  void settle(Path temporary) {
    try {
      Optional<String> entry = entryOf(temporary);
      if (entry.isPresent()) {
        Files.deleteIfExists(journal.resolve(entry.get()));
      }
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
        named(entry).ifPresent(this::delete);
        Files.deleteIfExists(entry);
      }
    } catch (IOException e) {
      throw new AuspexException(ErrorCode.LANDING_FAILED, journal, e.getMessage()).causedBy(e);
    }
  }

  /** The temporary file that an entry names, if it is whole. */
  private static Optional<Path> named(Path entry) throws IOException {
    try {
      Path temporary = Path.of(Files.readString(entry));
      boolean whole =
          temporary.isAbsolute()
              && entryOf(temporary).equals(Optional.of(entry.getFileName().toString()));
      return whole ? Optional.of(temporary) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> entryOf(Path temporary) {
    Matcher name = TEMPORARY.matcher(String.valueOf(temporary.getFileName()));
    return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
  }

  /** Deletes a temporary file or folder, and the one that DuckDB wrote for it. */
  void delete(Path temporary) {
    try {
      FileTree.delete(temporary);
      FileTree.delete(temporary.resolveSibling("tmp_" + temporary.getFileName()));
    } catch (IOException e) {
      // A file that cannot be deleted must not keep the warehouse from opening.
    }
  }
}
