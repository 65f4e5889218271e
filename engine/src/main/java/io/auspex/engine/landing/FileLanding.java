package io.auspex.engine.landing;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file, or a folder of files, that appears whole or not at all: written under a temporary name in
 * the same folder, forced to disk, then renamed. What a killed process leaves is swept by {@link
 * Orphans}.
 */
public final class FileLanding implements AutoCloseable {
  private final Path target;
  private final Path temporary;
  private final Orphans orphans;
  private boolean landed;

  private FileLanding(Path target, Path temporary, Orphans orphans) {
    this.target = target;
    this.temporary = temporary;
    this.orphans = orphans;
  }

  /**
   * Prepares a landing.
   *
   * @param file the file's name as written; relative to the process's working directory
   * @param folder whether it is to be a folder, which must not exist yet
   */
  public static FileLanding at(String file, boolean folder, Orphans orphans) {
    Path target = Path.of(file).toAbsolutePath();
    if (folder && Files.exists(target)) {
      throw new AuspexException(
          ErrorCode.LANDING_FAILED,
          file,
          "partitioned output replaces nothing: it needs a folder that does not exist yet.");
    }
    if (!Files.isDirectory(target.getParent())) {
      throw new AuspexException(
          ErrorCode.LANDING_FAILED, file, "there is no folder " + target.getParent() + ".");
    }
    return new FileLanding(target, orphans.announce(target), orphans);
  }

  /** Where to write, for now. */
  public Path temporary() {
    return temporary;
  }

  /** Makes what was written appear under its name. */
  public void land() {
    try {
      if (Files.isDirectory(temporary)) {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } else {
        force(temporary);
        replace();
      }
      forceFolder(target.getParent());
      landed = true;
    } catch (IOException e) {
      throw new AuspexException(ErrorCode.LANDING_FAILED, target, e.getMessage()).causedBy(e);
    }
  }

  private void replace() throws IOException {
    try {
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("its file system cannot rename atomically", e);
    }
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows cannot open a folder; there the rename is journaled by the file system.
    }
  }

  /** Takes back what did not land. */
  @Override
  public void close() {
    if (!landed) {
      orphans.delete(temporary);
    }
    orphans.settle(temporary);
  }
}
