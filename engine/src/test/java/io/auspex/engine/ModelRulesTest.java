package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.engine.User.Table;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rules that look into models: queries give the same rows with and without them, by each
 * strategy, and from ONNX Runtime, which no rule can tell anything.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelRulesTest {
  private static final int WIDTH = 20;
  private static final List<String> STRATEGIES = List.of("auto", "stream", "inline");
  private static final List<String> STRATEGIES_OF_A_TREE =
      List.of("auto", "stream", "inline", "sql");

  private User user;

  @BeforeAll
  void open() throws SQLException {
    String names =
        IntStream.range(0, WIDTH).mapToObj(i -> "f" + i).collect(Collectors.joining(", "));
    String values =
        IntStream.range(0, WIDTH)
            .mapToObj(i -> "CASE WHEN i % 23 <> " + i + " THEN sin(i * " + (i + 1) + ") * 2 END")
            .collect(Collectors.joining(", "));
    user =
        User.alone()
            .create("xgboost_binary", "FEATURES (" + names + ")")
            .create("lightgbm_regressor", "FEATURES (" + names + ")")
            .create("decision_tree", "FEATURES (f0, f1, f2, f3)")
            .create("decision_tree_classes", "FEATURES (f4, f5, f6, f7)")
            .run(
                "CREATE TABLE rows AS SELECT * FROM (SELECT i, "
                    + values
                    + " FROM range(3000) t(i)) v(id, "
                    + names
                    + ")");
  }

  @AfterAll
  void close() throws SQLException {
    user.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OutputPart | SELECT id, probabilities[2] AS p FROM PREDICT(MODEL xgboost_binary, TABLE rows)",
        "OutputPart | SELECT id, probabilities[2] - probabilities[1] AS p"
            + " FROM PREDICT(MODEL xgboost_binary, TABLE rows) WHERE probabilities[1] < 0.4",
        "PredictBound | SELECT id, p FROM (SELECT id, probabilities[2] AS p"
            + " FROM PREDICT(MODEL xgboost_binary, TABLE rows)) WHERE p > 0.7",
        "PredictBound | SELECT id, p FROM (SELECT id, probabilities[2] AS p"
            + " FROM PREDICT(MODEL xgboost_binary, TABLE rows)) WHERE p <= 0.2 AND id % 3 = 0",
        "PredictBound | SELECT id, p FROM (SELECT id, probabilities[2] AS p"
            + " FROM PREDICT(MODEL xgboost_binary, TABLE rows)) WHERE p > 0.5"
            + " ORDER BY p DESC, id LIMIT 25",
        "PredictBound | SELECT id, probabilities[1] AS p FROM"
            + " PREDICT(MODEL xgboost_binary, TABLE rows) ORDER BY p DESC, id LIMIT 10 OFFSET 5",
        "PredictBound | SELECT id, variable AS p FROM PREDICT(MODEL lightgbm_regressor, TABLE rows)"
            + " ORDER BY p, id LIMIT 17",
        "PredictBound | SELECT id, variable AS p FROM PREDICT(MODEL lightgbm_regressor, TABLE rows)"
            + " WHERE variable >= 0.25 AND id > 50 ORDER BY p DESC, id LIMIT 9",
        "OutputPart | SELECT id, probabilities[2] AS p FROM (SELECT id, probabilities"
            + " FROM PREDICT(MODEL xgboost_binary, TABLE rows))",
        "OutputPart | SELECT id, PREDICT(MODEL xgboost_binary).probabilities[2] AS p FROM rows"
            + " WHERE PREDICT(MODEL xgboost_binary).probabilities[2] < 0.4",
        "PredictBound | SELECT id, PREDICT(MODEL xgboost_binary).probabilities[2] AS p FROM rows"
            + " WHERE PREDICT(MODEL xgboost_binary).probabilities[2] < 0.4",
        "PredictReuse | SELECT id, PREDICT(MODEL xgboost_binary).probabilities[2] AS p FROM rows"
            + " WHERE PREDICT(MODEL xgboost_binary).probabilities[2] > 0.5"
            + " ORDER BY PREDICT(MODEL xgboost_binary).probabilities[2] DESC, id LIMIT 25",
        "PredictBound | SELECT id, PREDICT(MODEL xgboost_binary).probabilities[2] AS p FROM rows"
            + " WHERE PREDICT(MODEL xgboost_binary).probabilities[2] > 0.5"
            + " ORDER BY PREDICT(MODEL xgboost_binary).probabilities[2] DESC, id LIMIT 25",
        "FeatureFilter | SELECT id, probabilities[2] AS p FROM PREDICT(MODEL decision_tree, TABLE rows)"
            + " WHERE probabilities[2] > 0.8",
        "FeatureFilter | SELECT id, probabilities[1] AS p FROM PREDICT(MODEL decision_tree, TABLE rows)"
            + " WHERE probabilities[1] <= 0.15",
        "OutputPart | SELECT id, probabilities[3] AS p FROM"
            + " PREDICT(MODEL decision_tree_classes, TABLE rows) WHERE probabilities[3] < 0.5"
      })
  void rowsAreTheSameWithout(String rule, String query) throws SQLException {
    user.run(
        "SET predict_kernel = 'onnxruntime'",
        "SET predict_strategy = 'stream'",
        "SET disabled_rules = '" + rule + "'");
    Table expected = sorted(query);
    assertThat(expected.rows()).isNotEmpty();
    user.run("RESET disabled_rules");
    for (String strategy : STRATEGIES) {
      user.run("SET predict_strategy = '" + strategy + "'");
      assertSame(expected, sorted(query), strategy + " of ONNX Runtime");
    }
    user.run("SET predict_kernel = 'auto'", "SET predict_strategy = 'stream'");
    assertThat(fired(query)).contains(rule);
    for (String strategy : query.contains("decision_tree") ? STRATEGIES_OF_A_TREE : STRATEGIES) {
      for (int batch : List.of(1, 7, 2048, 8192)) {
        for (String disabled : List.of("", rule)) {
          user.run(
              "SET predict_strategy = '" + strategy + "'",
              "SET predict_batch_rows = " + batch,
              "SET predict_threads = " + (1 + batch % 2),
              "SET disabled_rules = '" + disabled + "'");
          assertSame(expected, sorted(query), strategy + ", " + batch + ", without " + disabled);
        }
      }
    }
    user.run(
        "RESET predict_strategy",
        "RESET predict_batch_rows",
        "RESET predict_threads",
        "RESET disabled_rules");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, a AS p FROM (SELECT id, probabilities[2] AS p, avg(probabilities[2]) OVER () AS a"
            + " FROM PREDICT(MODEL xgboost_binary, TABLE rows)) WHERE p > 0.7",
        "SELECT id, sum(probabilities[2]) OVER (ORDER BY id) AS p FROM"
            + " PREDICT(MODEL xgboost_binary, TABLE rows) ORDER BY probabilities[2] DESC, id LIMIT 5",
        "SELECT id, p FROM (SELECT max(id) AS id, id % 5 AS k, min(probabilities[2]) AS p"
            + " FROM PREDICT(MODEL xgboost_binary, TABLE rows) GROUP BY k) WHERE p < 0.5"
      })
  void whatDependsOnOtherRowsSeesThemAll(String query) throws SQLException {
    user.run("SET predict_kernel = 'onnxruntime'");
    Table expected = sorted(query);
    user.run("SET predict_kernel = 'auto'");
    for (String strategy : STRATEGIES) {
      user.run("SET predict_strategy = '" + strategy + "'");
      assertSame(expected, sorted(query), strategy);
    }
    user.run("RESET predict_strategy");
  }

  @Test
  void rowsThatRepeatAreStreamedAndComputedOnce() throws SQLException {
    user.run(
        "CREATE TABLE repeated AS SELECT r.* REPLACE (i AS id) FROM range(250000) t(i)"
            + " JOIN rows r ON r.id = i % 1000");
    String query =
        "SELECT id, probabilities AS p FROM PREDICT(MODEL xgboost_binary, TABLE repeated)";
    String compared =
        "SELECT count(*) FROM ("
            + query
            + ") a JOIN PREDICT(MODEL xgboost_binary, TABLE rows) b ON a.id % 1000 = b.id"
            + " WHERE a.p IS DISTINCT FROM b.probabilities";
    assertThat(user.query("EXPLAIN " + query).toString())
        .contains("RepeatedRows", "stream", "distinct≈0%");
    for (String disabled : List.of("", "RepeatedRows")) {
      user.run("SET disabled_rules = '" + disabled + "'");
      assertThat(user.query(compared).rows()).isEqualTo(List.of(List.of("0")));
    }
    user.run("RESET disabled_rules");
  }

  @Test
  void whatStatisticsRuleOutIsLeftOut() throws SQLException {
    user.run(
        "CREATE TABLE narrow AS SELECT r.* REPLACE (i AS id, 1.5 AS f0, f1 / 100 AS f1,"
            + " CAST(i % 3 AS TINYINT) AS f2, NULL AS f3)"
            + " FROM range(250000) t(i) JOIN rows r ON r.id = i % 3000");
    String query = "SELECT id, probabilities AS p FROM PREDICT(MODEL xgboost_binary, TABLE narrow)";
    assertThat(user.query("EXPLAIN " + query).toString())
        .contains("StatisticsPrune", "expected=statistics", "splits=");
    String chosen =
        query.replace("TABLE narrow", "(SELECT id + 0 AS id, * EXCLUDE (id) FROM narrow)");
    assertThat(user.query("EXPLAIN " + chosen).toString()).contains("expected=statistics");
    user.run(
        "CREATE TABLE by_some AS " + query,
        "SET disabled_rules = 'StatisticsPrune'",
        "CREATE TABLE by_all AS " + query);
    assertThat(user.query("EXPLAIN " + query).toString())
        .doesNotContain("StatisticsPrune", "expected=statistics", "splits=");
    user.run("RESET disabled_rules");
    String compared =
        "SELECT count(*), count(*) FILTER (a.p IS DISTINCT FROM b.p)"
            + " FROM by_some a JOIN by_all b USING (id)";
    assertThat(user.query(compared).rows()).isEqualTo(List.of(List.of("250000", "0")));
    // Of what is wanted only, the whole model learns where it lies.
    String best =
        "SELECT id, p FROM (SELECT id, probabilities[2] AS p"
            + " FROM PREDICT(MODEL xgboost_binary, TABLE narrow)) WHERE p > 0.9";
    assertThat(user.query("EXPLAIN " + best).toString())
        .contains("PredictBound")
        .doesNotContain("StatisticsPrune");
    user.run("CREATE VIEW seen AS SELECT * FROM narrow");
    assertThat(user.query("EXPLAIN " + query.replace("narrow", "seen")).toString())
        .doesNotContain("expected=statistics");
  }

  private Table sorted(String query) throws SQLException {
    return user.query("SELECT * FROM (" + query + ") ORDER BY id");
  }

  private List<String> fired(String query) throws SQLException {
    String rules =
        user.query("EXPLAIN " + query).rows().stream()
            .map(row -> row.get(0))
            .filter(line -> line.startsWith("rules="))
            .findFirst()
            .orElseThrow();
    return List.of(rules.substring("rules=".length()).split(", "));
  }

  private static void assertSame(Table expected, Table found, String how) {
    assertThat(found.rows()).as(how).hasSize(expected.rows().size());
    for (int row = 0; row < expected.rows().size(); row++) {
      List<String> right = expected.rows().get(row);
      List<String> ours = found.rows().get(row);
      assertThat(ours.get(0)).as(how).isEqualTo(right.get(0));
      assertThat(Predicted.isSame(ours.get(1), right.get(1), "p FLOAT", false))
          .as("%s: %s, not %s", how, ours, right)
          .isTrue();
    }
  }
}
