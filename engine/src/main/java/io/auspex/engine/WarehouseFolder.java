package io.auspex.engine;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The folder beside the warehouse file: model artifacts, temporary spools, and the journal of
 * landings under way. An in-memory warehouse has one in the system's temporary folder, deleted with
 * it.
 */
record WarehouseFolder(Path path, boolean temporary) implements AutoCloseable {

  static WarehouseFolder beside(Path warehouse) {
    return new WarehouseFolder(
        warehouse.resolveSibling(warehouse.getFileName() + ".auspex"), false);
  }

  /** Makes it; false if it has been. */
  boolean make() throws IOException {
    boolean missing = !Files.exists(path);
    Files.createDirectories(path);
    return missing;
  }

  static WarehouseFolder inMemory() throws IOException {
    return new WarehouseFolder(Files.createTempDirectory("auspex-"), true);
  }

  Path artifacts() {
    return path.resolve("artifacts");
  }

  Path spool() {
    return path.resolve("spool");
  }

  Path landings() {
    return path.resolve("landings");
  }

  Path stagings() {
    return path.resolve("stagings");
  }

  /** Says where the process that serves the warehouse is asked; that process writes it. */
  Path server() {
    return path.resolve("server");
  }

  Path owner() {
    return path.resolve("owner");
  }

  /** Deletes what a process that died left behind. Only the one that holds the warehouse may. */
  void sweepSpool() {
    delete(spool());
  }

  @Override
  public void close() {
    if (temporary) {
      delete(path);
    }
  }

  static void delete(Path tree) {
    if (!Files.exists(tree)) {
      return;
    }
    try {
      Files.walkFileTree(
          tree,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException problem)
                throws IOException {
              Files.delete(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new AuspexException(ErrorCode.LANDING_FAILED, tree, e.getMessage()).causedBy(e);
    }
  }
}
