package io.auspex.engine.source;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Names;
import io.auspex.catalog.Source;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The connections to all sources, pooled for each. A pool opens when its source is first used, and
 * all close with this, which closes with the warehouse. Thread-safe.
 *
 * <p>Sessions are in UTC, so that text and times mean the same whoever asks.
 */
public final class SourceConnections implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 64;
  private static final long PATIENCE_MS = 5000;
  private static final long IDLE_MS = 60_000;

  private final Function<Source, Optional<String>> passwords;
  private final SourceDrivers drivers;
  private final Map<String, Pool> pools = new HashMap<>();

  /** Of sources that were replaced: closed when what runs there has ended. */
  private final List<Pool> retired = new ArrayList<>();

  private boolean closed;

  /** A pool, and the source as it was when it opened. */
  private record Pool(Source source, HikariDataSource connections) {
    boolean isBusy() {
      return connections.isRunning()
          && connections.getHikariPoolMXBean().getActiveConnections() > 0;
    }
  }

  /**
   * @param passwords opens the secret of a source, each time a connection is made
   * @param driverFolder where drivers' jars may lie
   */
  public SourceConnections(
      Function<Source, Optional<String>> passwords, Optional<Path> driverFolder) {
    this.passwords = passwords;
    this.drivers = new SourceDrivers(driverFolder);
  }

  /**
   * A connection in auto-commit mode; the caller's to close, which gives it back.
   *
   * @throws AuspexException SOURCE_DRIVER, SOURCE_UNREACHABLE, SECRET, CLOSED
   */
  public Connection borrow(Source source) {
    HikariDataSource pool = pool(source);
    try {
      return pool.getConnection();
    } catch (SQLException e) {
      throw unreachable(source, e);
    }
  }

  /** Throws SOURCE_DRIVER where there is no driver for the source; does not connect. */
  public void requireDriver(Source source) {
    drivers.find(source);
  }

  /**
   * Has a connection closed instead of given back: it is broken, or in the middle of something. May
   * be called from any thread; what runs on it fails at once.
   */
  public void discard(Source source, Connection connection) {
    try {
      connection.unwrap(Connection.class).abort(Runnable::run);
    } catch (SQLException | RuntimeException e) {
      // It is gone already.
    }
    Pool pool;
    synchronized (this) {
      pool = pools.get(Names.fold(source.name()));
    }
    if (pool != null) {
      pool.connections.evictConnection(connection);
    }
  }

  /** How many connections are lent just now. */
  public synchronized int active() {
    int active = 0;
    for (Pool pool : pools.values()) {
      active += pool.connections.getHikariPoolMXBean().getActiveConnections();
    }
    for (Pool pool : retired) {
      active += pool.isBusy() ? pool.connections.getHikariPoolMXBean().getActiveConnections() : 0;
    }
    return active;
  }

  private HikariDataSource pool(Source source) {
    String name = Names.fold(source.name());
    synchronized (this) {
      if (closed) {
        throw new AuspexException(ErrorCode.CLOSED, "The warehouse");
      }
      Pool pool = pools.get(name);
      if (pool != null && pool.source.equals(source)) {
        return pool.connections;
      }
    }
    // Outside of the lock, since it connects: other sources are not to wait for it.
    HikariDataSource opened = open(source);
    synchronized (this) {
      Pool before = pools.get(name);
      if (closed || before != null && before.source.equals(source)) {
        opened.close();
        return pool(source);
      }
      pools.put(name, new Pool(source, opened));
      if (before != null) {
        retire(before);
      }
      return opened;
    }
  }

  /** Closes the connections to a source that is dropped, as soon as what runs there has ended. */
  public synchronized void forget(String source) {
    Pool pool = pools.remove(Names.fold(source));
    if (pool != null) {
      retire(pool);
    }
  }

  private void retire(Pool pool) {
    pool.connections.getHikariPoolMXBean().softEvictConnections();
    retired.add(pool);
    retired.removeIf(
        old -> {
          if (!old.isBusy()) {
            old.connections.close();
          }
          return !old.isBusy();
        });
  }

  private HikariDataSource open(Source source) {
    SourceSystem system = SourceSystem.of(source);
    HikariConfig config = new HikariConfig();
    config.setPoolName("auspex-source-" + source.name());
    config.setDataSource(new SourceDataSource(source, drivers.find(source), passwords));
    config.setMaximumPoolSize(Math.max(MOST_CONNECTIONS, 2 * source.options().partitions()));
    config.setMinimumIdle(0);
    config.setIdleTimeout(IDLE_MS);
    config.setConnectionTimeout(PATIENCE_MS);
    // Wrong passwords are told at once, not after a time of trying.
    config.setInitializationFailTimeout(1);
    SourceSessions.initialSql(system).ifPresent(config::setConnectionInitSql);
    try {
      return new HikariDataSource(config);
    } catch (RuntimeException e) {
      throw unreachable(source, e);
    }
  }

  private AuspexException unreachable(Source source, Exception e) {
    // SECRET and the like are told as they are.
    return SourceErrors.unreachable(source, e, passwordOf(source));
  }

  private String passwordOf(Source source) {
    try {
      return passwords.apply(source).orElse("");
    } catch (AuspexException e) {
      return "";
    }
  }

  /** Closes all connections, also those that are lent. */
  @Override
  public void close() {
    List<Pool> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(pools.values());
      all.addAll(retired);
      pools.clear();
      retired.clear();
    }
    all.forEach(pool -> pool.connections.close());
    drivers.close();
  }
}
