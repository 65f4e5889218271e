package io.auspex.engine.landing;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file, or a folder of files, that appears whole or not at all: written under a temporary name in
 * the same folder, forced to disk, then renamed. What a killed process leaves is swept by {@link
 * Orphans}.
 *
 * <p>A pipe or a device, such as {@code /dev/stdout}, is written as it is.
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
   * @throws AuspexException LANDING_FAILED where nothing can be written there
   */
  public static FileLanding at(String file, boolean folder, Orphans orphans) {
    Path target = target(file);
    if (isSpecial(target)) {
      return new FileLanding(target, target, orphans);
    }
    if (Files.isDirectory(target)) {
      throw failed(
          file,
          folder
              ? "partitioned output replaces nothing: it needs a folder that does not exist yet"
              : "it is a folder");
    } else if (folder && Files.exists(target)) {
      throw failed(file, "it is a file, and partitioned output needs a new folder");
    } else if (!Files.isDirectory(target.getParent())) {
      throw failed(file, "there is no folder " + target.getParent());
    }
    return new FileLanding(target, orphans.announce(target), orphans);
  }

  private static Path target(String file) {
    if (file.startsWith("file:")) {
      return resolved(file, Path.of(URI.create(file)));
    } else if (file.matches("[a-zA-Z][a-zA-Z0-9+.-]+://.*")) {
      throw failed(file, "predictions land in files of this machine only");
    } else if (file.startsWith("~/")) {
      return resolved(file, Path.of(System.getProperty("user.home"), file.substring(2)));
    }
    return resolved(file, Path.of(file));
  }

  /** Through links, so that they stay and what they point to is replaced. */
  private static Path resolved(String file, Path path) {
    Path target = path.toAbsolutePath().normalize();
    if (file.isEmpty() || target.getFileName() == null) {
      throw failed("'" + file + "'", "that is not the name of a file");
    }
    try {
      return Files.exists(target) && !isSpecial(target) ? target.toRealPath() : target;
    } catch (IOException e) {
      throw failed(file, e.getMessage());
    }
  }

  private static boolean isSpecial(Path path) {
    return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  private static AuspexException failed(String file, String reason) {
    return new AuspexException(ErrorCode.LANDING_FAILED, file, reason + ".");
  }

  /** Whether what is written is seen at once: there is nothing to rename. */
  public boolean isDirect() {
    return temporary.equals(target);
  }

  /** Where to write, for now. */
  public Path temporary() {
    return temporary;
  }

  /**
   * Makes what was written appear under its name. Options may have it that nothing was written;
   * then nothing appears.
   */
  public void land() {
    try {
      if (!isDirect() && Files.exists(temporary)) {
        FileTree.force(temporary);
        rename();
        FileTree.forceFolder(target.getParent());
      }
      landed = true;
    } catch (IOException e) {
      throw failed(target.toString(), String.valueOf(e.getMessage())).causedBy(e);
    }
  }

  private void rename() throws IOException {
    try {
      if (Files.isDirectory(temporary)) {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("its file system cannot rename atomically", e);
    }
  }

  /** Takes back what did not land. */
  @Override
  public void close() {
    if (isDirect()) {
      return;
    }
    if (!landed) {
      orphans.delete(temporary);
    }
    orphans.settle(temporary);
  }
}
