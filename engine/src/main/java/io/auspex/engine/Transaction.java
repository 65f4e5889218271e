package io.auspex.engine;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.engine.stream.WarehouseErrors;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBConnection;

/**
 * A session's transaction. Outside of one, each statement commits by itself; every commit that
 * changes data holds the engine's commit lock, so that none falls between the beginnings of another
 * statement's transactions.
 */
final class Transaction {
  private final DuckDBConnection connection;
  private final ReentrantLock commitLock;
  private boolean open;
  private long began;
  private boolean autoCommit = true;

  Transaction(DuckDBConnection connection, ReentrantLock commitLock) {
    this.connection = connection;
    this.commitLock = commitLock;
  }

  boolean isOpen() {
    return open;
  }

  /** When the open transaction began, of {@link System#nanoTime}. */
  long began() {
    return began;
  }

  boolean autoCommit() {
    return autoCommit;
  }

  /** Turning it on commits what is open, as JDBC wants it. */
  void autoCommit(boolean on) {
    if (on && !autoCommit && open) {
      commit("COMMIT");
    }
    autoCommit = on;
  }

  /** Begins a transaction where auto-commit is off and none is open. */
  void beginImplicitly() {
    if (!autoCommit && !open) {
      begin("BEGIN TRANSACTION");
    }
  }

  void begin(String text) {
    began = System.nanoTime();
    run(text);
    open = true;
  }

  /**
   * Commits. DuckDB answers the commit of an aborted transaction as if it had succeeded, so that is
   * found out first.
   */
  void commit(String text) {
    if (open && isAborted()) {
      rollback("ROLLBACK");
      throw new AuspexException(ErrorCode.TRANSACTION_ABORTED);
    }
    commitLock.lock();
    try {
      run(text);
    } finally {
      commitLock.unlock();
      open = false;
    }
  }

  void rollback(String text) {
    try {
      run(text);
    } finally {
      open = false;
    }
  }

  /**
   * Runs something that changes data: within the open transaction, or in one of its own that then
   * commits.
   */
  <T> T change(Change<T> change) throws SQLException {
    if (open) {
      return change.run();
    }
    run("BEGIN TRANSACTION");
    T result;
    try {
      result = change.run();
    } catch (SQLException | RuntimeException e) {
      rollbackQuietly();
      throw e;
    }
    commitLock.lock();
    try {
      run("COMMIT");
      return result;
    } finally {
      commitLock.unlock();
    }
  }

  /** Something that changes data. */
  interface Change<T> {
    T run() throws SQLException;
  }

  private boolean isAborted() {
    try (Statement statement = connection.createStatement()) {
      statement.executeQuery("SELECT 1").close();
      return false;
    } catch (SQLException e) {
      return true;
    }
  }

  private void rollbackQuietly() {
    try {
      run("ROLLBACK");
    } catch (AuspexException e) {
      // DuckDB has rolled it back itself.
    }
  }

  private void run(String text) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(text);
    } catch (SQLException e) {
      throw WarehouseErrors.of(e);
    }
  }
}
