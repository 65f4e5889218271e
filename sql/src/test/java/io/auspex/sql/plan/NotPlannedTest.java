package io.auspex.sql.plan;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.statement.QueryText;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plan might get wrong is not planned. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotPlannedTest {
  private TestWarehouse warehouse;

  @BeforeAll
  void fill() {
    warehouse = TestWarehouse.ofFlights();
    warehouse.run("CREATE MACRO dice() AS random()");
  }

  @AfterAll
  void close() {
    warehouse.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM PREDICT(MODEL risk, TABLE flights) WHERE nosuch = 1",
        "SELECT id FROM PREDICT(MODEL risk, TABLE nosuch)",
        "SELECT nosuch(id) FROM PREDICT(MODEL risk, TABLE flights)",
        "SELECT f.id FROM flights f LEFT JOIN planes p ON PREDICT(MODEL risk, distance, seats) > 1",
        "SELECT a || b + c FROM PREDICT(MODEL risk, TABLE flights)",
        "SELECT id, PREDICT(MODEL risk, delay => 1) FROM flights",
        "SELECT day + INTERVAL '1-2' YEAR TO MONTH FROM PREDICT(MODEL risk, TABLE flights)",
        "SELECT list_transform([1, 2], lambda x: PREDICT(MODEL risk, x, delay)) FROM flights",
        "SELECT id FROM flights f WHERE 1 < (SELECT max(PREDICT(MODEL risk, f.distance, p.seats))"
            + " FROM planes p WHERE p.tail = f.tail)",
        "PIVOT (SELECT * FROM PREDICT(MODEL risk, TABLE flights)) ON month USING sum(score)",
      })
  void isNotUnderstood(String query) {
    assertThatThrownBy(() -> plan(query))
        .isInstanceOf(NotUnderstood.class)
        .message()
        .doesNotStartWith("types: ");
  }

  @Test
  void whatGivesOtherTypesThanTheQueryIsNotUnderstood() {
    String query = "SELECT id FROM PREDICT(MODEL risk, TABLE flights)";

    assertThatThrownBy(() -> plan(query)).hasMessageStartingWith("types: ");
  }

  private void plan(String query) {
    // No plan has no columns: what is understood fails on that.
    new CalcitePlanner(warehouse).plan(new QueryText(query, 0, query.length()), List.of());
  }
}
