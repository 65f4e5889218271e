package io.auspex.engine;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Setting;
import io.auspex.catalog.Settings;
import io.auspex.engine.stream.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * A DuckDB database opened by this process, and what all its sessions share: native memory, worker
 * threads, the commit lock. Opening a file that this process has open already gives the same
 * warehouse; it closes with its last user. Thread-safe.
 */
public final class Warehouse implements AutoCloseable {
  private static final Map<Path, Warehouse> OPEN = new HashMap<>();
  private static final int BATCH_MEMORY_SHARE = 4;

  private final Path file;
  private final WarehouseFolder folder;
  private final WarehouseLock lock;
  private final DuckDBConnection root;
  private final BufferAllocator allocator;
  private final Workers workers = new Workers();
  private final ReentrantLock commitLock = new ReentrantLock();
  private final ScheduledExecutorService timeouts =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "auspex-timeouts");
            thread.setDaemon(true);
            return thread;
          });
  private int users = 1;

  private Warehouse(Path file, WarehouseFolder folder, WarehouseLock lock, DuckDBConnection root) {
    this.file = file;
    this.folder = folder;
    this.lock = lock;
    this.root = root;
    this.allocator = new RootAllocator(defaultMemory());
  }

  /**
   * Opens a warehouse.
   *
   * @param path the DuckDB file, made if there is none; empty for a new one in memory
   * @param options our settings and DuckDB's, by name
   * @throws AuspexException WAREHOUSE_LOCKED, WAREHOUSE_UNREADABLE, INVALID_SETTING
   */
  public static Warehouse open(String path, Map<String, String> options) {
    Settings settings = new Settings();
    Properties duckdb = new Properties();
    options.forEach(
        (name, value) ->
            Setting.named(name)
                .ifPresentOrElse(
                    setting -> settings.set(setting, value),
                    () -> duckdb.setProperty(name, value)));
    try {
      return path.isEmpty() ? openInMemory(duckdb) : openFile(Path.of(path), duckdb, settings);
    } catch (IOException | SQLException e) {
      throw new AuspexException(
              ErrorCode.WAREHOUSE_UNREADABLE,
              path.isEmpty() ? "in memory" : path,
              String.valueOf(e.getMessage()).strip())
          .causedBy(e);
    }
  }

  private static Warehouse openInMemory(Properties duckdb) throws IOException, SQLException {
    WarehouseFolder folder = WarehouseFolder.inMemory();
    try {
      return new Warehouse(null, folder, null, connect("", duckdb));
    } catch (SQLException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private static Warehouse openFile(Path path, Properties duckdb, Settings settings)
      throws IOException, SQLException {
    Path file = path.toAbsolutePath().normalize();
    synchronized (OPEN) {
      Warehouse open = OPEN.get(file);
      if (open != null) {
        open.users++;
        return open;
      }
      WarehouseFolder folder = WarehouseFolder.beside(file);
      Duration timeout =
          Duration.ofNanos((long) (Double.parseDouble(settings.get(Setting.LOCK_TIMEOUT)) * 1e9));
      WarehouseLock lock = WarehouseLock.acquire(path, folder.owner(), timeout);
      try {
        folder.sweepSpool();
        Warehouse warehouse = new Warehouse(file, folder, lock, connect(file.toString(), duckdb));
        OPEN.put(file, warehouse);
        return warehouse;
      } catch (SQLException | RuntimeException e) {
        lock.close();
        throw e;
      }
    }
  }

  private static DuckDBConnection connect(String path, Properties duckdb) throws SQLException {
    DuckDBConnection connection =
        (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:" + path, duckdb);
    try (Statement statement = connection.createStatement()) {
      // Without it HUGEINT loses values on its way through Arrow, TIMETZ its zone, and BIT its
      // type.
      statement.execute("SET GLOBAL arrow_lossless_conversion = true");
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static long defaultMemory() {
    long physical =
        ((com.sun.management.OperatingSystemMXBean)
                java.lang.management.ManagementFactory.getOperatingSystemMXBean())
            .getTotalMemorySize();
    return physical / BATCH_MEMORY_SHARE;
  }

  /** A new session; it must be closed before the warehouse is. */
  public Session newSession() {
    return new Session(this);
  }

  /** A connection of its own to the database; the caller's to close. */
  DuckDBConnection connect() throws SQLException {
    return (DuckDBConnection) root.duplicate();
  }

  BufferAllocator allocator() {
    return allocator;
  }

  Workers workers() {
    return workers;
  }

  WarehouseFolder folder() {
    return folder;
  }

  /** Held while a transaction commits, and while the transactions of one statement begin. */
  ReentrantLock commitLock() {
    return commitLock;
  }

  ScheduledExecutorService timeouts() {
    return timeouts;
  }

  /** Gives the warehouse back; the last user's close closes the database. */
  @Override
  public void close() {
    synchronized (OPEN) {
      if (--users > 0) {
        return;
      }
      OPEN.remove(file);
      timeouts.shutdownNow();
      workers.close();
      try (WarehouseFolder lastly = folder;
          WarehouseLock held = lock;
          DuckDBConnection connection = root) {
        allocator.close();
      } catch (IOException | SQLException e) {
        throw new AuspexException(ErrorCode.WAREHOUSE_UNREADABLE, file, e.getMessage()).causedBy(e);
      }
    }
  }
}
