package io.auspex.engine.stream;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.ErrorCode;
import io.auspex.udf.predict.Cancellation;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;

/**
 * A query running in DuckDB, its rows coming as Arrow batches. The connection must stream ({@link
 * #streaming}) and be left alone meanwhile.
 */
public final class DuckStream implements AutoCloseable {
  /**
   * What DuckDB gathers before its first row comes. By itself it gathers ten times as much, with
   * nobody computing meanwhile.
   */
  private static final String BUFFER = "1MB";

  private final DuckDBConnection connection;
  private final Statement statement;
  private final ArrowReader reader;
  private final List<Column> columns;
  private final Cancellation.Registration interruption;
  private boolean closed;

  private DuckStream(
      DuckDBConnection connection,
      Statement statement,
      ArrowReader reader,
      List<Column> columns,
      Cancellation.Registration interruption) {
    this.connection = connection;
    this.statement = statement;
    this.reader = reader;
    this.columns = columns;
    this.interruption = interruption;
  }

  /** Makes the connection hand out rows as they come, instead of gathering them in memory. */
  public static DuckDBConnection streaming(DuckDBConnection connection) throws SQLException {
    ScanProgress.count(connection);
    setStreaming(connection, true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET streaming_buffer_size = '" + BUFFER + "'");
    }
    return connection;
  }

  /** Has DuckDB keep count of how far the connection's statements are. */
  public static void countProgress(DuckDBConnection connection) throws SQLException {
    ScanProgress.count(connection);
  }

  /** Whether the connection hands out rows as they come. */
  public static void setStreaming(DuckDBConnection connection, boolean on) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET jdbc_stream_results = " + on);
    }
  }

  /**
   * What a statement gave: rows, or the number of rows it wrote.
   *
   * @param rows null where there are none
   */
  public record Outcome(DuckStream rows, long updateCount) {}

  /**
   * Starts a query.
   *
   * @param batchRows the most rows a batch has
   * @param isRepeatable whether the connection's transaction may be rolled back, and the query run
   *     again, to learn why it failed
   * @throws AuspexException WAREHOUSE where DuckDB refuses it or fails before its first batch
   */
  public static DuckStream open(
      DuckDBConnection connection,
      String sql,
      List<Object> parameters,
      QueryState state,
      long batchRows,
      boolean isRepeatable) {
    return run(connection, sql, parameters, state, batchRows, isRepeatable).rows();
  }

  /** Runs any statement, as {@link #open} does; if it gives rows, they come as a stream. */
  public static Outcome run(
      DuckDBConnection connection,
      String sql,
      List<Object> parameters,
      QueryState state,
      long batchRows,
      boolean isRepeatable) {
    Statement statement = null;
    Cancellation.Registration interruption = null;
    try {
      Ready ready = ready(connection, sql, parameters);
      statement = ready.statement();
      interruption = interruptible(connection, state);
      state.check();
      if (ready.execute()) {
        // DuckDB's driver gives the result set once.
        DuckDBResultSet rows = (DuckDBResultSet) statement.getResultSet();
        List<Column> columns = columns(rows.getMetaData());
        ArrowReader reader = (ArrowReader) rows.arrowExportStream(state.allocator(), batchRows);
        return new Outcome(
            new DuckStream(connection, statement, reader, columns, interruption), -1);
      }
      long count = Math.max(0, statement.getUpdateCount());
      interruption.close();
      statement.close();
      return new Outcome(null, count);
    } catch (Exception e) {
      closeQuietly(interruption);
      closeQuietly(statement);
      state.check();
      throw state.failure(
          isRepeatable && isReasonLost(e) ? reason(connection, sql, parameters, state) : e);
    }
  }

  /** A statement that is about to run. */
  private record Ready(Statement statement, Run run) {
    interface Run {
      boolean execute() throws SQLException;
    }

    /** Whether it gives rows. */
    boolean execute() throws SQLException {
      return run.execute();
    }
  }

  /**
   * Only what has parameters is prepared: of a prepared query DuckDB brings rows that are to keep
   * their order on one thread.
   */
  private static Ready ready(DuckDBConnection connection, String sql, List<Object> parameters)
      throws SQLException {
    if (parameters.isEmpty()) {
      Statement statement = connection.createStatement();
      return new Ready(statement, () -> statement.execute(sql));
    }
    PreparedStatement statement = prepare(connection, sql, parameters);
    return new Ready(statement, statement::execute);
  }

  /** Prepares a statement and binds its parameters, in order. */
  public static PreparedStatement prepare(
      DuckDBConnection connection, String sql, List<Object> parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i));
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  /**
   * Runs a statement that gives no rows, interrupted when the query is; returns the rows written.
   */
  public static long update(
      DuckDBConnection connection, String sql, List<Object> parameters, QueryState state)
      throws SQLException {
    Ready ready = ready(connection, sql, parameters);
    try (Statement statement = ready.statement();
        Cancellation.Registration interruption = interruptible(connection, state)) {
      state.check();
      ready.execute();
      return statement.getUpdateCount();
    }
  }

  /** Has what the connection runs interrupted when the query is cancelled, until that is closed. */
  public static Cancellation.Registration interruptible(
      DuckDBConnection connection, QueryState state) {
    Interruption interruption = new Interruption(() -> ConnectionInterrupt.interrupt(connection));
    Cancellation.Registration registration = state.cancellation().onCancel(interruption::begin);
    return () -> {
      registration.close();
      interruption.close();
    };
  }

  /** Makes the query stop at once; its reader then fails, or just ends. */
  public void interrupt() {
    ConnectionInterrupt.interrupt(connection);
  }

  /** Names and DuckDB types of a result's columns. */
  public static List<Column> columns(ResultSetMetaData metadata) throws SQLException {
    List<Column> columns = new ArrayList<>();
    for (int i = 1; i <= metadata.getColumnCount(); i++) {
      columns.add(new Column(metadata.getColumnLabel(i), metadata.getColumnTypeName(i)));
    }
    return columns;
  }

  /** Whether the error is DuckDB's word for a streamed query that failed before its first batch. */
  public static boolean isReasonLost(Throwable error) {
    return String.valueOf(error.getMessage()).contains("Invalid result set");
  }

  /** Running the query again without streaming, its rows thrown away, tells the reason. */
  private static Exception reason(
      DuckDBConnection connection, String sql, List<Object> parameters, QueryState state) {
    rollBack(connection);
    try {
      setStreaming(connection, false);
      Ready again = ready(connection, sql, parameters);
      try (Statement statement = again.statement();
          Cancellation.Registration interruption = interruptible(connection, state)) {
        again.execute();
      } finally {
        setStreaming(connection, true);
      }
    } catch (Exception told) {
      return told;
    }
    return new AuspexException(
        ErrorCode.WAREHOUSE, "DuckDB failed once and did not say why. Repeat the statement.");
  }

  private static void rollBack(DuckDBConnection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      // There was no transaction.
    }
  }

  public ArrowReader reader() {
    return reader;
  }

  public List<Column> columns() {
    return columns;
  }

  /**
   * Has nothing interrupted any more: to be done where no row is left to compute, before the
   * connection ends its transaction, which an interrupt must not hit.
   */
  public void settle() {
    interruption.close();
  }

  /** Ends the query; a second call does nothing. */
  @Override
  public void close() throws Exception {
    if (closed) {
      return;
    }
    closed = true;
    try (Cancellation.Registration hook = interruption;
        Statement running = statement;
        ArrowReader rows = reader) {
      // Closed in reverse: the rows, the statement, the hook.
    }
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      if (resource != null) {
        resource.close();
      }
    } catch (Exception e) {
      // The failure that brought us here is the one to tell.
    }
  }
}
