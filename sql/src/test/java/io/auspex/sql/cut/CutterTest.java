package io.auspex.sql.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Position;
import io.auspex.catalog.Setting;
import io.auspex.sql.fragment.Plan;
import io.auspex.sql.fragment.PredictStream;
import io.auspex.sql.statement.QueryText;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs what the cut makes of queries, beside the same queries with the prediction written out. */
class CutterTest {
  private Warehouse warehouse;

  @BeforeEach
  void open() throws SQLException {
    warehouse = new Warehouse();
    warehouse.execute(
        "CREATE TABLE t AS SELECT * FROM (VALUES (1, 10, 2.5::DOUBLE, 'x'), (2, 20, NULL, 'yy'),"
            + " (3, 30, 0.5, 'zzz')) AS v(id, a, b, s)");
  }

  @AfterEach
  void close() throws SQLException {
    warehouse.close();
  }

  private Plan plan(String sql) {
    return Cutter.plan(new QueryText(sql, 0, sql.length()), warehouse, "test");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "FROM PREDICT(MODEL m, TABLE t)|FROM $t",
        "SELECT id, score FROM PREDICT(MODEL m VERSION 3, TABLE t) AS p WHERE p.score > 11"
            + "|SELECT id, score FROM $t WHERE score > 11",
        "SELECT * FROM TABLE(PREDICT(MODEL m, TABLE t))|FROM $t",
        "FROM t, LATERAL PREDICT(MODEL m, TABLE t)|FROM t, $t",
        "SELECT p.x, z FROM PREDICT(MODEL m, (SELECT id, a, b FROM t)) p(x, y, yy, z)"
            + "|SELECT id, score FROM $t",
        "SELECT * FROM t JOIN PREDICT(MODEL m, (FROM t SELECT id, a, b)) p USING (id)"
            + "|SELECT t.*, p.a, p.b, p.score FROM t JOIN $t p USING (id)",
        "SELECT x.score, y.score FROM PREDICT(MODEL m, TABLE t) x, PREDICT(MODEL m, TABLE t) y"
            + "|SELECT x.score, y.score FROM $t x, $t y",
        "WITH c AS (SELECT id, a + 1 AS a, b FROM t) SELECT * FROM PREDICT(MODEL m, TABLE c)"
            + "|SELECT id, a + 1, b, a + 1 + b FROM t",
        "WITH c AS (FROM PREDICT(MODEL m, TABLE t)), d AS (SELECT id, score AS a, b FROM c)"
            + " SELECT score FROM PREDICT(MODEL m, TABLE d)|SELECT a + 2 * b FROM t",
        "WITH c AS (FROM PREDICT(MODEL m, TABLE t)) SELECT x.id, y.score FROM c x JOIN c y"
            + " USING (id)|SELECT id, score FROM $t",
        "WITH t AS (SELECT 7 AS a, 1 AS b) FROM (WITH t AS (SELECT a + 1 AS a, b FROM t)"
            + " FROM PREDICT(MODEL m, TABLE t))|SELECT 8, 1, 9.0::FLOAT",
        "WITH RECURSIVE r(a, b) AS (SELECT 1, 1 UNION ALL SELECT a + 1, b FROM r WHERE a < 3)"
            + " SELECT score FROM PREDICT(MODEL m, TABLE r)"
            + "|SELECT (1 + i)::FLOAT FROM range(1, 4) x(i)",
        "WITH RECURSIVE p AS (FROM PREDICT(MODEL m, TABLE t)), r(n) AS (SELECT 1 UNION ALL"
            + " SELECT n + 1 FROM r, p WHERE n < 3 AND p.id = 1) SELECT * FROM r"
            + "|SELECT * FROM range(1, 4)",
        "SELECT (SELECT max(score) FROM PREDICT(MODEL m, TABLE t)), id FROM t"
            + "|SELECT (SELECT max(score) FROM $t), id FROM t",
        "SELECT id FROM t WHERE EXISTS (FROM PREDICT(MODEL m, TABLE t) p WHERE p.id = t.id + 1)"
            + "|SELECT id FROM t WHERE id < 3",
        "FROM PREDICT(MODEL m, (FROM PREDICT(MODEL clf, TABLE t) SELECT a, b, label))"
            + "|SELECT a, b, 'L' $cat CAST(a + b AS INTEGER), score FROM $t",
        "FROM PREDICT(MODEL m, (SELECT 1 AS b, 2 AS a, 9 AS a))|SELECT 1, 2, 9, 3.0::FLOAT",
        "FROM PREDICT(MODEL m, (SELECT a, b, 5 AS Score FROM t))|SELECT a, b, 5, score FROM $t",
        "FROM PREDICT(MODEL m, TABLE t, DESCRIPTOR(b, \"ID\"))|SELECT *, (b + id)::FLOAT FROM t",
        "FROM PREDICT(MODEL words, TABLE t)|SELECT *, (len(s) + a)::FLOAT FROM t",
        "(SELECT score FROM PREDICT(MODEL m, TABLE t)) UNION ALL SELECT a FROM t"
            + "|(SELECT score FROM $t) UNION ALL SELECT a FROM t",
        "PIVOT PREDICT(MODEL m, TABLE t) ON s USING sum(score) GROUP BY id"
            + "|PIVOT $t ON s USING sum(score) GROUP BY id",
        "SELECT DISTINCT ON (s) * EXCLUDE (a) FROM PREDICT(MODEL m, TABLE t) ORDER BY ALL"
            + "|SELECT DISTINCT ON (s) * EXCLUDE (a) FROM $t ORDER BY ALL",
        "SELECT 'PREDICT(MODEL m, TABLE t)', a FROM PREDICT(MODEL m, TABLE t) -- PREDICT(MODEL"
            + "|SELECT 'PREDICT(MODEL m, TABLE t)', a FROM t",
        "DESCRIBE FROM PREDICT(MODEL m, TABLE t)|DESCRIBE FROM $t",
      })
  void streams(String query, String writtenOut) throws SQLException {
    Plan plan = plan(query);
    assertThat(plan.planner()).isEqualTo("cut");
    assertThat(plan.root().streams()).isNotEmpty();
    String predicted = "(SELECT *, CAST(a + b AS FLOAT) AS score FROM t)";
    assertThat(warehouse.run(plan.root()))
        .containsExactlyInAnyOrderElementsOf(
            warehouse.rows(writtenOut.replace("$t", predicted).replace("$cat", "||")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT id, PREDICT(MODEL m, a, b) FROM t|SELECT id, $m FROM t",
        "SELECT PREDICT(MODEL m, b => b, a := 1) FROM t|SELECT (1 + b)::FLOAT FROM t",
        "SELECT PREDICT(MODEL m) AS p FROM t|SELECT $m FROM t",
        "FROM t SELECT score: PREDICT(MODEL m)|SELECT $m FROM t",
        "SELECT PREDICT(MODEL clf, a, b).label FROM t|SELECT 'L' $cat (a + b)::INT FROM t",
        "SELECT PREDICT(MODEL clf, a, b).probability[1] FROM t|SELECT $m FROM t",
        "SELECT (PREDICT(MODEL clf, a, b)).label FROM t|SELECT 'L' $cat (a + b)::INT FROM t",
        "SELECT PREDICT(MODEL clf, a, b) FROM t"
            + "|SELECT {'label': 'L' $cat (a + b)::INT, 'probability': [a + b, 0]::FLOAT[]} FROM t",
        "SELECT id FROM t WHERE PREDICT(MODEL m, a, b) > 13|SELECT id FROM t WHERE a + b > 13",
        "SELECT id FROM t ORDER BY PREDICT(MODEL m, -a, 0) LIMIT 1|SELECT 3",
        "SELECT PREDICT(MODEL m, sum(a), max(b)), s FROM t GROUP BY s"
            + "|SELECT (sum(a) + max(b))::FLOAT, s FROM t GROUP BY s",
        "SELECT PREDICT(MODEL m, PREDICT(MODEL m, a, b), 1) FROM t|SELECT (a + b + 1)::FLOAT FROM t",
        "SELECT (SELECT PREDICT(MODEL m, t.a, x) FROM range(1) r(x)) FROM t|SELECT a::FLOAT FROM t",
        "SELECT list_transform([1, 2], lambda x: PREDICT(MODEL m, x, a)) FROM t"
            + "|SELECT [1 + a, 2 + a]::FLOAT[] FROM t",
        "SELECT a + 1 AS c, PREDICT(MODEL m, c, 1) FROM t|SELECT a + 1, (a + 2)::FLOAT FROM t",
        "WITH c AS (SELECT a AS q FROM t) SELECT PREDICT(MODEL m, q, 1) FROM c"
            + "|SELECT (a + 1)::FLOAT FROM t",
        "VALUES (PREDICT(MODEL m, 1, 2.5))|SELECT 3.5::FLOAT",
        "SELECT PREDICT(MODEL m, NULL, 1)|SELECT NULL::FLOAT",
        "SELECT PREDICT(MODEL words, s => s, a => id) FROM t|SELECT (len(s) + id)::FLOAT FROM t",
        "SELECT a FROM t JOIN range(40) r(x) ON x = PREDICT(MODEL m, t.a, 0)|SELECT a FROM t"
      })
  void callsInlineFunctions(String query, String writtenOut) throws SQLException {
    Plan plan = plan(query);
    assertThat(plan.root().streams()).isEmpty();
    assertThat(plan.root().functions()).isNotEmpty();
    assertThat(warehouse.run(plan.root()))
        .containsExactlyInAnyOrderElementsOf(
            warehouse.rows(writtenOut.replace("$m", "CAST(a + b AS FLOAT)").replace("$cat", "||")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "FROM PREDICT(MODEL m, TABLE t) p WHERE p.id < 3|SELECT *, (a + b)::FLOAT FROM t WHERE id < 3",
        "WITH c AS (FROM t) FROM PREDICT(MODEL clf, (FROM c))"
            + "|SELECT *, 'L' $cat (a + b)::INT, [a + b, 0]::FLOAT[] FROM t"
      })
  void inlinesRows(String query, String writtenOut) throws SQLException {
    warehouse.settings().set(Setting.PREDICT_STRATEGY, "inline");
    Plan plan = plan(query);
    assertThat(plan.root().streams()).isEmpty();
    assertThat(warehouse.run(plan.root()))
        .isEqualTo(warehouse.rows(writtenOut.replace("$cat", "||")));
  }

  @Test
  void leavesTheTextAroundAsItIs() {
    Plan plan = plan("select  /* x */ *\nfrom predict(model m, table t) as P -- end");
    PredictStream stream = plan.root().streams().get(0);
    assertThat(plan.root().sql())
        .isEqualTo("select  /* x */ *\nfrom \"" + stream.name() + "\" as P");
    assertThat(stream.input().sql()).isEqualTo("SELECT *, CAST(\"a\" AS FLOAT) AS \"__f0\" FROM t");
    assertThat(stream.passing()).isEqualTo(4);
    assertThat(stream.features()).extracting(f -> f.column()).containsExactly(4, 2);
    assertThat(stream.columns()).last().isEqualTo(new Column("score", "FLOAT"));
    assertThat(stream.landed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "WITH p AS (FROM PREDICT(MODEL m, TABLE t)) SELECT p.id, p.score FROM p|false",
        "WITH p AS (FROM PREDICT(MODEL m, TABLE t)), q AS (FROM p) FROM q|false",
        "WITH p AS (FROM PREDICT(MODEL m, TABLE t)) FROM p AS x, p AS y|true",
        "WITH p AS (FROM PREDICT(MODEL m, TABLE t)), q AS (FROM p) FROM q UNION ALL FROM q|true",
        "WITH p AS (FROM PREDICT(MODEL m, TABLE t)) SELECT (SELECT max(id) FROM p)|true",
        "SUMMARIZE FROM PREDICT(MODEL m, TABLE t)|true",
        "WITH p AS (FROM PREDICT(MODEL m, TABLE t)) FROM query_table('p')|true",
        "SELECT * FROM ((PREDICT(MODEL m, TABLE t) JOIN t USING (id)))|false",
        "FROM (FROM PREDICT(MODEL m, TABLE t)) UNION ALL (FROM PREDICT(MODEL m, TABLE t))|false"
      })
  void landsWhatIsReadMoreThanOnce(String query, boolean landed) {
    assertThat(plan(query).root().streams())
        .isNotEmpty()
        .allSatisfy(stream -> assertThat(stream.landed()).isEqualTo(landed));
  }

  @Test
  void namesCallsThatAreItemsAsTheirOutput() {
    assertThat(plan("SELECT PREDICT(MODEL m, 1, 2), PREDICT(MODEL clf, 1, 2), 1").root().sql())
        .contains(" AS \"score\", ")
        .contains(" AS \"clf\", 1");
    assertThat(plan("SELECT PREDICT(MODEL m, 1, 2) + 1").root().sql()).doesNotContain("\"score\"");
  }

  @Test
  void givesEachFragmentItsParameters() throws SQLException {
    warehouse.parameter("INTEGER", "1");
    warehouse.parameter("INTEGER", "2");
    warehouse.parameter("DOUBLE", "3.0");
    Plan plan =
        plan(
            "SELECT id, score + ? FROM PREDICT(MODEL m, (FROM t WHERE id > ?)) WHERE"
                + " PREDICT(MODEL m, ?, a) > 0");
    assertThat(plan.root().parameters()).containsExactly(0, 2);
    assertThat(plan.root().streams().get(0).input().parameters()).containsExactly(1);
    assertThat(warehouse.run(plan.root())).containsExactly("3|31.5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "FROM PREDICT(MODEL nope, TABLE t)|MODEL_NOT_FOUND|20",
        "FROM PREDICT(MODEL m VERSION 9, TABLE t)|VERSION_NOT_FOUND|30",
        "FROM PREDICT(MODEL m, TABLE nope)|WAREHOUSE|23",
        "FROM t, LATERAL PREDICT(MODEL m, (SELECT t.a, t.b))|WAREHOUSE|34",
        "FROM PREDICT(MODEL m, (SELECT a FROM t))|FEATURE_NOT_FOUND|6",
        "FROM PREDICT(MODEL m, (SELECT s AS a, b FROM t))|FEATURE_TYPE|6",
        "FROM PREDICT(MODEL m, TABLE t, DESCRIPTOR(a, bb))|COLUMN_NOT_FOUND|46",
        "FROM PREDICT(MODEL m, TABLE t, DESCRIPTOR(a))|FEATURE_COUNT|6",
        "FROM PREDICT(MODEL m, TABLE t, DESCRIPTOR(a + 1))|SYNTAX|43",
        "FROM PREDICT(MODEL m, a, b)|SYNTAX|23",
        "FROM PREDICT(MODEL m)|SYNTAX|6",
        "SELECT PREDICT(MODEL m, TABLE t)|SYNTAX|25",
        "SELECT PREDICT(MODEL m, s, a) FROM t|FEATURE_TYPE|8",
        "SELECT PREDICT(MODEL m, a) FROM t|FEATURE_COUNT|8",
        "SELECT PREDICT(MODEL m, a => 1, c => 2) FROM t|COLUMN_NOT_FOUND|33",
        "SELECT PREDICT(MODEL m, a => 1, A => 2) FROM t|SYNTAX|33",
        "SELECT PREDICT(MODEL m, 1, b => 2) FROM t|SYNTAX|8",
        "SELECT PREDICT(MODEL m) FROM (SELECT a FROM t)|FEATURE_NOT_FOUND|8",
        "WITH c AS (SELECT *, random() r FROM t) FROM PREDICT(MODEL m, TABLE c), c"
            + "|UNSUPPORTED|22",
        "WITH RECURSIVE r AS (FROM t UNION ALL FROM PREDICT(MODEL m, TABLE r)) FROM r"
            + "|UNSUPPORTED|67"
      })
  void saysWhereAnErrorIs(String query, ErrorCode code, int column) {
    assertThatThrownBy(() -> plan(query))
        .isInstanceOfSatisfying(
            AuspexException.class,
            error -> {
              assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
              assertThat(error.position()).contains(new Position(1, column));
            });
  }

  @Test
  void anArrayOfFeaturesIsHandedOverAsText() {
    assertThat(plan("SELECT PREDICT(MODEL m, [a, b]) FROM t").root().sql())
        .contains("(CAST([a, b] AS VARCHAR))");
  }

  @Test
  void refusesTextWhoseTypeOnlyDuckDbKnows() {
    Plan plan = plan("SELECT s AS c, PREDICT(MODEL m, c, 1) FROM t");
    assertThatThrownBy(() -> warehouse.run(plan.root()))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("Say what you mean with CAST");
  }

  @Test
  void refusesExpressionsWhereOnlyStreamsAreAllowed() {
    warehouse.settings().set(Setting.PREDICT_STRATEGY, "stream");
    assertThatThrownBy(() -> plan("SELECT PREDICT(MODEL m, 1, 2)"))
        .isInstanceOf(AuspexException.class)
        .hasMessageContaining("predict_strategy");
  }
}
