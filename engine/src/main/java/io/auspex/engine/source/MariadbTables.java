package io.auspex.engine.source;

import io.auspex.engine.source.type.MariadbTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** MariaDB's and MySQL's information schema; what they call a database is a schema here. */
final class MariadbTables implements SourceTables.Dictionary {
  private static final String LIST =
      """
      SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE LIKE '%VIEW%' FROM information_schema.TABLES
      WHERE TABLE_SCHEMA NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys')
      ORDER BY TABLE_SCHEMA, TABLE_NAME""";

  private static final String TABLE =
      """
      SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_ROWS FROM information_schema.TABLES
      WHERE TABLE_SCHEMA = ? AND BINARY TABLE_NAME = ?""";

  private static final String COLUMNS =
      """
      SELECT COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE = 'YES', COLLATION_NAME
      FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND BINARY TABLE_NAME = ?
      ORDER BY ORDINAL_POSITION""";

  private static final String KEY =
      """
      SELECT COLUMN_NAME FROM information_schema.STATISTICS
      WHERE TABLE_SCHEMA = ? AND BINARY TABLE_NAME = ? AND INDEX_NAME = 'PRIMARY'
      ORDER BY SEQ_IN_INDEX""";

  /** MariaDB's JSON is a text that is checked. */
  private static final String JSON =
      """
      SELECT CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS
      WHERE CONSTRAINT_SCHEMA = ? AND BINARY TABLE_NAME = ? AND CHECK_CLAUSE LIKE 'json_valid(%'""";

  @Override
  public String defaultSchema(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT coalesce(database(), '')")) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Override
  public List<SourceTable.Listed> list(Connection connection) throws SQLException {
    List<SourceTable.Listed> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(LIST)) {
      while (rows.next()) {
        tables.add(
            new SourceTable.Listed(rows.getString(1), rows.getString(2), rows.getBoolean(3)));
      }
    }
    return tables;
  }

  @Override
  public Optional<SourceTable> describe(Connection connection, String schema, String table)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, TABLE, schema, table);
        ResultSet rows = statement.executeQuery()) {
      if (!rows.next()) {
        return Optional.empty();
      }
      long estimate = rows.getLong(3);
      OptionalLong estimated = rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(estimate);
      return Optional.of(
          new SourceTable(
              rows.getString(1),
              rows.getString(2),
              columns(connection, schema, table),
              estimated,
              texts(connection, KEY, schema, table)));
    }
  }

  private static List<SourceColumn> columns(Connection connection, String schema, String table)
      throws SQLException {
    Set<String> json = new HashSet<>();
    if (connection.getMetaData().getDatabaseProductName().equals("MariaDB")) {
      for (String clause : texts(connection, JSON, schema, table)) {
        json.add(clause.toLowerCase(Locale.ROOT));
      }
    }
    List<SourceColumn> columns = new ArrayList<>();
    try (PreparedStatement statement = prepare(connection, COLUMNS, schema, table);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        String name = rows.getString(1);
        String quoted = "json_valid(" + SourceSystem.MARIADB.quote(name) + ")";
        boolean isJson = json.contains(quoted.toLowerCase(Locale.ROOT));
        String declared = isJson ? "json" : rows.getString(2);
        columns.add(
            new SourceColumn(
                name,
                MariadbTypes.of(declared).sql(),
                declared,
                rows.getBoolean(3),
                Optional.ofNullable(rows.getString(4))));
      }
    }
    return columns;
  }

  private static List<String> texts(Connection connection, String sql, String schema, String table)
      throws SQLException {
    List<String> texts = new ArrayList<>();
    try (PreparedStatement statement = prepare(connection, sql, schema, table);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  private static PreparedStatement prepare(
      Connection connection, String sql, String schema, String table) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      statement.setString(1, schema);
      statement.setString(2, table);
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }
}
