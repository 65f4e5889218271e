package io.auspex.engine.source;

import io.auspex.engine.source.type.SqliteTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** SQLite's schema tables, of which each of its databases has one; a database is a schema here. */
final class SqliteTables implements SourceTables.Dictionary {
  private static final String MAIN = "main";

  @Override
  public String defaultSchema(Connection connection) {
    return MAIN;
  }

  @Override
  public List<SourceTable.Listed> list(Connection connection) throws SQLException {
    List<SourceTable.Listed> tables = new ArrayList<>();
    for (String schema : schemas(connection)) {
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT name, type = 'view' FROM "
                      + SourceSystem.SQLITE.quote(schema)
                      + ".sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE"
                      + " 'sqlite_%' ORDER BY name")) {
        while (rows.next()) {
          tables.add(new SourceTable.Listed(schema, rows.getString(1), rows.getBoolean(2)));
        }
      }
    }
    return tables;
  }

  private static List<String> schemas(Connection connection) throws SQLException {
    List<String> schemas = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name FROM pragma_database_list")) {
      while (rows.next()) {
        if (!rows.getString(1).equals("temp")) {
          schemas.add(rows.getString(1));
        }
      }
    }
    return schemas;
  }

  @Override
  public Optional<SourceTable> describe(Connection connection, String schema, String table)
      throws SQLException {
    if (!schemas(connection).contains(schema)) {
      return Optional.empty();
    }
    String sql =
        "SELECT sql FROM "
            + SourceSystem.SQLITE.quote(schema)
            + ".sqlite_master WHERE type IN ('table', 'view') AND name = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        String created = String.valueOf(rows.getString(1)).toUpperCase(Locale.ROOT);
        // What collates how is not told; without the word, everything by bytes.
        String collation = created.contains("COLLATE") ? "unknown" : "BINARY";
        return Optional.of(described(connection, schema, table, collation));
      }
    }
  }

  private static SourceTable described(
      Connection connection, String schema, String table, String collation) throws SQLException {
    List<SourceColumn> columns = new ArrayList<>();
    Map<Integer, String> key = new TreeMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT name, type, \"notnull\", pk FROM pragma_table_xinfo(?, ?) WHERE hidden <> 1"
                + " ORDER BY cid")) {
      statement.setString(1, table);
      statement.setString(2, schema);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String name = rows.getString(1);
          String declared = Optional.ofNullable(rows.getString(2)).orElse("");
          String type = SqliteTypes.of(declared).sql();
          if (rows.getInt(4) > 0) {
            key.put(rows.getInt(4), name);
          }
          columns.add(
              new SourceColumn(
                  name,
                  type,
                  declared,
                  !rows.getBoolean(3),
                  type.equals("VARCHAR") ? Optional.of(collation) : Optional.empty()));
        }
      }
    }
    return new SourceTable(
        schema, table, columns, estimate(connection, schema, table), List.copyOf(key.values()));
  }

  /** What ANALYZE has counted, where it ran. */
  private static OptionalLong estimate(Connection connection, String schema, String table)
      throws SQLException {
    String statistics = SourceSystem.SQLITE.quote(schema) + ".sqlite_stat1";
    try (Statement exists = connection.createStatement();
        ResultSet found =
            exists.executeQuery(
                "SELECT 1 FROM "
                    + SourceSystem.SQLITE.quote(schema)
                    + ".sqlite_master WHERE name = 'sqlite_stat1'")) {
      if (!found.next()) {
        return OptionalLong.empty();
      }
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT max(CAST(stat AS INTEGER)) FROM " + statistics + " WHERE tbl = ?")) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        long estimate = rows.next() ? rows.getLong(1) : 0;
        return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(estimate);
      }
    }
  }
}
