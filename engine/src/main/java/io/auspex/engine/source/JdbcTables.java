package io.auspex.engine.source;

import io.auspex.engine.source.type.GenericTypes;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** JDBC's metadata, for databases of which nothing else is known. */
final class JdbcTables implements SourceTables.Dictionary {
  private static final Set<String> SYSTEM =
      Set.of("INFORMATION_SCHEMA", "information_schema", "pg_catalog", "SYS", "sys");
  private static final String[] KINDS = {"TABLE", "VIEW", "BASE TABLE", "MATERIALIZED VIEW"};

  @Override
  public String defaultSchema(Connection connection) throws SQLException {
    return Optional.ofNullable(connection.getSchema()).orElse("");
  }

  @Override
  public List<SourceTable.Listed> list(Connection connection) throws SQLException {
    List<SourceTable.Listed> tables = new ArrayList<>();
    try (ResultSet rows =
        connection.getMetaData().getTables(connection.getCatalog(), null, "%", KINDS)) {
      while (rows.next()) {
        String schema = Optional.ofNullable(rows.getString("TABLE_SCHEM")).orElse("");
        if (!SYSTEM.contains(schema)) {
          boolean isView = rows.getString("TABLE_TYPE").contains("VIEW");
          tables.add(new SourceTable.Listed(schema, rows.getString("TABLE_NAME"), isView));
        }
      }
    }
    return tables;
  }

  @Override
  public Optional<SourceTable> describe(Connection connection, String schema, String table)
      throws SQLException {
    DatabaseMetaData metadata = connection.getMetaData();
    String in = schema.isEmpty() ? null : pattern(metadata, schema);
    List<SourceColumn> columns = new ArrayList<>();
    try (ResultSet rows =
        metadata.getColumns(connection.getCatalog(), in, pattern(metadata, table), "%")) {
      while (rows.next()) {
        int precision = rows.getInt("COLUMN_SIZE");
        int scale = rows.getInt("DECIMAL_DIGITS");
        String nativeType = rows.getString("TYPE_NAME");
        columns.add(
            new SourceColumn(
                rows.getString("COLUMN_NAME"),
                GenericTypes.of(rows.getInt("DATA_TYPE"), nativeType, precision, scale).sql(),
                nativeType,
                rows.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls,
                Optional.empty()));
      }
    }
    if (columns.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SourceTable(
            schema, table, columns, OptionalLong.empty(), key(connection, schema, table)));
  }

  private static List<String> key(Connection connection, String schema, String table)
      throws SQLException {
    Map<Integer, String> key = new TreeMap<>();
    try (ResultSet rows =
        connection
            .getMetaData()
            .getPrimaryKeys(connection.getCatalog(), schema.isEmpty() ? null : schema, table)) {
      while (rows.next()) {
        key.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
      }
    }
    return List.copyOf(key.values());
  }

  /** A name as a pattern that means just it. */
  private static String pattern(DatabaseMetaData metadata, String name) throws SQLException {
    String escape = Optional.ofNullable(metadata.getSearchStringEscape()).orElse("");
    return escape.isEmpty()
        ? name
        : name.replace(escape, escape + escape)
            .replace("_", escape + "_")
            .replace("%", escape + "%");
  }
}
