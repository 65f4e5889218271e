package io.auspex.engine.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.Statement;
import java.util.Set;
import org.postgresql.PGConnection;

/**
 * What several connections see together: PostgreSQL lets transactions share a snapshot; elsewhere
 * each sees what it finds.
 *
 * @param id PostgreSQL's name of it; empty where there is none
 */
record SourceSnapshot(String id) {
  /**
   * PostgreSQL's words for a snapshot that there is none of, in newer and older versions, and for
   * one whose process has just ended.
   */
  private static final Set<String> UNKNOWN_STATES = Set.of("42704", "22023", "55000");

  static final SourceSnapshot NONE = new SourceSnapshot("");

  /** Begins a transaction whose snapshot others can join as long as it lasts. */
  static SourceSnapshot begin(Connection connection) throws SQLException {
    if (!connection.isWrapperFor(PGConnection.class)) {
      return NONE;
    }
    beginTransaction(connection);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT pg_export_snapshot()")) {
      rows.next();
      return new SourceSnapshot(rows.getString(1));
    }
  }

  /** Has a new transaction of the connection see the same. */
  void join(Connection connection) throws SQLException {
    if (id.isEmpty()) {
      return;
    }
    beginTransaction(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION SNAPSHOT '" + id + "'");
    } catch (SQLException e) {
      // It ends with the connection of the one that began it.
      throw UNKNOWN_STATES.contains(e.getSQLState())
          ? new SQLRecoverableException(
              "the transaction that all parts read in has ended", e.getSQLState(), e)
          : e;
    }
  }

  private static void beginTransaction(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
  }
}
