package io.auspex.sql.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.Setting;
import io.auspex.sql.cut.Cutter;
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
  void aPlanGivesWhatTheQueryMeans(String query) {
    warehouse.settings().set(Setting.PLANNER, "always");
    for (String strategy : List.of("auto", "inline")) {
      warehouse.settings().set(Setting.PREDICT_STRATEGY, strategy);
      Plan plan = Planner.plan(text(query), warehouse);

      assertThat(plan.planner()).isEqualTo("calcite");
      assertThat(values(query, plan)).isEqualTo(handMade(query));
    }
  }

  @ParameterizedTest
  @MethodSource("queries")
  void aPlanHasTheColumnsOfTheCutForm(String query) {
    warehouse.settings().set(Setting.PLANNER, "always");
    warehouse.settings().set(Setting.PREDICT_STRATEGY, "auto");
    Plan plan = Planner.plan(text(query), warehouse);
    Plan cut = Cutter.plan(text(query), warehouse, "");

    assertThat(warehouse.rows(plan.root()).get(0)).isEqualTo(warehouse.rows(cut.root()).get(0));
    assertThat(values(query, plan)).isEqualTo(values(query, cut));
  }

  private static QueryText text(String query) {
    return new QueryText(query, 0, query.length());
  }

  private List<List<String>> handMade(String query) {
    return inOrder(query, warehouse.texts(HandMade.of(query), List.of()));
  }

  private List<List<String>> values(String query, Plan plan) {
    return inOrder(query, warehouse.rows(plan.root()));
  }

  /** The rows without the columns' names; sorted where the query does not say their order. */
  private static List<List<String>> inOrder(String query, List<List<String>> rows) {
    List<List<String>> values = new ArrayList<>(rows.subList(1, rows.size()));
    if (!query.contains("ORDER BY")) {
      values.sort(Comparator.comparing(List::toString));
    }
    return values;
  }
}
