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

  /** A source that was replaced has a new pool, and what reads it still goes on with the old. */
  private final Map<Source, HikariDataSource> pools = new HashMap<>();

  private boolean closed;

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
    while (true) {
      HikariDataSource pool = pool(source);
      try {
        return pool.getConnection();
      } catch (SQLException e) {
        if (!pool.isClosed()) {
          throw unreachable(source, e);
        }
        // It was idle, and made room for the pool of a source of the same name.
      }
    }
  }

  /** What is done with a connection. */
  public interface Use<T> {
    T with(Connection connection) throws SQLException;
  }

  /**
   * Does what may be done twice, and does so where the connection turns out to be broken: it may
   * have lain in the pool.
   *
   * @throws SQLException what it failed with
   */
  public <T> T repeatable(Source source, Use<T> use) throws SQLException {
    try (Connection connection = borrow(source)) {
      return use.with(connection);
    } catch (SQLException e) {
      if (!SourceErrors.isTransient(e)) {
        throw e;
      }
    }
    renew(source);
    try (Connection connection = borrow(source)) {
      return use.with(connection);
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
    opened(source).ifPresent(pool -> pool.evictConnection(connection));
  }

  /**
   * Has no connection given back so far be lent again: one of them was broken, as after a restart
   * of the server, and so are the others then.
   */
  public void renew(Source source) {
    opened(source).ifPresent(pool -> pool.getHikariPoolMXBean().softEvictConnections());
  }

  private synchronized Optional<HikariDataSource> opened(Source source) {
    return Optional.ofNullable(pools.get(source));
  }

  /** How many connections are lent just now. */
  public synchronized int active() {
    return pools.values().stream().mapToInt(SourceConnections::active).sum();
  }

  private static int active(HikariDataSource pool) {
    return pool.getHikariPoolMXBean().getActiveConnections();
  }

  private HikariDataSource pool(Source source) {
    synchronized (this) {
      if (closed) {
        throw new AuspexException(ErrorCode.CLOSED, "The warehouse");
      }
      HikariDataSource pool = pools.get(source);
      if (pool != null) {
        return pool;
      }
    }
    // Outside of the lock, since it connects: other sources are not to wait for it.
    HikariDataSource opened = open(source);
    synchronized (this) {
      if (closed || pools.containsKey(source)) {
        opened.close();
        return pool(source);
      }
      closeIdle(source.name());
      pools.put(source, opened);
      return opened;
    }
  }

  /** Closes the connections to a source that is dropped, as soon as what runs there has ended. */
  public synchronized void forget(String source) {
    closeIdle(source);
    pools.forEach(
        (old, pool) -> {
          if (Names.fold(old.name()).equals(Names.fold(source))) {
            pool.getHikariPoolMXBean().softEvictConnections();
          }
        });
  }

  /** Closes pools of a source as it was before, unless they are in use. */
  private void closeIdle(String name) {
    pools
        .entrySet()
        .removeIf(
            old -> {
              boolean isIdle =
                  Names.fold(old.getKey().name()).equals(Names.fold(name))
                      && active(old.getValue()) == 0
                      && old.getValue().getHikariPoolMXBean().getThreadsAwaitingConnection() == 0;
              if (isIdle) {
                old.getValue().close();
              }
              return isIdle;
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
    List<HikariDataSource> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(pools.values());
      pools.clear();
    }
    all.forEach(HikariDataSource::close);
    drivers.close();
  }
}
