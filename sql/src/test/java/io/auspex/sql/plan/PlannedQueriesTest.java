package io.auspex.sql.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.sql.fragment.Plan;
import io.auspex.sql.statement.QueryText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every query of {@code queries.sql} as it is planned, and as it is written out by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlannedQueriesTest {
  private TestWarehouse warehouse;

  @BeforeAll
  void fill() {
    warehouse = TestWarehouse.ofFlights();
  }

  @AfterAll
  void close() {
    warehouse.close();
  }

  static Stream<String> queries() throws IOException {
    try (InputStream file = PlannedQueriesTest.class.getResourceAsStream("queries.sql")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("queries")
  void planGivesWhatTheQueryMeans(String query) {
    String handMade = HandMade.of(query);
    QueryText text = new QueryText(query, 0, query.length());

    Plan plan = new CalcitePlanner(warehouse).plan(text, warehouse.describe(handMade, List.of()));

    List<List<String>> planned = warehouse.rows(plan.root());
    List<List<String>> expected = warehouse.rows(handMade, List.of());
    assertThat(planned.get(0)).isEqualTo(expected.get(0));
    if (query.contains("ORDER BY")) {
      assertThat(planned).isEqualTo(expected);
    } else {
      assertThat(sorted(planned)).isEqualTo(sorted(expected));
    }
  }

  private static List<List<String>> sorted(List<List<String>> rows) {
    List<List<String>> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparing(List::toString));
    return sorted;
  }
}
