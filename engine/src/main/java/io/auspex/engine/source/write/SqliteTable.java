package io.auspex.engine.source.write;

import io.auspex.engine.source.SourceSystem;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is kept of a table of SQLite that is replaced.
 *
 * @param sql what made it; tells whether it is the same later
 * @param key its primary key's columns
 * @param unique the columns of its other unique constraints
 * @param indexes those made by statements
 * @param triggers the statements that made them
 */
record SqliteTable(
    String sql,
    List<String> key,
    List<List<String>> unique,
    List<Index> indexes,
    List<String> triggers) {
  static final SqliteTable NONE = new SqliteTable("", List.of(), List.of(), List.of(), List.of());

  /** An index, and the columns that it names. */
  record Index(String sql, List<String> columns) {}

  static SqliteTable read(Connection connection, SourceTarget target) throws SQLException {
    String master = SourceSystem.SQLITE.quote(target.schema(), "sqlite_master");
    List<String> sql =
        Statements.list(
            connection,
            row -> row.getString(1),
            "SELECT sql FROM " + master + " WHERE type = 'table' AND name = ? COLLATE NOCASE",
            target.table());
    if (sql.isEmpty()) {
      return NONE;
    }
    List<List<String>> unique = new ArrayList<>();
    List<Index> indexes = new ArrayList<>();
    for (String[] index :
        Statements.list(
            connection,
            row -> new String[] {row.getString(1), row.getString(2), row.getString(3)},
            "SELECT l.name, l.origin, m.sql FROM pragma_index_list(?, ?) l LEFT JOIN "
                + master
                + " m ON m.type = 'index' AND m.name = l.name ORDER BY l.name",
            target.table(),
            target.schema())) {
      List<String> columns =
          new ArrayList<>(
              Statements.list(
                  connection,
                  row -> row.getString(1),
                  "SELECT name FROM pragma_index_info(?, ?) ORDER BY seqno",
                  index[0],
                  target.schema()));
      columns.removeIf(name -> name == null);
      if (index[1].equals("u")) {
        unique.add(columns);
      } else if (index[1].equals("c")) {
        indexes.add(new Index(index[2], columns));
      }
    }
    List<String> key =
        Statements.list(
            connection,
            row -> row.getString(1),
            "SELECT name FROM pragma_table_info(?, ?) WHERE pk > 0 ORDER BY pk",
            target.table(),
            target.schema());
    List<String> triggers =
        Statements.list(
            connection,
            row -> row.getString(1),
            "SELECT sql FROM "
                + master
                + " WHERE type = 'trigger' AND tbl_name = ? COLLATE NOCASE ORDER BY name",
            target.table());
    return new SqliteTable(sql.get(0), key, unique, indexes, triggers);
  }

  /** The key, where the new table has all its columns. */
  List<String> primaryKey(List<String> columns) {
    return columns.containsAll(key) ? key : List.of();
  }

  List<List<String>> uniqueKeys(List<String> columns) {
    return unique.stream().filter(columns::containsAll).toList();
  }

  /** What is made again, once the new table has its name. */
  List<String> additions(List<String> columns) {
    List<String> statements = new ArrayList<>();
    for (Index index : indexes) {
      if (columns.containsAll(index.columns())) {
        statements.add(index.sql());
      }
    }
    statements.addAll(triggers);
    return statements;
  }
}
