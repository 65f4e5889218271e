package io.auspex.jdbc;

import io.auspex.engine.ExecuteOptions;
import io.auspex.engine.Result;
import io.auspex.engine.stream.Progress;
import io.auspex.udf.predict.Cancellation;
import java.sql.BatchUpdateException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.avatica.AvaticaStatement;

/**
 * Runs the text of a JDBC statement and holds the result it stands at: a result set or an update
 * count. One thread at a time; {@link #cancel} and {@link #progress} from any.
 */
final class Runner {
  private final AvaticaStatement statement;
  private final AuspexConnection connection;
  private volatile Cancellation cancellation = new Cancellation();
  private volatile Progress progress = new Progress();
  private AuspexResultSet resultSet;
  private long updateCount = -1;
  private boolean closesOnCompletion;

  Runner(AvaticaStatement statement, AuspexConnection connection) {
    this.statement = statement;
    this.connection = connection;
  }

  /**
   * Runs the statements in order; the last one's result is the one that stays.
   *
   * @return whether that is a result set
   */
  boolean run(List<String> statements, List<Object> parameters) throws SQLException {
    cancellation = new Cancellation();
    closeResult();
    for (String sql : statements) {
      closeResult();
      execute(sql, parameters);
    }
    return resultSet != null;
  }

  private void execute(String sql, List<Object> parameters) throws SQLException {
    int seconds = statement.getQueryTimeout();
    Optional<Duration> timeout = Optional.of(Duration.ofSeconds(seconds)).filter(d -> seconds > 0);
    Cancellation current = cancellation;
    progress = new Progress();
    ExecuteOptions options = new ExecuteOptions(timeout, current, progress);
    Result result = connection.locked(session -> session.execute(sql, parameters, options));
    try {
      if (result.hasRows()) {
        ArrowRows rows = new ArrowRows(connection, result, current, statement.getLargeMaxRows());
        resultSet = new AuspexResultSet(statement, result.columns(), rows, this::closed);
      } else {
        updateCount = result.updateCount();
        result.close();
      }
    } catch (RuntimeException e) {
      result.close();
      throw Failures.of(e);
    }
  }

  ResultSet query(List<String> statements, List<Object> parameters) throws SQLException {
    if (!run(statements, parameters)) {
      throw Failures.unsupported(
          "executeQuery with a statement that returns no rows", "Use execute or executeUpdate.");
    }
    return resultSet;
  }

  long update(List<String> statements, List<Object> parameters) throws SQLException {
    if (run(statements, parameters)) {
      closeResult();
      throw Failures.unsupported(
          "executeUpdate with a statement that returns rows", "Use execute or executeQuery.");
    }
    return Math.max(updateCount, 0);
  }

  /** One piece of a batch; gives its update count. */
  interface Piece {
    long run() throws SQLException;
  }

  /** Runs the pieces in order; the first failure ends it, as a BatchUpdateException. */
  long[] batch(List<Piece> pieces) throws SQLException {
    long[] counts = new long[pieces.size()];
    for (int i = 0; i < counts.length; i++) {
      try {
        counts[i] = pieces.get(i).run();
      } catch (SQLException e) {
        throw new BatchUpdateException(
            e.getMessage(), e.getSQLState(), e.getErrorCode(), Arrays.copyOf(counts, i), e);
      }
    }
    updateCount = -1;
    return counts;
  }

  AuspexResultSet resultSet() {
    return resultSet;
  }

  /** Rows written; −1 where there is no count. */
  long updateCount() {
    return updateCount;
  }

  Progress progress() {
    return progress;
  }

  /** Stops what runs; without anything running it does nothing. */
  void cancel() {
    cancellation.cancel();
  }

  /** A text has one result, its last statement's, so that there is never a next one. */
  boolean nextResult(int current) throws SQLException {
    if (current != Statement.KEEP_CURRENT_RESULT) {
      closeResult();
    }
    updateCount = -1;
    return false;
  }

  void closeOnCompletion() {
    closesOnCompletion = true;
  }

  boolean closesOnCompletion() {
    return closesOnCompletion;
  }

  void closeResult() throws SQLException {
    AuspexResultSet open = resultSet;
    resultSet = null;
    updateCount = -1;
    if (open != null) {
      open.close();
    }
  }

  /** The caller closed a result set; if it was ours to close, this is too late to matter. */
  private void closed(AuspexResultSet which) throws SQLException {
    if (which == resultSet) {
      resultSet = null;
      if (closesOnCompletion) {
        statement.close();
      }
    }
  }
}
