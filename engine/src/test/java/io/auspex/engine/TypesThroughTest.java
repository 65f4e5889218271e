package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.Names;
import io.auspex.engine.User.Table;
import io.auspex.engine.random.Values;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every type of DuckDB passes through PREDICT value for value: to the client and into tables,
 * planned and cut, in a transaction (where streams are spooled) and out of it.
 */
class TypesThroughTest {
  private static final int NESTED = 40;
  private static final List<String> FEATURES =
      List.of("1 AS ones", "2 AS tens", "3 AS hundreds", "4 AS thousands");

  /** In order, with a prediction that is asked for, or it would not be computed. */
  private static final String THROUGH =
      "PREDICT(MODEL matrix_input, TABLE typed) WHERE y > 0 ORDER BY id";

  private User user;

  @BeforeEach
  void open() throws SQLException {
    user = User.alone();
    user.create("matrix_input", "");
    user.run("SET TimeZone = 'Europe/Berlin'");
  }

  @AfterEach
  void close() throws SQLException {
    user.close();
  }

  @Test
  void valuesOfEachType() throws SQLException {
    pass(Values.plain());
  }

  @Test
  void decimalsOfEveryWidth() throws SQLException {
    pass(
        IntStream.rangeClosed(1, 38)
            .boxed()
            .flatMap(width -> Stream.of(0, width / 2, width).distinct().map(s -> decimal(width, s)))
            .toList());
  }

  private static Values.Column decimal(int width, int scale) {
    String type = "DECIMAL(" + width + ", " + scale + ")";
    String digits = "9".repeat(width - scale) + "." + "9".repeat(scale);
    List<String> values =
        Stream.of("NULL", "0", "'" + digits + "'", "'-" + digits + "'")
            .map(value -> "CAST(" + value + " AS " + type + ")")
            .toList();
    return new Values.Column(type, values);
  }

  @Test
  void typesInTypes() throws SQLException {
    pass(nested(1, NESTED));
  }

  @Tag("full")
  @Test
  void manyTypesInTypes() throws SQLException {
    long first = System.nanoTime();
    for (long seed = first; seed < first + 1000; seed += NESTED) {
      List<Values.Column> columns = nested(seed, NESTED);
      try {
        pass(columns);
      } catch (SQLException | AssertionError failure) {
        throw new AssertionError("seed " + seed + ": " + columns, failure);
      }
    }
  }

  private static List<Values.Column> nested(long seed, int columns) {
    return LongStream.range(seed, seed + columns)
        .mapToObj(i -> new Values(i).nested(1 + (int) Math.floorMod(i, 3L), 9))
        .toList();
  }

  /** Least and most values, as DuckDB itself has chosen them. */
  @Test
  void leastAndMostOfEachType() throws SQLException {
    passes("SELECT * EXCLUDE (geometry) FROM test_all_types()");
  }

  /** What JDBC does not give to the client lands all the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'POINT(1 2)'::GEOMETRY",
        "{'a': [1, 2], 'b': 'x'}::VARIANT",
        "['LINESTRING(0 0, 1 1)'::GEOMETRY, NULL]",
      })
  void typesThatOnlyLand(String value) throws SQLException {
    typed("SELECT " + value + " AS v UNION ALL SELECT NULL");
    for (String planner : List.of("auto", "never")) {
      for (String transaction : List.of("SELECT 1", "BEGIN")) {
        user.run("SET planner = '" + planner + "'", transaction);
        checkLanded(planner + ", " + transaction, List.of("v"), 2);
      }
      assertThat(user.error("SELECT v FROM typed").getMessage())
          .contains("cannot be used in a result. Cast it to VARCHAR.");
      user.run("ROLLBACK");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT NULL AS v FROM range(3)",
        "SELECT NULL::INTEGER AS v FROM range(5000)",
        "SELECT NULL::STRUCT(a INTEGER[], b MAP(VARCHAR, DATE)) AS v FROM range(3)",
        "SELECT 'x'::ENUM('x', 'y') AS v FROM range(0)",
        "SELECT [[1]] AS v FROM range(0)",
        "SELECT [] AS v FROM range(3)",
        "SELECT [NULL] AS v FROM range(3)",
        "SELECT {'a': NULL} AS v FROM range(2)",
        "SELECT MAP {} AS v FROM range(2)",
        "SELECT row(1, 'x') AS v",
        "SELECT [{'a': row(1, row('x', 2))}] AS v UNION ALL SELECT NULL",
        "SELECT '2020-01-01 00:00:00.123456789+00'::TIMESTAMPTZ_NS AS v",
        "SELECT (i % 70000)::VARCHAR AS v FROM range(20000) t(i)",
        "SELECT CASE WHEN i % 3 > 0 THEN range(i % 50) END AS v FROM range(20000) t(i)",
        "SELECT (['a', 'b', NULL])[1 + i % 3]::ENUM('a', 'b') AS v FROM range(20000) t(i)",
        "SELECT [(['a', 'b', NULL])[1 + i % 3]::ENUM('a', 'b')] AS v FROM range(20000) t(i)",
        "SELECT NULL::ENUM('a', 'b')[] AS v",
        "SELECT [[], NULL]::ENUM('a', 'b')[][2] AS v UNION ALL SELECT NULL",
        "SELECT ['a', NULL]::ENUM('a', 'b')[2] AS v UNION ALL SELECT NULL",
        "SELECT union_value(two := ['b', 'b']::ENUM('a', 'b')[2])::UNION(one TINYINT, two ENUM('a', 'b')[2]) AS v",
        "SELECT {'$1 \\ \"ENUM(''a'')': ['it''s, '::ENUM('a', 'it''s, ')]} AS v",
      })
  void emptyColumnsAndLongOnes(String rows) throws SQLException {
    passes(rows);
  }

  @Test
  void anArrayOfUnionsIsRefused() throws SQLException {
    typed("SELECT [union_value(a := 1), union_value(a := 2)]::UNION(a INTEGER)[2] AS v");
    // Inside of DuckDB nothing is copied.
    user.run("SET predict_strategy = 'stream'");
    for (String sql : List.of("FROM typed", "CREATE TABLE landed AS SELECT * FROM " + THROUGH)) {
      assertThat(user.error(sql).getMessage())
          .isEqualTo(
              "A fixed-size array of unions cannot be used in a result or beside PREDICT. Cast it"
                  + " to a list.");
    }
    assertThat(user.value("SELECT v::UNION(a INTEGER)[] FROM typed")).isEqualTo("[1, 2]");
  }

  /** Columns with a value of each in a row. */
  private void pass(List<Values.Column> columns) throws SQLException {
    int rows = columns.stream().mapToInt(column -> column.values().size()).max().orElseThrow();
    String[] selects = new String[rows];
    for (int row = 0; row < rows; row++) {
      StringBuilder select = new StringBuilder("SELECT " + row + " AS i");
      for (int c = 0; c < columns.size(); c++) {
        List<String> values = columns.get(c).values();
        select.append(", " + values.get(row % values.size()) + " AS v" + c);
      }
      selects[row] = select.toString();
    }
    passes("SELECT * EXCLUDE (i) FROM (" + String.join(" UNION ALL ", selects) + ") ORDER BY i");
  }

  /**
   * Proves that the rows of a query pass.
   *
   * @param rows any columns
   */
  private void passes(String rows) throws SQLException {
    typed(rows);
    Table expected =
        user.query("SELECT * EXCLUDE (ones, tens, hundreds, thousands) FROM typed ORDER BY id");
    List<String> names =
        expected.columns().stream()
            .map(column -> column.substring(0, column.indexOf(' ')))
            .toList();
    for (String planner : List.of("auto", "never")) {
      for (String transaction : List.of("SELECT 1", "BEGIN")) {
        user.run("SET planner = '" + planner + "'", transaction);
        String how = planner + ", " + transaction;
        checkClient(how, expected);
        checkLanded(how, names, expected.rows().size());
      }
      user.run("ROLLBACK");
    }
  }

  private void typed(String rows) throws SQLException {
    user.run(
        "CREATE OR REPLACE TABLE typed AS SELECT (row_number() OVER ())::INTEGER AS id, r.*, "
            + String.join(", ", FEATURES)
            + " FROM ("
            + rows
            + ") r");
  }

  /** How values are printed is another test's business; here they come two ways. */
  private void checkClient(String how, Table expected) throws SQLException {
    Table found =
        user.query("SELECT * EXCLUDE (ones, tens, hundreds, thousands, y) FROM " + THROUGH);
    assertThat(found.columns()).as(how).isEqualTo(expected.columns());
    for (int c = 0; c < expected.columns().size(); c++) {
      assertThat(column(found, c))
          .as("%s: %s", how, expected.columns().get(c))
          .isEqualTo(column(expected, c));
    }
  }

  private static List<String> column(Table table, int column) {
    return table.rows().stream().map(row -> row.get(column)).toList();
  }

  private void checkLanded(String how, List<String> names, int rows) throws SQLException {
    user.run("CREATE OR REPLACE TABLE landed AS SELECT * EXCLUDE (y) FROM " + THROUGH);
    assertThat(user.query("SELECT * FROM (DESCRIBE landed)"))
        .isEqualTo(user.query("SELECT * FROM (DESCRIBE typed)"));
    for (String name : names) {
      String same =
          "l.%1$s IS NOT DISTINCT FROM t.%1$s AND l.%1$s::VARCHAR IS NOT DISTINCT FROM t.%1$s::VARCHAR"
              .formatted(Names.quote(name));
      assertThat(
              user.value("SELECT count(*) FROM typed t JOIN landed l ON t.id = l.id AND " + same))
          .as("%s, landed: %s", how, name)
          .isEqualTo(String.valueOf(rows));
    }
    user.run("DROP TABLE landed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "never"})
  void aThousandColumns(String planner) throws SQLException {
    List<String> types =
        new ArrayList<>(List.of("i", "i::VARCHAR", "[i, NULL]", "i::DECIMAL(9, 2)"));
    types.add("{'a': i, 'b': i::VARCHAR}");
    types.add("CASE WHEN i % 2 = 0 THEN DATE '2024-01-01' + i::INTEGER END");
    types.add("(['a', 'b'])[1 + i % 2]::ENUM('a', 'b')");
    String columns =
        IntStream.range(0, 1000)
            .mapToObj(c -> types.get(c % types.size()) + " AS c" + c)
            .collect(Collectors.joining(", "));
    user.run(
        "CREATE TABLE wide AS SELECT "
            + columns
            + ", "
            + String.join(", ", FEATURES)
            + " FROM range(100) t(i)",
        "SET planner = '" + planner + "'");
    Table expected = user.query("SELECT * FROM wide ORDER BY c0");
    String through = "SELECT * EXCLUDE (y) FROM PREDICT(MODEL matrix_input, TABLE wide)";
    for (String transaction : List.of("SELECT 1", "BEGIN")) {
      user.run(transaction);
      assertThat(user.query(through + " ORDER BY c0")).isEqualTo(expected);
      user.run("CREATE OR REPLACE TABLE landed AS " + through);
      assertThat(user.query("FROM landed EXCEPT ALL FROM wide").rows()).isEmpty();
      assertThat(user.value("SELECT count(*) FROM landed")).isEqualTo("100");
    }
    user.run("ROLLBACK");
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "never"})
  void aStringOfAHundredMegabytes(String planner) throws SQLException {
    int length = 100_000_000;
    user.run(
        "CREATE TABLE long AS SELECT 1 AS id, repeat('0123456789', 10000000) AS v, "
            + String.join(", ", FEATURES)
            + " UNION ALL SELECT 2, 'short', 1, 2, 3, 4",
        "SET planner = '" + planner + "'");
    String hash = user.value("SELECT md5(v) FROM long WHERE id = 1");
    String through = "SELECT id, v FROM PREDICT(MODEL matrix_input, TABLE long)";
    for (String transaction : List.of("SELECT 1", "BEGIN")) {
      user.run(transaction, "CREATE OR REPLACE TABLE landed AS " + through);
      assertThat(user.value("SELECT md5(v) FROM landed WHERE id = 1")).isEqualTo(hash);
      String value = user.value("SELECT v FROM (" + through + ") WHERE id = 1");
      assertThat(value.length()).isEqualTo(length);
      assertThat(value.startsWith("01234") && value.endsWith("56789")).isTrue();
    }
    user.run("ROLLBACK");
  }
}
