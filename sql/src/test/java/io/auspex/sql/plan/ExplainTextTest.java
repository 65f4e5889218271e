package io.auspex.sql.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.Setting;
import io.auspex.sql.explain.ExplainText;
import io.auspex.sql.statement.QueryText;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What EXPLAIN says of plans; each twice, since a plan must read the same again. */
class ExplainTextTest {
  private TestWarehouse warehouse;

  @BeforeEach
  void fill() {
    warehouse = TestWarehouse.ofFlights();
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  private List<String> explain(String query) {
    QueryText text = new QueryText(query, 0, query.length());
    List<String> first = ExplainText.of(Planner.plan(text, warehouse), warehouse.settings());
    List<String> second = ExplainText.of(Planner.plan(text, warehouse), warehouse.settings());
    assertThat(second).isEqualTo(first);
    return first;
  }

  @Test
  void aPlannedQuery() {
    assertThat(explain("SELECT id, score FROM PREDICT(MODEL risk, TABLE flights)"))
        .containsExactly(
            "plan=calcite",
            "rules=FieldTrim",
            "Fragment",
            "  | SELECT *",
            "  | FROM \"__auspex_1\"",
            "  Predict __auspex_1 model=risk, version=1, strategy=stream, device=cpu,"
                + " features=2 of 8, rows≈20, passing=1, outputs=[score],"
                + " why=predict_strategy",
            "    Fragment",
            "      | SELECT \"id\", CAST(\"distance\" AS FLOAT) AS \"__f1\", \"delay\" AS \"__f2\"",
            "      | FROM \"memory\".\"main\".\"flights\"");
  }

  @Test
  void rowsAboveAFilterAreWhatDuckDbEstimates() {
    assertThat(explain("SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) WHERE month = 3"))
        .anyMatch(line -> line.contains("rows≈2,"));
  }

  @Test
  void rowsAboveAnotherPredictionAreEstimatedAsThoughItWereAColumn() {
    assertThat(
            explain(
                "SELECT chance FROM PREDICT(MODEL kind, (SELECT * FROM PREDICT(MODEL risk, TABLE"
                    + " flights) WHERE score > 300))"))
        .anyMatch(line -> line.contains("outputs=[chance]") && line.contains("rows≈4,"))
        .anyMatch(line -> line.contains("outputs=[score]") && line.contains("rows≈20,"));
  }

  @Test
  void noMoreRowsAreEstimatedThanALimitTakes() {
    assertThat(
            explain(
                "SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) ORDER BY id LIMIT 3"
                    + " OFFSET 1"))
        .anyMatch(line -> line.contains("rows≈3,"));
  }

  @Test
  void predictionsReadTwiceAreComputedOnce() {
    List<String> lines =
        explain(
            "WITH p AS (SELECT * FROM PREDICT(MODEL risk, TABLE flights))"
                + " SELECT a.id FROM p a JOIN p b ON a.id = b.id");

    assertThat(lines).startsWith("plan=calcite (as text: WITH p, which is read twice)");
    assertThat(lines).anyMatch(line -> line.contains("WITH p AS MATERIALIZED"));
    assertThat(lines).filteredOn(line -> line.contains("Predict ")).hasSize(1);
  }

  @Test
  void anInlineFunction() {
    warehouse.settings().set(Setting.PREDICT_STRATEGY, "inline");

    assertThat(explain("SELECT id, label FROM PREDICT(MODEL kind, TABLE flights)"))
        .anyMatch(
            line ->
                line.endsWith(
                    "model=kind, version=1, strategy=inline, device=cpu, features=2"
                        + " of 8, rows≈20, outputs=[label], why=predict_strategy"));
  }
}
