package io.auspex.engine;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Settings;
import io.auspex.engine.stream.DuckStream;
import io.auspex.engine.stream.QueryState;
import io.auspex.engine.stream.RowStream;
import io.auspex.engine.stream.WarehouseErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBConnection;

/** A user's session. Not thread-safe; a running statement is cancelled by its options. */
public final class Session implements AutoCloseable {
  private static final int CLIENT_BATCH_ROWS = 8192;

  private final Warehouse warehouse;
  private final DuckDBConnection connection;
  private final Settings settings = new Settings();
  private Result streaming;
  private boolean closed;

  Session(Warehouse warehouse) {
    this.warehouse = warehouse;
    try {
      this.connection = DuckStream.streaming(warehouse.connect());
    } catch (SQLException e) {
      throw WarehouseErrors.of(e);
    }
  }

  /** How many parameters the statement has. */
  public int parameterCount(String sql) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return statement.getParameterMetaData().getParameterCount();
    } catch (SQLException e) {
      throw WarehouseErrors.of(e);
    }
  }

  /**
   * The columns of the rows the statement would give, without running it; empty if it gives none.
   */
  public List<Column> describe(String sql) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return DuckStream.columns(statement.getMetaData());
    } catch (SQLException e) {
      throw WarehouseErrors.of(e);
    }
  }

  /** The statements of a script, in order. */
  public List<String> split(String script) {
    return List.of(script);
  }

  /**
   * Runs one statement.
   *
   * @param parameters the values of {@code ?}, {@code $n}, in order
   * @throws AuspexException the statement's error; the session stays usable
   */
  public Result execute(String sql, List<Object> parameters, ExecuteOptions options) {
    if (closed) {
      throw new AuspexException(ErrorCode.CLOSED, "The session");
    }
    freeConnection();
    QueryState state = new QueryState(warehouse.allocator(), options.cancellation());
    try (PreparedStatement statement = DuckStream.prepare(connection, sql, parameters)) {
      DuckStream rows = DuckStream.open(connection, sql, parameters, state, CLIENT_BATCH_ROWS);
      streaming = Result.rows(state, new RowStream(state, rows));
      return streaming;
    } catch (SQLException | RuntimeException e) {
      state.close();
      throw state.failure(e);
    }
  }

  /** A result still being read from the session's connection goes to disk, so others can use it. */
  private void freeConnection() {
    if (streaming != null) {
      streaming.detach(warehouse.folder().spool());
      streaming = null;
    }
  }

  /** Whether each statement commits by itself. */
  public boolean autoCommit() {
    return true;
  }

  public void setAutoCommit(boolean on) {}

  public void commit() {}

  public void rollback() {}

  /** Whether a transaction is open. */
  public boolean inTransaction() {
    return false;
  }

  /** DuckDB's own connection of the session, free to be asked for metadata. */
  public Connection warehouseConnection() {
    freeConnection();
    return connection;
  }

  public Settings settings() {
    return settings;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      connection.close();
    } catch (SQLException e) {
      throw WarehouseErrors.of(e);
    }
  }
}
