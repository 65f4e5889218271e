package io.auspex.engine;

import io.auspex.catalog.Names;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBConnection;

/**
 * What a statement has on the session's connection, which outlives it: the names of its streams,
 * and a transaction of its own where the session had none open. Given up when its rows have been
 * read or set aside, or when it ends, whichever comes first.
 */
final class SessionHold implements AutoCloseable {
  private final DuckDBConnection session;
  private final ReentrantLock commitLock;
  private final Deque<Name> names = new ArrayDeque<>();
  private boolean inTransaction;

  SessionHold(DuckDBConnection session, ReentrantLock commitLock) {
    this.session = session;
    this.commitLock = commitLock;
  }

  /** The statement has begun a transaction on the session's connection. */
  void begun() {
    inTransaction = true;
  }

  /** The statement has made a temporary view or table; closing what is returned drops it. */
  Name named(String kind, String name) {
    Name made = new Name(kind, name);
    names.push(made);
    return made;
  }

  /** Makes what the statement's transaction, if it has one, has done last. */
  void commit() throws SQLException {
    if (inTransaction) {
      commitLock.lock();
      try {
        run("COMMIT");
        inTransaction = false;
      } finally {
        commitLock.unlock();
      }
    }
  }

  /** Takes back what the statement's transaction, if it has one, has done. */
  void rollback() {
    if (inTransaction) {
      inTransaction = false;
      tryTo("ROLLBACK");
    }
  }

  /** Drops the names, and ends the transaction, which has only read. A second call does nothing. */
  @Override
  public void close() {
    names.forEach(Name::close);
    try {
      commit();
    } catch (SQLException e) {
      rollback();
    }
  }

  /** A temporary view or table of the statement. */
  final class Name implements AutoCloseable {
    private final String drop;
    private boolean dropped;

    private Name(String kind, String name) {
      this.drop = "DROP " + kind + " IF EXISTS temp." + Names.quote(name);
    }

    @Override
    public void close() {
      if (!dropped) {
        dropped = true;
        tryTo(drop);
      }
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  private void tryTo(String sql) {
    try {
      run(sql);
    } catch (SQLException e) {
      // The transaction was aborted or rolled back, and what was made in it with it.
    }
  }
}
