package io.auspex.engine.source;

import io.auspex.engine.source.type.SqliteTypes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
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
      tables.addAll(
          Answers.list(
              connection,
              row -> new SourceTable.Listed(schema, row.getString(1), row.getBoolean(2)),
              "SELECT name, type = 'view' FROM "
                  + SourceSystem.SQLITE.quote(schema)
                  + ".sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE"
                  + " 'sqlite_%' ORDER BY name"));
    }
    return tables;
  }

  private static List<String> schemas(Connection connection) throws SQLException {
    return Answers.texts(connection, "SELECT name FROM pragma_database_list WHERE name <> 'temp'");
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
    List<String> made = Answers.texts(connection, sql, table);
    if (made.isEmpty()) {
      return Optional.empty();
    }
    String created = String.valueOf(made.get(0)).toUpperCase(Locale.ROOT);
    // What collates how is not told; without the word, everything by bytes.
    String collation = created.contains("COLLATE") ? "unknown" : "BINARY";
    return Optional.of(described(connection, schema, table, collation));
  }

  private static SourceTable described(
      Connection connection, String schema, String table, String collation) throws SQLException {
    Map<Integer, String> key = new TreeMap<>();
    List<SourceColumn> columns =
        Answers.list(
            connection,
            row -> {
              if (row.getInt(4) > 0) {
                key.put(row.getInt(4), row.getString(1));
              }
              return column(row, collation);
            },
            "SELECT name, type, \"notnull\", pk FROM pragma_table_xinfo(?, ?) WHERE hidden <> 1"
                + " ORDER BY cid",
            table,
            schema);
    return new SourceTable(
        schema, table, columns, estimate(connection, schema, table), List.copyOf(key.values()));
  }

  private static SourceColumn column(ResultSet row, String collation) throws SQLException {
    String declared = Optional.ofNullable(row.getString(2)).orElse("");
    String type = SqliteTypes.of(declared).sql();
    return new SourceColumn(
        row.getString(1),
        type,
        declared,
        !row.getBoolean(3),
        type.equals("VARCHAR") ? Optional.of(collation) : Optional.empty());
  }

  /** What ANALYZE has counted, where it ran. */
  private static OptionalLong estimate(Connection connection, String schema, String table)
      throws SQLException {
    String in = SourceSystem.SQLITE.quote(schema);
    String analyzed = "SELECT name FROM " + in + ".sqlite_master WHERE name = 'sqlite_stat1'";
    if (Answers.texts(connection, analyzed).isEmpty()) {
      return OptionalLong.empty();
    }
    String counted = "SELECT max(CAST(stat AS INTEGER)) FROM " + in + ".sqlite_stat1 WHERE tbl = ?";
    return Answers.list(connection, SqliteTables::count, counted, table).get(0);
  }

  private static OptionalLong count(ResultSet row) throws SQLException {
    long count = row.getLong(1);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(count);
  }
}
