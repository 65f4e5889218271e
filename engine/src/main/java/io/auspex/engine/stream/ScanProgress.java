package io.auspex.engine.stream;

import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.QueryProgress;

/** How far DuckDB is with the statement that runs on a connection. Thread-safe. */
final class ScanProgress implements AutoCloseable {
  private final DuckDBPreparedStatement asked;
  private long done;
  private long total;
  private boolean ended;

  /** A statement of its own, never run: DuckDB answers for the connection, whichever it asks. */
  ScanProgress(DuckDBConnection connection) throws SQLException {
    this.asked = connection.createStatement().unwrap(DuckDBPreparedStatement.class);
  }

  /** Has DuckDB keep count for the statements of a connection, and print nothing of it. */
  static void count(DuckDBConnection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false");
    }
  }

  /** Rows read so far, as DuckDB counts them; no more than {@link #total}. */
  synchronized long done() {
    update();
    return done;
  }

  /** Rows to read, as DuckDB estimates them; 0 where it cannot tell. */
  synchronized long total() {
    return total;
  }

  private void update() {
    if (ended) {
      return;
    }
    try {
      QueryProgress now = asked.getQueryProgress();
      if (now.getPercentage() >= 0 && now.getTotalRowsToProcess() >= total) {
        total = now.getTotalRowsToProcess();
        done = Math.max(done, Math.min(total, now.getRowsProcessed()));
      }
    } catch (SQLException e) {
      // The connection was closed: what was to be read has been.
      ended = true;
      done = total;
    }
  }

  @Override
  public synchronized void close() throws SQLException {
    ended = true;
    done = total;
    asked.close();
  }
}
