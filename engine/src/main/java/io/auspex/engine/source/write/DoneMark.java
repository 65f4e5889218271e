package io.auspex.engine.source.write;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A table that gets its only row in the transaction that inserts a statement's rows, so that one
 * can see later whether it was committed: for databases whose DROP TABLE is part of no transaction.
 */
record DoneMark(Staging staging) {

  private String table() {
    return staging.system().quote(staging.name().schema(), staging.name().done());
  }

  /** Makes the table, before the transaction. The key keeps a second try from following a first. */
  void make(Connection connection) throws SQLException {
    Statements.run(connection, "CREATE TABLE " + table() + " (id INTEGER NOT NULL PRIMARY KEY)");
  }

  /** In the transaction. */
  void set(Connection connection) throws SQLException {
    Statements.run(connection, "INSERT INTO " + table() + " VALUES (1)");
  }

  boolean isSet(Connection connection) throws SQLException {
    return Statements.has(connection, "SELECT 1 FROM " + table());
  }
}
