package io.auspex.engine.source;

import io.auspex.engine.source.type.MariadbTypes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
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
    return Answers.texts(connection, "SELECT coalesce(database(), '')").get(0);
  }

  @Override
  public List<SourceTable.Listed> list(Connection connection) throws SQLException {
    return Answers.tables(connection, LIST);
  }

  @Override
  public Optional<SourceTable> describe(Connection connection, String schema, String table)
      throws SQLException {
    return Answers.list(connection, row -> described(connection, row), TABLE, schema, table)
        .stream()
        .findFirst();
  }

  private static SourceTable described(Connection connection, ResultSet row) throws SQLException {
    String schema = row.getString(1);
    String table = row.getString(2);
    long estimate = row.getLong(3);
    OptionalLong estimated = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(estimate);
    return new SourceTable(
        schema,
        table,
        columns(connection, schema, table),
        estimated,
        Answers.texts(connection, KEY, schema, table));
  }

  private static List<SourceColumn> columns(Connection connection, String schema, String table)
      throws SQLException {
    Set<String> json = new HashSet<>();
    if (connection.getMetaData().getDatabaseProductName().equals("MariaDB")) {
      for (String clause : Answers.texts(connection, JSON, schema, table)) {
        json.add(clause.toLowerCase(Locale.ROOT));
      }
    }
    return Answers.list(connection, row -> column(row, json), COLUMNS, schema, table);
  }

  /**
   * @param json the conditions by which columns are JSON
   */
  private static SourceColumn column(ResultSet row, Set<String> json) throws SQLException {
    String name = row.getString(1);
    String quoted = "json_valid(" + SourceSystem.MARIADB.quote(name) + ")";
    boolean isJson = json.contains(quoted.toLowerCase(Locale.ROOT));
    String declared = isJson ? "json" : row.getString(2);
    return new SourceColumn(
        name,
        MariadbTypes.of(declared).sql(),
        declared,
        row.getBoolean(3),
        Optional.ofNullable(row.getString(4)));
  }
}
