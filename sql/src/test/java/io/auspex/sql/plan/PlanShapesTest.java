package io.auspex.sql.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.Column;
import io.auspex.sql.fragment.Plan;
import io.auspex.sql.fragment.PredictStream;
import io.auspex.sql.statement.QueryText;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is computed where: the work that rules save. */
class PlanShapesTest {
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
    List<Column> columns = warehouse.describe(HandMade.of(query), List.of());
    return new CalcitePlanner(warehouse).plan(new QueryText(query, 0, query.length()), columns);
  }

  private PredictStream stream(String query) {
    Plan plan = plan(query);
    assertThat(plan.root().streams()).hasSize(1);
    return plan.root().streams().get(0);
  }

  private static String line(String sql) {
    return sql.replaceAll("\\s+", " ");
  }

  @Test
  void columnsThatNobodyReadsAreNotScanned() {
    PredictStream stream = stream("SELECT id, score FROM PREDICT(MODEL risk, TABLE flights)");

    assertThat(line(stream.input().sql()))
        .isEqualTo(
            "SELECT \"id\", CAST(\"distance\" AS FLOAT) AS \"__f1\", \"delay\" AS \"__f2\""
                + " FROM \"memory\".\"main\".\"flights\"");
    assertThat(stream.passing()).isEqualTo(1);
    assertThat(stream.columns())
        .containsExactly(new Column("id", "BIGINT"), new Column("score", "FLOAT"));
  }

  @Test
  void filtersOnPassingColumnsRunBelow() {
    Plan plan =
        plan("SELECT id FROM PREDICT(MODEL risk, TABLE flights) WHERE month = 3 AND score > 1");

    assertThat(line(plan.root().streams().get(0).input().sql())).endsWith("WHERE (\"month\" = 3)");
    assertThat(line(plan.root().sql())).endsWith("WHERE (\"score\" > 1)");
    assertThat(plan.rules()).contains("FilterPredictTranspose");
  }

  @Test
  void filtersAboveTwoPredictionsRunBelowBoth() {
    PredictStream outer =
        stream(
            "SELECT score, chance FROM PREDICT(MODEL kind, (SELECT * FROM PREDICT(MODEL risk,"
                + " TABLE flights) WHERE score > 300)) WHERE month > 1");

    PredictStream inner = outer.input().streams().get(0);
    assertThat(line(outer.input().sql())).endsWith("WHERE (\"score\" > 300)");
    assertThat(line(inner.input().sql())).endsWith("WHERE (\"month\" > 1)");
  }

  @Test
  void filtersAboveJoinsReachThePrediction() {
    Plan plan =
        plan(
            "SELECT f.id FROM PREDICT(MODEL risk, TABLE flights) f JOIN planes p ON f.tail = p.tail"
                + " WHERE f.month = 2 AND p.seats > 10 AND f.score > 0");

    assertThat(line(plan.root().streams().get(0).input().sql()))
        .contains("WHERE (\"month\" = 2)", "WHERE (\"seats\" > 10)")
        .doesNotContain("score");
    assertThat(plan.rules()).contains("FilterIntoJoin");
  }

  @Test
  void filtersOfTheOuterSideOfAJoinStay() {
    PredictStream stream =
        stream(
            "SELECT p.tail, f.score FROM planes p LEFT JOIN PREDICT(MODEL risk, TABLE flights) f"
                + " ON f.tail = p.tail WHERE f.month IS NULL");

    assertThat(stream.input().sql()).doesNotContain("WHERE");
  }

  @Test
  void limitsRunBelow() {
    PredictStream stream =
        stream(
            "SELECT id, score + 1 AS s FROM PREDICT(MODEL risk, TABLE flights) LIMIT 3 OFFSET 1");

    assertThat(line(stream.input().sql())).endsWith("LIMIT 3 OFFSET 1");
  }

  @Test
  void theFirstRowsByPassingColumnsAreTakenBelow() {
    Plan plan =
        plan("SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) ORDER BY id DESC LIMIT 3");

    assertThat(line(plan.root().streams().get(0).input().sql()))
        .endsWith("ORDER BY \"id\" DESC LIMIT 3");
    assertThat(plan.root().sql()).doesNotContain("ORDER");
    assertThat(plan.rules()).contains("SortProjectTranspose", "SortPredictTranspose");
  }

  @Test
  void theFirstRowsByAnOutputAreTakenAbove() {
    Plan plan =
        plan("SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) ORDER BY score LIMIT 3");

    assertThat(plan.root().streams().get(0).input().sql()).doesNotContain("LIMIT");
    assertThat(line(plan.root().sql())).endsWith("ORDER BY \"score\" LIMIT 3");
  }

  @Test
  void nothingGoesBelowAWindow() {
    Plan plan =
        plan(
            "SELECT * FROM (SELECT id, month, count(*) OVER () AS n FROM PREDICT(MODEL risk, TABLE"
                + " flights) WHERE score > 1) q WHERE month = 3 ORDER BY id LIMIT 1");

    assertThat(plan.root().streams().get(0).input().sql()).doesNotContain("WHERE", "LIMIT");
  }

  @Test
  void filtersStayAboveALimit() {
    PredictStream stream =
        stream(
            "SELECT * FROM (SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) ORDER BY id"
                + " LIMIT 4) x WHERE id > 3");

    assertThat(line(stream.input().sql()))
        .endsWith("ORDER BY \"id\" LIMIT 4) AS \"t\" WHERE (\"id\" > 3)");
  }

  @Test
  void outputsThatNobodyReadsAreNotComputed() {
    PredictStream stream = stream("SELECT id, label FROM PREDICT(MODEL kind, TABLE flights)");

    assertThat(stream.outputs()).extracting(output -> output.column()).containsExactly("label");
  }

  @Test
  void aPredictionThatNobodyReadsIsNotMade() {
    Plan plan = plan("SELECT carrier, count(*) FROM PREDICT(MODEL risk, TABLE flights) GROUP BY 1");

    assertThat(plan.root().streams()).isEmpty();
    assertThat(plan.rules()).contains("PredictRemove");
  }

  @Test
  void equalCallsAreOne() {
    PredictStream stream =
        stream(
            "SELECT PREDICT(MODEL kind, carrier, distance).label AS a,"
                + " PREDICT(MODEL kind, carrier, distance).chance AS b,"
                + " PREDICT(MODEL kind, carrier, distance).label || 'x' AS c FROM flights");

    assertThat(stream.outputs()).hasSize(2);
  }

  @Test
  void aCallInAJoinsConditionIsMadeAboveTheJoin() {
    PredictStream stream =
        stream(
            "SELECT f.id FROM flights f JOIN planes p ON f.tail = p.tail"
                + " AND PREDICT(MODEL risk, f.distance, p.seats) > 500");

    assertThat(stream.input().sql()).contains("INNER JOIN");
  }

  @Test
  void aQueryInAPredictStaysText() {
    PredictStream stream =
        stream(
            "SELECT * FROM PREDICT(MODEL risk,"
                + " (SELECT DISTINCT  distance /* m */, delay FROM flights))");

    assertThat(stream.input().sql()).contains("(SELECT DISTINCT \"distance\", delay FROM flights)");
  }

  @Test
  void aQueryInAPredictThatOnlyChoosesColumnsIsAlgebra() {
    PredictStream stream =
        stream("SELECT * FROM PREDICT(MODEL risk, (SELECT distance, delay FROM flights))");

    assertThat(stream.input().sql()).contains("FROM \"memory\".\"main\".\"flights\"");
  }
}
