package io.auspex.engine;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Names;
import io.auspex.catalog.Setting;
import io.auspex.catalog.Settings;
import io.auspex.engine.stream.DuckStream;
import io.auspex.engine.stream.PredictReader;
import io.auspex.engine.stream.QueryState;
import io.auspex.engine.stream.RowStream;
import io.auspex.engine.stream.Spool;
import io.auspex.engine.stream.WarehouseErrors;
import io.auspex.sql.fragment.Fragment;
import io.auspex.sql.fragment.Plan;
import io.auspex.sql.fragment.PredictStream;
import io.auspex.udf.predict.Predictor;
import io.auspex.udf.predict.Predictors;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;

/**
 * Runs a {@link Plan}: opens its streams leaf first, each fragment reading those below it, and runs
 * the final fragment, whose rows go to the client or are landed.
 *
 * <p>Usually each fragment has a connection of its own, and their transactions begin together under
 * the commit lock, so that a statement sees one state of the data. Where the session has what other
 * connections would not see, an open transaction or temporary objects, every fragment runs on the
 * session's connection, one after the other, and the scans are spooled.
 *
 * <p>Everything it opens belongs to the query's state and is closed with it.
 */
final class Execution {
  /** Rows of a batch on its way to the client. */
  static final int CLIENT_BATCH_ROWS = 8192;

  /** Reads all catalogs, upon which DuckDB's lazy transactions really begin. */
  private static final String TOUCH = "SELECT count(*) FROM duckdb_schemas()";

  private final Warehouse warehouse;
  private final DuckDBConnection session;
  private final Settings settings;
  private final SessionFunctions functions;
  private final Surroundings surroundings;
  private final boolean onSession;
  private final List<Object> parameters;
  private final QueryState state;
  private final Map<Fragment, DuckDBConnection> connections = new IdentityHashMap<>();
  private final Map<Fragment, String> texts = new IdentityHashMap<>();

  /**
   * @param session the session's connection
   */
  Execution(
      Warehouse warehouse,
      DuckDBConnection session,
      Settings settings,
      SessionFunctions functions,
      Surroundings surroundings,
      List<Object> parameters,
      QueryState state) {
    this.warehouse = warehouse;
    this.session = session;
    this.settings = settings;
    this.functions = functions;
    this.surroundings = surroundings;
    this.onSession = surroundings.unlikeOthers();
    this.parameters = parameters;
    this.state = state;
  }

  /** Runs the plan; its rows stream to the client. */
  RowStream rows(Plan plan) {
    try {
      connect(plan.root(), onSession ? session : own());
      begin(onSession ? Set.of() : Set.copyOf(connections.values()));
      register(plan.root());
      DuckStream stream = open(plan.root(), CLIENT_BATCH_ROWS);
      return new RowStream(state, stream);
    } catch (SQLException | RuntimeException e) {
      throw state.failure(e);
    }
  }

  /**
   * Runs {@code before + final fragment + after} on the session's connection, in a transaction of
   * its own unless one is open. All its rows have landed when this returns, or none.
   *
   * @return the rows written
   */
  long land(Plan plan, String before, String after) {
    boolean ownTransaction = !surroundings.inTransaction();
    boolean begun = false;
    try {
      connect(plan.root(), session);
      begun = ownTransaction;
      begin(ownTransaction ? Set.copyOf(connections.values()) : Set.of());
      register(plan.root());
      long rows = update(session, before + texts.get(plan.root()) + after, parameters(plan.root()));
      state.check();
      if (ownTransaction) {
        commit();
      }
      return rows;
    } catch (SQLException | RuntimeException e) {
      AuspexException failure = state.failure(e);
      if (begun) {
        rollback();
      }
      throw failure;
    }
  }

  /** Runs a statement that reads the plan's rows but changes nothing in the warehouse. */
  long export(Plan plan, String before, String after) {
    try {
      connect(plan.root(), onSession ? session : own());
      begin(onSession ? Set.of() : Set.copyOf(connections.values()));
      register(plan.root());
      DuckDBConnection connection = connections.get(plan.root());
      return update(connection, before + texts.get(plan.root()) + after, parameters(plan.root()));
    } catch (SQLException | RuntimeException e) {
      throw state.failure(e);
    }
  }

  // ---- connections and transactions

  private void connect(Fragment fragment, DuckDBConnection connection) throws SQLException {
    connections.put(fragment, connection);
    for (PredictStream stream : fragment.streams()) {
      connect(stream.input(), onSession ? session : own());
    }
    texts.put(fragment, functions.callable(fragment));
  }

  /** A connection that resolves names as the session does. */
  private DuckDBConnection own() throws SQLException {
    DuckDBConnection connection = state.owns(DuckStream.streaming(warehouse.connect()));
    if (!surroundings.searchPath().isEmpty()) {
      String searchPath = Names.literal(surroundings.searchPath());
      update(connection, "SET search_path = " + searchPath, List.of());
    }
    for (String setting : surroundings.settings()) {
      update(connection, setting, List.of());
    }
    return connection;
  }

  private void begin(Set<DuckDBConnection> beginning) throws SQLException {
    warehouse.commitLock().lock();
    try {
      for (DuckDBConnection connection : beginning) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("BEGIN TRANSACTION");
          statement.executeQuery(TOUCH).close();
        }
      }
    } finally {
      warehouse.commitLock().unlock();
    }
  }

  private void commit() throws SQLException {
    warehouse.commitLock().lock();
    try (Statement statement = session.createStatement()) {
      statement.execute("COMMIT");
    } finally {
      warehouse.commitLock().unlock();
    }
  }

  private void rollback() {
    try (Statement statement = session.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      // DuckDB has rolled it back itself.
    }
  }

  // ---- streams

  /** Makes the streams that the fragment reads available on its connection. */
  private void register(Fragment fragment) throws SQLException {
    DuckDBConnection connection = connections.get(fragment);
    for (PredictStream stream : fragment.streams()) {
      register(stream, connection);
    }
  }

  private void register(PredictStream stream, DuckDBConnection connection) throws SQLException {
    register(stream.input());
    int threads = threads();
    DuckStream scan = open(stream.input(), batchRows(stream));
    Source source = onSession ? spooled(scan) : new Source(scan.reader(), scan::interrupt);
    Predictor predictor =
        warehouse.predictor(stream.model(), stream.features(), stream.outputs(), settings);
    PredictReader reader =
        state.owns(
            new PredictReader(
                state,
                source.reader(),
                source.interrupt(),
                predictor,
                stream,
                warehouse.workers(),
                threads));
    ArrowArrayStream exported = state.owns(ArrowArrayStream.allocateNew(state.allocator()));
    Data.exportArrayStream(state.allocator(), reader, exported);
    state.owns(exported::release);
    publish(stream, exported, connection);
  }

  private record Source(ArrowReader reader, Runnable interrupt) {}

  private Source spooled(DuckStream scan) {
    Spool spool = state.owns(Spool.of(scan.reader(), warehouse.folder().spool(), state));
    try {
      scan.close();
    } catch (Exception e) {
      throw state.failure(e);
    }
    return new Source(spool.reader(), () -> {});
  }

  /**
   * Gives the stream its name. DuckDB takes Arrow's dictionaries for VARCHAR, so ENUM columns are
   * cast back; and what is read twice becomes a temporary table, since a stream has one reader.
   */
  private void publish(PredictStream stream, ArrowArrayStream exported, DuckDBConnection connection)
      throws SQLException {
    boolean plain =
        !stream.landed() && stream.columns().stream().noneMatch(c -> c.type().contains("ENUM("));
    String registered = plain ? stream.name() : stream.name() + "_arrow";
    connection.registerArrowStream(registered, exported);
    dropsLater(connection, "VIEW", registered);
    if (!plain) {
      String kind = stream.landed() ? "TABLE" : "VIEW";
      List<String> columns = new ArrayList<>();
      stream
          .columns()
          .forEach(
              column -> {
                String name = Names.quote(column.name());
                boolean cast = column.type().contains("ENUM(");
                columns.add(cast ? "CAST(" + name + " AS " + column.type() + ") AS " + name : name);
              });
      String select = "SELECT " + String.join(", ", columns) + " FROM " + Names.quote(registered);
      String create = "CREATE TEMP " + kind + " " + Names.quote(stream.name()) + " AS " + select;
      update(connection, create, List.of());
      dropsLater(connection, kind, stream.name());
    }
  }

  /** On the session's connection, which outlives the query, nothing of it may stay. */
  private void dropsLater(DuckDBConnection connection, String kind, String name) {
    if (connection != session) {
      return;
    }
    state.owns(
        () -> {
          try (Statement statement = session.createStatement()) {
            statement.execute("DROP " + kind + " IF EXISTS temp." + Names.quote(name));
          } catch (SQLException e) {
            // Its transaction was rolled back, and the view with it.
          }
        });
  }

  private DuckStream open(Fragment fragment, int batchRows) {
    DuckDBConnection connection = connections.get(fragment);
    boolean isRepeatable = !onSession && fragment.streams().isEmpty();
    return state.owns(
        DuckStream.open(
            connection, texts.get(fragment), parameters(fragment), state, batchRows, isRepeatable));
  }

  private long update(DuckDBConnection connection, String sql, List<Object> values)
      throws SQLException {
    try (PreparedStatement statement = DuckStream.prepare(connection, sql, values);
        AutoCloseable interruption = DuckStream.interruptible(statement, state)) {
      state.check();
      statement.execute();
      return statement.getUpdateCount();
    } catch (SQLException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw WarehouseErrors.of(e);
    }
  }

  private List<Object> parameters(Fragment fragment) {
    return fragment.parameters().stream().map(parameters::get).toList();
  }

  private int batchRows(PredictStream stream) {
    int set = settings.number(Setting.PREDICT_BATCH_ROWS);
    return set > 0 ? set : Predictors.batchRows(stream.model(), stream.features());
  }

  private int threads() {
    int set = settings.number(Setting.PREDICT_THREADS);
    return set > 0 ? set : Runtime.getRuntime().availableProcessors();
  }
}
