package io.auspex.engine;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Catalog;
import io.auspex.catalog.Column;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Names;
import io.auspex.catalog.PredictView;
import io.auspex.catalog.Questions;
import io.auspex.catalog.Setting;
import io.auspex.catalog.Settings;
import io.auspex.engine.stream.DuckStream;
import io.auspex.engine.stream.QueryState;
import io.auspex.engine.stream.WarehouseErrors;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.lexer.Redaction;
import io.auspex.sql.parser.CatalogStatements;
import io.auspex.sql.statement.Parameters;
import io.auspex.sql.statement.Statement;
import io.auspex.sql.statement.Statement.Query;
import io.auspex.sql.statement.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSetMetaData;
import org.duckdb.StatementReturnType;

/**
 * A user's session: told statement by statement what to do. Not thread-safe; a running statement is
 * cancelled through its {@link ExecuteOptions}.
 */
public final class Session implements AutoCloseable {
  private final Warehouse warehouse;
  private final DuckDBConnection connection;
  private final Questions questions;
  private final Settings settings;
  private final Catalog catalog;
  private final RemoteTables sources;
  private final Transaction transaction;
  private final Statements statements = new Statements(CatalogStatements::parse);
  private final StreamingMode streamingMode;
  private final ViewCommands views;
  private final QueryRunner queries;
  private final Dispatch dispatch;
  private Result streaming;
  private boolean closed;

  Session(Warehouse warehouse, Settings settings) {
    this.warehouse = warehouse;
    this.settings = settings;
    try {
      this.connection = warehouse.connect();
      DuckStream.countProgress(connection);
    } catch (SQLException e) {
      throw WarehouseErrors.of(e);
    }
    this.questions = new Questions(connection);
    this.catalog = new Catalog(connection, warehouse.database(), warehouse.findings());
    this.sources = new RemoteTables(catalog, warehouse.sources());
    this.transaction = new Transaction(connection, warehouse.commitLock());
    this.streamingMode = new StreamingMode(connection);
    LocalState localState = new LocalState(connection, questions);
    this.views =
        new ViewCommands(connection, questions, catalog, transaction, warehouse.database());
    SourceTargets targets =
        new SourceTargets(catalog, warehouse.sourceWriter(), transaction::isOpen);
    this.queries =
        new QueryRunner(
            this,
            warehouse,
            connection,
            questions,
            streamingMode,
            new SessionFunctions(warehouse, connection, settings, transaction),
            sources,
            targets,
            localState);
    this.dispatch =
        new Dispatch(
            warehouse,
            settings,
            transaction,
            new Verbatim(connection, transaction, streamingMode, localState, warehouse.functions()),
            queries,
            new ModelCommands(catalog, warehouse.artifacts(), warehouse.database(), settings),
            new SourceCommands(catalog, questions, warehouse.sources()),
            targets,
            views,
            new CalibrationCommands(catalog, warehouse));
  }

  /**
   * Runs one statement.
   *
   * @param parameters the values of {@code ?}, {@code $n}, in order
   * @throws AuspexException the statement's error; the session stays usable
   */
  public Result execute(String sql, List<Object> parameters, ExecuteOptions options) {
    checkOpen();
    freeConnection();
    QueryState state = warehouse.newQuery(options.cancellation(), options.progress());
    options.timeout().ifPresent(timeout -> stopAfter(timeout, state));
    try {
      streaming = dispatch.run(statement(sql), parameters, state);
      return streaming;
    } catch (SQLException | RuntimeException | Error e) {
      AuspexException failure = WarehouseErrors.located(state.failure(e), sql);
      state.close();
      throw withoutSecrets(failure, sql);
    }
  }

  /** Also without DuckDB's own error, which repeats the statement. */
  private static AuspexException withoutSecrets(AuspexException failure, String sql) {
    Redaction redaction = Redaction.of(sql);
    return redaction.isEmpty() ? failure : failure.reworded(redaction::applyTo);
  }

  private void stopAfter(Duration timeout, QueryState state) {
    Future<?> alarm =
        warehouse
            .timeouts()
            .schedule(
                () -> state.stop(ErrorCode.TIMEOUT, timeout.toMillis() / 1000.0),
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
    state.keeps(() -> alarm.cancel(false));
  }

  private Statement statement(String sql) {
    boolean everyQuery = settings.get(Setting.PLANNER).equals("always");
    return statements.route(
        sql, new PredictViewNames(views(), new NameLookup(questions), this::sources), everyQuery);
  }

  /** The names of sources, folded. */
  private Set<String> sources() {
    return unlessAborted(
        () ->
            catalog.sources().list().stream()
                .map(source -> Names.fold(source.name()))
                .collect(Collectors.toSet()),
        Set.of());
  }

  private List<PredictView> views() {
    return unlessAborted(views::all, List.of());
  }

  /** An aborted transaction answers nothing, but must let its ROLLBACK through. */
  private <T> T unlessAborted(Supplier<T> asked, T otherwise) {
    try {
      return asked.get();
    } catch (AuspexException e) {
      if (transaction.isOpen()) {
        return otherwise;
      }
      throw e;
    }
  }

  /** How many parameters the statement has. */
  public int parameterCount(String sql) {
    return Statements.parameters(sql).count();
  }

  /**
   * The columns of the rows the statement would give, without running it; empty if it gives none.
   */
  public List<Column> describe(String sql) {
    checkOpen();
    freeConnection();
    try {
      return columns(sql);
    } catch (AuspexException e) {
      throw withoutSecrets(e, sql);
    }
  }

  private List<Column> columns(String sql) {
    Statement statement = statement(sql);
    Parameters parameters = Statements.parameters(sql);
    if (statement instanceof Query query) {
      List<Object> nulls = Collections.nCopies(parameters.count(), null);
      return dispatch.columns(query, nulls);
    }
    String text = dispatch.verbatim(statement);
    if (text == null) {
      return List.of();
    }
    try (PreparedStatement prepared = connection.prepareStatement(text)) {
      // DuckDB describes a count of rows written as a column, too.
      DuckDBResultSetMetaData columns = (DuckDBResultSetMetaData) prepared.getMetaData();
      return columns != null && columns.getReturnType() == StatementReturnType.QUERY_RESULT
          ? DuckStream.columns(columns)
          : List.of();
    } catch (SQLException e) {
      throw WarehouseErrors.of(e);
    }
  }

  /** A result still being read from the session's connection goes to disk, so others can use it. */
  private void freeConnection() {
    Result open = streaming;
    streaming = null;
    if (open != null) {
      open.detach(warehouse.folder().spool());
    }
    try {
      streamingMode.set(false);
    } catch (SQLException e) {
      // An aborted transaction refuses it, as it will refuse whatever comes next but ROLLBACK.
    }
  }

  /** Whether each statement commits by itself. */
  public boolean autoCommit() {
    return transaction.autoCommit();
  }

  /** Turning auto-commit on commits an open transaction. */
  public void setAutoCommit(boolean on) {
    freeConnection();
    transaction.autoCommit(on);
  }

  /** Commits the open transaction, if there is one. Throws TRANSACTION_ABORTED. */
  public void commit() {
    freeConnection();
    if (transaction.isOpen()) {
      transaction.commit("COMMIT");
    }
  }

  /** Takes back the open transaction, if there is one. */
  public void rollback() {
    freeConnection();
    if (transaction.isOpen()) {
      transaction.rollback("ROLLBACK");
    }
  }

  /** Whether a transaction is open. */
  public boolean inTransaction() {
    return transaction.isOpen();
  }

  /** DuckDB's own connection of the session, free to be asked for metadata. */
  public Connection warehouseConnection() {
    checkOpen();
    freeConnection();
    return connection;
  }

  /** What there is in other databases. */
  public SourceDirectory sourceDirectory() {
    checkOpen();
    freeConnection();
    return new SourceDirectory(catalog, warehouse.sources());
  }

  /** The session's settings. */
  public Settings settings() {
    return settings;
  }

  /**
   * @param parameters the statement's values
   */
  PlanningContext context(List<Object> parameters) {
    return new SessionContext(
        connection,
        questions,
        catalog,
        warehouse.artifacts(),
        warehouse.predictors(),
        settings,
        warehouse.functions(),
        warehouse.texts(),
        sources,
        parameters);
  }

  private void checkOpen() {
    if (closed) {
      throw new AuspexException(ErrorCode.CLOSED, "The session");
    }
  }

  /** Ends the session; an open transaction is taken back. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (Warehouse last = warehouse;
        DuckDBConnection own = connection) {
      if (streaming != null) {
        streaming.close();
      }
    } catch (SQLException e) {
      throw WarehouseErrors.of(e);
    }
  }
}
