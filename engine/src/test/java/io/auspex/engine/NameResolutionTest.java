package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name means to a statement with a prediction what it means to DuckDB. */
class NameResolutionTest {
  private static final String ROW =
      " AS SELECT %d AS ones, 0 AS tens, 0 AS hundreds, 0 AS thousands";

  private Workbench bench;

  @BeforeEach
  void open() {
    bench = Workbench.inMemory().create("matrix_input", "");
    bench.run("CREATE SCHEMA o", "CREATE SCHEMA s5", "CREATE SCHEMA s6");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private void table(String name, int y) {
    bench.run("CREATE TABLE " + name + ROW.formatted(y));
  }

  private void view(String name, String of) {
    bench.run("CREATE VIEW " + name + " AS SELECT y FROM " + predict(of));
  }

  private static String predict(String table) {
    return "PREDICT(MODEL matrix_input, TABLE " + table + ")";
  }

  private long y(String of) {
    return bench.number("SELECT y FROM " + of);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "never"})
  void tablesAreThoseOfTheSearchPath(String planner) {
    bench.run("SET planner = '" + planner + "'");
    table("s6.tt", 6);
    table("main.tt", 1);
    bench.run("SET search_path = 's5,s6'");
    assertThat(y(predict("tt"))).isEqualTo(6);
    assertThat(y(predict("main.tt"))).isEqualTo(1);
    bench.run("SET search_path = 's5'");
    assertThat(y(predict("tt"))).isEqualTo(1);
    bench.run("CREATE TEMP TABLE tt" + ROW.formatted(9));
    assertThat(y(predict("tt"))).isEqualTo(9);
    assertThatThrownBy(() -> y(predict("nowhere"))).hasMessageContaining("nowhere");
    table("s6.elsewhere", 6);
    assertThatThrownBy(() -> y(predict("elsewhere"))).hasMessageContaining("elsewhere");
  }

  /** Tables are described together; one that cannot be must not spoil it for the others. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatCannotBeDescribedIsNoHindranceToOthers(boolean inTransaction) {
    table("t", 3);
    bench.run("CREATE TABLE k AS SELECT 3 AS ones, 7 AS weight, 5 AS kind");
    bench.run("CREATE TABLE gone AS SELECT 1 AS a", "CREATE VIEW weight AS FROM gone");
    bench.run("CREATE TABLE kind AS SELECT 3 AS weight, 0 AS __auspex_table_1, 4 AS b");
    bench.run("DROP TABLE gone");
    if (inTransaction) {
      bench.run("BEGIN", "INSERT INTO k VALUES (4, 8, 6)");
    }
    String sql = "SELECT y, weight, kind FROM " + predict("t") + " JOIN k USING (ones)";
    assertThat(bench.rows("EXPLAIN " + sql).toString()).contains("plan=calcite");
    assertThat(bench.rows(sql)).isEqualTo(List.of(List.of(3f, 7, 5)));
    String read = "SELECT y, kind.b FROM " + predict("t") + " p JOIN kind ON p.ones = kind.weight";
    assertThat(bench.rows(read)).isEqualTo(List.of(List.of(3f, 4)));
    bench.run("DROP VIEW weight");
    assertThat(bench.rows(sql)).isEqualTo(List.of(List.of(3f, 7, 5)));
    if (inTransaction) {
      bench.run("COMMIT");
    }
    assertThat(bench.number("SELECT count(*) FROM k")).isEqualTo(inTransaction ? 2 : 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "never"})
  void macrosGoBeforeFunctions(String planner) {
    bench.run("SET planner = '" + planner + "'", "CREATE MACRO avg(x) AS x + 1");
    table("t", 3);
    bench.run("INSERT INTO t FROM t");
    String averages = "(SELECT avg(y) AS x FROM " + predict("t") + ")";
    assertThat(bench.number("SELECT count(*) FROM " + averages + " WHERE x = 4")).isEqualTo(2);
    bench.run("DROP MACRO avg");
    assertThat(bench.number("SELECT count(*) FROM " + averages + " WHERE x = 3")).isEqualTo(1);
  }

  @Test
  void tablesAreCreatedBesideThoseOfOtherSchemas() {
    table("r", 3);
    table("o.t", 1);
    bench.run("CREATE TABLE t AS SELECT y FROM " + predict("r"));
    assertThat(y("main.t")).isEqualTo(3);
    bench.run("CREATE TEMP TABLE IF NOT EXISTS t AS SELECT y + 1 AS y FROM " + predict("r"));
    assertThat(y("temp.main.t")).isEqualTo(4);
    bench.run("CREATE TEMP TABLE tt AS SELECT 1 AS y");
    bench.run("CREATE TABLE IF NOT EXISTS tt AS SELECT y FROM " + predict("r"));
    assertThat(y("memory.main.tt")).isEqualTo(3);
    assertThatThrownBy(() -> bench.run("CREATE TABLE tt AS SELECT y FROM " + predict("r")))
        .hasMessageContaining("tt");
  }

  @Test
  void viewsAreThoseOfTheSearchPath() {
    table("r", 3);
    view("o.vv", "main.r");
    bench.run("CREATE TABLE main.vv AS SELECT 42 AS y");
    assertThat(y("vv")).isEqualTo(42);
    assertThat(y("o.vv")).isEqualTo(3);
    assertThat(bench.number("SELECT a.y + vv.y FROM o.vv AS a, vv")).isEqualTo(45);
    bench.run("USE o");
    assertThat(y("vv")).isEqualTo(3);
    bench.run("CREATE TEMP TABLE vv AS SELECT 7 AS y");
    assertThat(y("vv")).isEqualTo(7);
  }

  @Test
  void viewsOfOneNameAreKeptApart() {
    table("r", 3);
    table("o.r", 5);
    view("v", "main.r");
    view("o.v", "o.r");
    assertThat(bench.rows("SELECT a.y, v.y FROM v AS a, o.v")).isEqualTo(List.of(List.of(3f, 5f)));
    assertThat(bench.number("SELECT v.y FROM o.v WHERE v.y > 0")).isEqualTo(5);
    assertThat(bench.number("WITH c AS (TABLE o.v) SELECT c.y + v.y FROM c, v")).isEqualTo(8);
  }

  @Test
  void viewsReadWhatIsBesideThem() {
    table("r", 3);
    table("o.r", 5);
    view("mv", "r");
    view("o.ov", "r");
    bench.run("ATTACH ':memory:' AS d");
    for (String use : List.of("main", "o", "d")) {
      bench.run("USE " + use);
      assertThat(y("memory.main.mv")).as(use).isEqualTo(3);
      assertThat(y("memory.o.ov")).as(use).isEqualTo(5);
    }
  }

  @Test
  void viewsAreDescribed() {
    table("r", 3);
    view("v", "r");
    List<List<Object>> columns = bench.rows("FROM (DESCRIBE SELECT y FROM v)");
    assertThat(columns).hasSize(1);
    assertThat(bench.rows("DESCRIBE v")).isEqualTo(columns);
    assertThat(bench.rows("SHOW v")).isEqualTo(columns);
    assertThat(bench.rows("DESCRIBE SELECT y FROM v")).isEqualTo(columns);
    assertThat(bench.rows("SUMMARIZE v").get(0).get(2)).hasToString("3.0");
    assertThat(bench.rows("SUMMARIZE SELECT y FROM v").get(0).get(2)).hasToString("3.0");
    assertThat(bench.rows("FROM (SUMMARIZE v)").get(0).get(2)).hasToString("3.0");
  }

  @Test
  void droppingAViewLeavesTheOthers() {
    table("r", 3);
    view("v", "main.r");
    view("o.v", "main.r");
    bench.run("DROP VIEW v");
    assertThat(y("o.v")).isEqualTo(3);
    assertThat(bench.number("SELECT count(*) FROM auspex.predict_view")).isEqualTo(1);
    bench.run("CREATE OR REPLACE VIEW o.v AS SELECT y + 1 AS y FROM " + predict("main.r"));
    assertThat(y("o.v")).isEqualTo(4);
    assertThat(bench.number("SELECT count(*) FROM auspex.predict_view")).isEqualTo(1);
  }

  @Test
  void viewsAreNotKeptInAttachedDatabases() {
    table("r", 3);
    bench.run("ATTACH ':memory:' AS d");
    assertThatThrownBy(() -> view("d.v", "memory.main.r"))
        .hasMessageContaining("in the attached database d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "never"})
  void orderIsWhatIsSaidAndThenWhatIsSet(String planner) {
    bench.run("SET planner = '" + planner + "'", "CREATE TABLE r" + ROW.formatted(1));
    bench.run("INSERT INTO r VALUES (NULL, 0, 0, 0), (2, 0, 0, 0)");
    String first = "SELECT coalesce(ones, -1) FROM " + predict("r") + " ORDER BY ones %s LIMIT 1";
    assertThat(bench.number(first.formatted(""))).isOne();
    bench.run("SET default_null_order = 'nulls_first'");
    assertThat(bench.number(first.formatted(""))).isEqualTo(-1);
    assertThat(bench.number(first.formatted("NULLS LAST"))).isOne();
    bench.run("SET default_order = 'desc'", "SET default_null_order = 'nulls_last'");
    assertThat(bench.number(first.formatted(""))).isEqualTo(2);
    assertThat(bench.number(first.formatted("ASC"))).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "never"})
  void lambdasAreWrittenAsTheSessionSays(String planner) {
    bench.run("SET planner = '" + planner + "'", "CREATE TABLE r" + ROW.formatted(1));
    bench.run("SET lambda_syntax = 'ENABLE_SINGLE_ARROW'");
    assertThat(bench.number("SELECT list_transform([y], x -> x + 1)[1] AS l FROM " + predict("r")))
        .isEqualTo(2);
  }
}
