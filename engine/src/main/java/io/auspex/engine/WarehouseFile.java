package io.auspex.engine;

import io.auspex.catalog.AuspexException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * A database opened: DuckDB's connection to it, the folder beside it, and the lock on both.
 *
 * @param file null for a database in memory
 * @param lock null for a database in memory, or one that is only read: those share it
 */
record WarehouseFile(Path file, WarehouseFolder folder, WarehouseLock lock, DuckDBConnection root)
    implements AutoCloseable {
  private static final Pattern HELD =
      Pattern.compile("Could not set lock on file(?:.*\\(PID (\\d+)\\))?", Pattern.DOTALL);

  static WarehouseFile inMemory(Properties duckdb) throws IOException, SQLException {
    WarehouseFolder folder = WarehouseFolder.inMemory();
    try {
      return new WarehouseFile(null, folder, null, connect("", duckdb));
    } catch (SQLException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /** The one name of a file, which symbolic links may give several. */
  static Path identity(Path path) throws IOException {
    Path file = path.toAbsolutePath().normalize();
    if (!Files.isDirectory(file.getParent())) {
      throw new NoSuchFileException("there is no folder " + file.getParent());
    }
    if (Files.isDirectory(file)) {
      throw new IOException("it is a folder");
    }
    return Files.exists(file)
        ? file.toRealPath()
        : file.getParent().toRealPath().resolve(file.getFileName());
  }

  /**
   * Opens a file, waiting up to {@code timeout} for another process that has it.
   *
   * @param file its {@link #identity}
   * @throws AuspexException WAREHOUSE_LOCKED
   */
  static WarehouseFile open(Path file, Properties duckdb, Duration timeout)
      throws IOException, SQLException {
    long deadline = System.nanoTime() + timeout.toNanos();
    WarehouseFolder folder = WarehouseFolder.beside(file);
    if ("READ_ONLY".equalsIgnoreCase(duckdb.getProperty("access_mode"))) {
      return new WarehouseFile(file, folder, null, await(file, duckdb, timeout, deadline));
    }
    boolean made = folder.make();
    WarehouseLock lock = WarehouseLock.acquire(file, folder.owner(), timeout);
    try {
      // Left by one that was killed: nobody else had the lock.
      Files.deleteIfExists(folder.server());
      return new WarehouseFile(file, folder, lock, await(file, duckdb, timeout, deadline));
    } catch (SQLException | IOException | RuntimeException e) {
      if (made) {
        WarehouseFolder.delete(folder.path());
      }
      lock.close();
      throw e;
    }
  }

  /** A process that uses DuckDB without Auspex has DuckDB's lock, but not ours. */
  private static DuckDBConnection await(
      Path file, Properties duckdb, Duration timeout, long deadline) throws SQLException {
    while (true) {
      try {
        return connect(file.toString(), duckdb);
      } catch (SQLException e) {
        Matcher held = HELD.matcher(String.valueOf(e.getMessage()));
        if (!held.find()) {
          throw e;
        }
        if (System.nanoTime() >= deadline) {
          throw WarehouseLock.refusal(file, holder(held.group(1)), timeout).causedBy(e);
        }
        WarehouseLock.pause();
      }
    }
  }

  private static String holder(String pid) {
    return pid == null
        ? "another process"
        : ProcessHandle.of(Long.parseLong(pid))
            .map(WarehouseLock::describe)
            .orElse("process " + pid);
  }

  private static DuckDBConnection connect(String path, Properties duckdb) throws SQLException {
    DuckDBConnection connection =
        (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:" + path, duckdb);
    try (Statement statement = connection.createStatement()) {
      // Without it HUGEINT loses values on its way through Arrow, TIMETZ its zone, and BIT its
      // type.
      statement.execute("SET GLOBAL arrow_lossless_conversion = true");
      // With threads for writing alone, an interrupted COPY to Parquet can block DuckDB for good:
      // what aborts the writes waits for one that waits for its lock.
      if (!duckdb.containsKey("async_threads")) {
        statement.execute("SET GLOBAL async_threads = 0");
      }
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException, SQLException {
    // Closed in reverse.
    try (WarehouseFolder lastly = folder;
        WarehouseLock held = lock) {
      root.close();
    }
  }
}
