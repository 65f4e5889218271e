package io.auspex.sql.plan;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.sql.parser.NotUnderstood;
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
        "SELECT id, random() FROM PREDICT(MODEL risk, TABLE flights)",
        "SELECT id, dice() FROM PREDICT(MODEL risk, TABLE flights)",
        "SELECT id FROM PREDICT(MODEL risk, TABLE flights) WHERE nosuch = 1",
        "SELECT id FROM PREDICT(MODEL risk, TABLE nosuch)",
        "SELECT nosuch(id) FROM PREDICT(MODEL risk, TABLE flights)",
        "SELECT score * 2 AS score FROM PREDICT(MODEL risk, TABLE flights) WHERE score > 1",
        "SELECT score AS s, s * 2 FROM PREDICT(MODEL risk, TABLE flights)",
        "SELECT id FROM PREDICT(MODEL risk, TABLE flights) ORDER BY 'a'",
        "SELECT 1 AS one, count(*) FROM PREDICT(MODEL risk, TABLE flights) GROUP BY one",
        "SELECT id FROM PREDICT(MODEL risk, TABLE flights) QUALIFY rank() OVER (ORDER BY id) = 1",
        "SELECT * FROM PREDICT(MODEL risk, TABLE flights) JOIN planes USING (tail)",
        "SELECT * FROM PREDICT(MODEL risk, TABLE flights) NATURAL JOIN planes",
        "SELECT carrier, sum(score) FROM PREDICT(MODEL risk, TABLE flights) GROUP BY ROLLUP (carrier)",
        "SELECT f.id, (SELECT max(seats) FROM planes p WHERE p.tail = f.tail)"
            + " FROM PREDICT(MODEL risk, TABLE flights) f",
        "SELECT id FROM flights WHERE id IN (SELECT id FROM PREDICT(MODEL risk, TABLE flights))",
        "WITH p AS (SELECT * FROM PREDICT(MODEL risk, TABLE flights))"
            + " SELECT a.id FROM p a JOIN p b ON a.id = b.id",
        "WITH f AS (SELECT * FROM flights ORDER BY random() LIMIT 3)"
            + " SELECT a.id FROM PREDICT(MODEL risk, TABLE f) a JOIN f ON a.id = f.id",
        "SELECT f.id FROM flights f LEFT JOIN planes p ON PREDICT(MODEL risk, distance, seats) > 1",
        "SELECT id FROM PREDICT(MODEL risk, TABLE flights) USING SAMPLE 3",
        "SELECT a.\"A\", b.a FROM PREDICT(MODEL risk, TABLE flights) f JOIN (SELECT 1 AS \"A\") a ON TRUE"
            + " JOIN (SELECT 2 AS a) b ON TRUE",
        "SELECT q.tail_1 FROM (SELECT * FROM PREDICT(MODEL risk, TABLE flights) f"
            + " JOIN (SELECT *, 1 AS tail_1 FROM planes) p ON f.tail = p.tail) q",
        "WITH q AS (SELECT a.id, b.id FROM PREDICT(MODEL risk, TABLE flights) a"
            + " JOIN flights b ON a.id = b.id) SELECT id0 FROM q",
        "SELECT id FROM PREDICT(MODEL risk, TABLE flights), LATERAL (SELECT id + 1)",
        "SELECT a || b + c FROM PREDICT(MODEL risk, TABLE flights)",
        "SELECT id, PREDICT(MODEL risk, delay => 1) FROM flights",
        "FROM PREDICT(MODEL risk, TABLE flights)",
        "SELECT string_agg(carrier, ',' ORDER BY id) FROM PREDICT(MODEL risk, TABLE flights)",
        "SELECT day + INTERVAL '1 day' FROM PREDICT(MODEL risk, TABLE flights)",
        "SELECT day + INTERVAL '1-2' YEAR TO MONTH FROM PREDICT(MODEL risk, TABLE flights)",
        "SELECT day + INTERVAL (id) DAY FROM PREDICT(MODEL risk, TABLE flights)",
        "SELECT date_trunc('month', day) FROM PREDICT(MODEL risk, TABLE flights)",
        "SELECT EXTRACT(EPOCH FROM day) FROM PREDICT(MODEL risk, TABLE flights)",
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
