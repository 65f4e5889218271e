package io.auspex.engine;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The statements that meet a fault. Each moves rows that all carry its number, the generation, so
 * that a part of them shows.
 */
enum ChaosStatement {
  READ_INTO_NEW("CREATE TABLE made AS %s", "made", false),
  READ_REPLACING("CREATE OR REPLACE TABLE replaced AS %s", "replaced", false),
  READ_ADDING("INSERT INTO added %s", "added", false),
  WRITE_NEW("CREATE TABLE %2$s.made (PRIMARY KEY (id)) AS %1$s", "made", true),
  WRITE_REPLACING("CREATE OR REPLACE TABLE %2$s.replaced AS %1$s", "replaced", true),
  WRITE_ADDING("INSERT INTO %2$s.added %1$s", "added", true),
  WRITE_MERGING(
      "INSERT INTO %2$s.merged %1$s ON CONFLICT (id) DO UPDATE SET gen = excluded.gen,"
          + " text = excluded.text",
      "merged", true);

  private static final String SENT =
      "SELECT i + %1$d AS id, y::INTEGER AS gen, 'row ' || (i + %1$d) || repeat('.', 80) AS text FROM PREDICT(MODEL"
          + " matrix_input, (SELECT i, %2$d::FLOAT AS ones, 0::FLOAT AS tens, 0::FLOAT AS hundreds,"
          + " 0::FLOAT AS thousands FROM numbers))";

  private static final String READ =
      "SELECT id, y::INTEGER AS gen, text FROM PREDICT(MODEL matrix_input, (SELECT id, text,"
          + " %d::FLOAT AS ones, 0::FLOAT AS tens, 0::FLOAT AS hundreds, 0::FLOAT AS thousands"
          + " FROM %s.big))";

  private static final String LINES =
      "SELECT gen, count(*) AS n, sum(id) AS ids, sum(CASE WHEN text = %s THEN 1 ELSE 0 END) AS ok"
          + " FROM %s"
          + " WHERE %s GROUP BY gen ORDER BY gen";

  private final String sql;
  private final String table;
  private final boolean writes;

  ChaosStatement(String sql, String table, boolean writes) {
    this.sql = sql;
    this.table = table;
    this.writes = writes;
  }

  static List<ChaosStatement> reading() {
    return List.of(READ_INTO_NEW, READ_REPLACING, READ_ADDING);
  }

  static List<ChaosStatement> writing() {
    return List.of(WRITE_NEW, WRITE_REPLACING, WRITE_ADDING, WRITE_MERGING);
  }

  boolean writes() {
    return writes;
  }

  /** The name of the table whose rows it changes. */
  String table() {
    return table;
  }

  /**
   * @param source the name by which the source is reached
   * @param rows how many are moved
   */
  String sql(int generation, String source, int rows) {
    String query =
        writes
            ? SENT.formatted(first(generation, rows), generation)
            : READ.formatted(generation, source);
    return sql.formatted(query, source);
  }

  private long first(int generation, int rows) {
    return switch (this) {
      case WRITE_ADDING -> (long) generation * rows;
      case WRITE_MERGING -> rows / 2;
      default -> 0;
    };
  }

  /** What the table holds, a line for each generation; empty where there is no table. */
  List<String> lines(ChaosSource source, Workbench bench) throws SQLException {
    return lines(source, bench, "1 = 1");
  }

  private List<String> lines(ChaosSource source, Workbench bench, String where)
      throws SQLException {
    if (writes) {
      return exists(source) ? source.rows(LINES.formatted(source.text(), table, where)) : List.of();
    }
    boolean exists =
        bench.number("SELECT count(*) FROM duckdb_tables() WHERE table_name = '" + table + "'") > 0;
    return exists
        ? bench
            .rows(
                "SELECT COLUMNS(*)::VARCHAR FROM ("
                    + LINES.formatted("'row ' || id || repeat('.', 80)", table, where)
                    + ")")
            .stream()
            .map(row -> String.join("|", row.stream().map(String::valueOf).toList()))
            .toList()
        : List.of();
  }

  private boolean exists(ChaosSource source) {
    try {
      source.rows("SELECT 1 FROM " + table + " WHERE 1 = 0");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /** What the table is to hold once the statement has moved its rows. */
  List<String> after(int generation, int rows, ChaosSource source, Workbench bench)
      throws SQLException {
    List<String> after =
        switch (this) {
          case READ_INTO_NEW, READ_REPLACING, WRITE_NEW, WRITE_REPLACING -> new ArrayList<String>();
          case READ_ADDING, WRITE_ADDING -> new ArrayList<>(lines(source, bench));
          case WRITE_MERGING -> new ArrayList<>(lines(source, bench, "id < " + rows / 2));
        };
    long first = first(generation, rows);
    long sum = rows * first + (long) rows * (rows - 1) / 2;
    after.add(generation + "|" + rows + "|" + sum + "|" + rows);
    return after;
  }

  /** Has the statement run for the first time, or again, though it has moved rows before. */
  void prepare(int generation, ChaosSource source, Workbench bench) throws SQLException {
    String drop = "DROP TABLE IF EXISTS made";
    String shorten = "DELETE FROM added WHERE gen < " + (generation - 2);
    switch (this) {
      case READ_INTO_NEW -> bench.run(drop);
      case READ_ADDING -> bench.run(shorten);
      case WRITE_NEW -> source.run(drop);
      case WRITE_ADDING -> source.run(shorten);
      case READ_REPLACING, WRITE_REPLACING, WRITE_MERGING -> {
        // They take the table as it is.
      }
    }
  }
}
