package io.auspex.sql.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Position;
import io.auspex.catalog.Setting;
import io.auspex.sql.explain.ExplainText;
import io.auspex.sql.fragment.Plan;
import io.auspex.sql.statement.QueryText;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who plans, whose errors reach the user, and parameters. */
class PlannerTest {
  private TestWarehouse warehouse;

  @BeforeEach
  void fill() {
    warehouse = TestWarehouse.ofFlights();
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  private Plan plan(String query) {
    return Planner.plan(new QueryText(query, 0, query.length()), warehouse);
  }

  @Test
  void whatIsUnderstoodIsPlannedByCalcite() {
    Plan plan = plan("SELECT id, score FROM PREDICT(MODEL risk, TABLE flights)");

    assertThat(plan.planner()).isEqualTo("calcite");
    assertThat(plan.reason()).isEmpty();
  }

  @Test
  void whatIsNotUnderstoodIsCutAndSaysWhy() {
    Plan plan = plan("SELECT random() AS r FROM PREDICT(MODEL risk, TABLE flights)");

    assertThat(plan.planner()).isEqualTo("cut");
    assertThat(plan.reason()).isEqualTo("the volatile function random");
    assertThat(warehouse.rows(plan.root())).hasSize(21);
  }

  @Test
  void neverCutsEverything() {
    warehouse.settings().set(Setting.PLANNER, "never");

    assertThat(plan("SELECT id FROM PREDICT(MODEL risk, TABLE flights)").planner())
        .isEqualTo("cut");
  }

  @Test
  void alwaysRefusesWhatIsNotUnderstood() {
    warehouse.settings().set(Setting.PLANNER, "always");

    assertThatThrownBy(() -> plan("SELECT random() FROM PREDICT(MODEL risk, TABLE flights)"))
        .hasMessage(
            "the volatile function random cannot be used with planner = 'always'."
                + " SET planner = 'auto'.");
  }

  @Test
  void expressionsStreamWhereThatIsForced() {
    warehouse.settings().set(Setting.PREDICT_STRATEGY, "stream");
    Plan plan = plan("SELECT id, PREDICT(MODEL risk, distance, delay) FROM flights");

    assertThat(plan.planner()).isEqualTo("calcite");
    assertThat(plan.root().streams()).hasSize(1);
    assertThat(warehouse.rows(plan.root()).get(0)).containsExactly("id", "score");
  }

  @Test
  void anUnknownModelIsAnErrorInItsPlace() {
    assertFails(
        "SELECT *\nFROM PREDICT(MODEL riks, TABLE flights)",
        ErrorCode.MODEL_NOT_FOUND,
        new Position(2, 20));
  }

  @Test
  void aMissingFeatureIsAnErrorInItsPlace() {
    assertFails(
        "SELECT * FROM PREDICT(MODEL risk, TABLE planes)",
        ErrorCode.FEATURE_NOT_FOUND,
        new Position(1, 15));
  }

  @Test
  void aColumnThatIsNotThereIsDuckDbsError() {
    assertThatThrownBy(() -> plan("SELECT nosuch FROM PREDICT(MODEL risk, TABLE flights)"))
        .isInstanceOf(AuspexException.class)
        .hasMessageContaining("nosuch");
  }

  private void assertFails(String query, ErrorCode code, Position position) {
    assertThatThrownBy(() -> plan(query))
        .asInstanceOf(InstanceOfAssertFactories.type(AuspexException.class))
        .satisfies(
            failure -> {
              assertThat(failure.code()).isEqualTo(code);
              assertThat(failure.position()).isEqualTo(Optional.of(position));
            });
  }

  @Test
  void parametersReachTheFragmentThatReadsThem() {
    warehouse.parameters(List.of("INTEGER", "DOUBLE", "BIGINT"), List.of(3, 100.0, 2));
    Plan plan =
        plan(
            "SELECT id, score + ? * 0 AS s FROM PREDICT(MODEL risk, TABLE flights)"
                + " WHERE score > ? ORDER BY id LIMIT ?");

    assertThat(plan.planner()).isEqualTo("calcite");
    assertThat(plan.root().parameters()).containsExactly(0, 1, 2);
    assertThat(warehouse.rows(plan.root())).hasSize(3);
  }

  @Test
  void parametersAreNumberedByFragment() {
    warehouse.parameters(List.of("DOUBLE", "INTEGER", "INTEGER"), List.of(500.0, 4, 2));
    Plan plan =
        plan(
            "SELECT id FROM PREDICT(MODEL risk, (SELECT * FROM flights WHERE distance > ?))"
                + " WHERE month > ? AND score > ? ORDER BY id");

    assertThat(plan.root().parameters()).containsExactly(2);
    assertThat(plan.root().sql()).contains("CAST($1 AS INTEGER)");
    assertThat(plan.root().streams().get(0).input().parameters()).containsExactly(0, 1);
  }

  @Test
  void aLimitThatIsAParameterRunsBelow() {
    warehouse.parameters(List.of("BIGINT"), List.of(2));
    Plan plan = plan("SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) LIMIT ?");

    assertThat(plan.root().streams().get(0).input().sql()).endsWith("LIMIT CAST($1 AS BIGINT)");
    assertThat(plan.root().streams().get(0).input().parameters()).containsExactly(0);
  }

  @Test
  void explainShowsFragmentsAndPredictions() {
    Plan plan = plan("SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) WHERE month = 3");
    String name = plan.root().streams().get(0).name();

    assertThat(ExplainText.of(plan, warehouse.settings()))
        .containsExactly(
            "plan=calcite",
            "rules=PredictTableFunction, FilterPredictTranspose, FilterProjectTranspose, FieldTrim",
            "Fragment",
            "  | SELECT *",
            "  | FROM \"" + name + "\"",
            "  Predict "
                + name
                + " model=risk, version=1, strategy=stream, device=cpu, features=2, passing=1,"
                + " outputs=[score]",
            "    Fragment",
            "      | SELECT \"id\", CAST(\"distance\" AS FLOAT) AS \"__f1\", \"delay\" AS \"__f2\"",
            "      | FROM \"memory\".\"main\".\"flights\"",
            "      | WHERE (\"month\" = 3)");
  }
}
