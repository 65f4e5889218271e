package io.auspex.engine;

import io.auspex.catalog.Names;
import io.auspex.engine.stream.DuckStream;
import io.auspex.engine.stream.QueryState;
import io.auspex.sql.fragment.Fragment;
import io.auspex.sql.fragment.Plan;
import io.auspex.sql.fragment.PredictStream;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBConnection;

/**
 * The connections that the fragments of a statement run on. Usually each has one of its own, and
 * their transactions begin together under the commit lock, so that the statement sees one state of
 * the data. Where the session has what other connections would not see, an open transaction or
 * temporary objects, every fragment runs on the session's, in one transaction.
 */
final class Connections {
  /** Reads all catalogs, upon which DuckDB's lazy transactions really begin. */
  private static final String TOUCH = "SELECT count(*) FROM duckdb_schemas()";

  private final Warehouse warehouse;
  private final DuckDBConnection session;
  private final Surroundings surroundings;
  private final QueryState state;
  private final SessionHold hold;
  private final Map<Fragment, DuckDBConnection> connections = new IdentityHashMap<>();

  /**
   * @param session the session's connection
   */
  Connections(
      Warehouse warehouse,
      DuckDBConnection session,
      Surroundings surroundings,
      QueryState state,
      SessionHold hold) {
    this.warehouse = warehouse;
    this.session = session;
    this.surroundings = surroundings;
    this.state = state;
    this.hold = hold;
  }

  /** Whether every fragment runs on the session's connection, one after the other. */
  boolean areTheSessions() {
    return surroundings.unlikeOthers();
  }

  /** The connection of a fragment of the plan that was {@linkplain #begin begun}. */
  DuckDBConnection of(Fragment fragment) {
    return connections.get(fragment);
  }

  /** Whether this is the session's connection, which outlives the statement. */
  boolean isSession(DuckDBConnection connection) {
    return connection == session;
  }

  /**
   * Connects the plan's fragments, and begins their transactions.
   *
   * @param lands whether the final fragment changes what the session sees, and so runs there
   */
  void begin(Plan plan, boolean lands) throws SQLException {
    connect(plan.root(), lands || areTheSessions() ? session : own());
    Set<DuckDBConnection> beginning = Set.copyOf(connections.values());
    warehouse.commitLock().lock();
    try {
      for (DuckDBConnection connection : beginning) {
        begin(connection);
      }
    } finally {
      warehouse.commitLock().unlock();
    }
  }

  private void begin(DuckDBConnection connection) throws SQLException {
    if (isSession(connection) && surroundings.inTransaction()) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN TRANSACTION");
      if (isSession(connection)) {
        hold.begun();
      }
      statement.executeQuery(TOUCH).close();
    }
  }

  private void connect(Fragment fragment, DuckDBConnection connection) throws SQLException {
    connections.put(fragment, connection);
    connectInputs(fragment);
  }

  private void connectInputs(Fragment fragment) throws SQLException {
    for (PredictStream stream : fragment.streams()) {
      if (stream.input().isRelay()) {
        connectInputs(stream.input());
      } else {
        connect(stream.input(), areTheSessions() ? session : own());
      }
    }
  }

  /** A connection that resolves names as the session does. */
  private DuckDBConnection own() throws SQLException {
    DuckDBConnection connection = state.owns(DuckStream.streaming(warehouse.connect()));
    try (Statement statement = connection.createStatement()) {
      if (!surroundings.searchPath().isEmpty()) {
        statement.execute("SET search_path = " + Names.literal(surroundings.searchPath()));
      }
      for (String setting : surroundings.settings()) {
        statement.execute(setting);
      }
    }
    return connection;
  }
}
