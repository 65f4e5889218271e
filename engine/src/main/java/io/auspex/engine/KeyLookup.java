package io.auspex.engine;

import io.auspex.catalog.Names;
import io.auspex.engine.stream.WarehouseErrors;
import io.auspex.sql.context.TableKeys;
import io.auspex.sql.context.TableKeys.ForeignKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the keys of a table. */
final class KeyLookup {
  private static final String COLLATES =
      """
      SELECT current_setting('default_collation') <> '' OR contains(lower(sql), 'collate')
      FROM duckdb_tables() WHERE database_name = $1 AND schema_name = $2 AND table_name = $3
      """;
  private static final String CONSTRAINTS =
      """
      SELECT constraint_type, constraint_column_names, referenced_table, referenced_column_names
      FROM duckdb_constraints() WHERE database_name = $1 AND schema_name = $2 AND table_name = $3
      """;

  private final Connection connection;

  KeyLookup(Connection connection) {
    this.connection = connection;
  }

  /**
   * The keys; none of what is not a table of DuckDB's own.
   *
   * @param table its name with database and schema, as the catalog has it
   */
  TableKeys of(List<String> table) {
    try {
      return keys(table);
    } catch (SQLException e) {
      throw WarehouseErrors.of(e);
    }
  }

  private TableKeys keys(List<String> table) throws SQLException {
    boolean collates;
    try (PreparedStatement statement = prepared(COLLATES, table);
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        return TableKeys.NONE;
      }
      collates = row.getBoolean(1);
    }
    List<List<String>> unique = new ArrayList<>();
    List<ForeignKey> foreign = new ArrayList<>();
    Set<String> notNull = new HashSet<>();
    try (PreparedStatement statement = prepared(CONSTRAINTS, table);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        List<String> columns = texts(row, 2);
        switch (row.getString(1)) {
          case "PRIMARY KEY", "UNIQUE" -> unique.add(columns);
          case "NOT NULL" -> notNull.addAll(columns);
          case "FOREIGN KEY" -> {
            // DuckDB has none that refers to another schema.
            List<String> other = List.of(table.get(0), table.get(1), row.getString(3));
            foreign.add(new ForeignKey(columns, other, texts(row, 4)));
          }
          default -> {
            // A CHECK says nothing of keys.
          }
        }
      }
    }
    return new TableKeys(unique, foreign, notNull, collates);
  }

  private PreparedStatement prepared(String sql, List<String> table) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < table.size(); i++) {
      statement.setString(i + 1, table.get(i));
    }
    return statement;
  }

  private static List<String> texts(ResultSet row, int column) throws SQLException {
    return Arrays.stream((Object[]) row.getArray(column).getArray())
        .map(name -> Names.fold(name.toString()))
        .toList();
  }
}
