package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.engine.User.Table;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random filters over rows of values that models look for: with {@code ModelPrune} the predictions
 * are those without it, to the last digit.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelPruneTest {
  private static final int ROWS = 400;
  private static final int QUERIES = 40;
  private static final Map<String, List<String>> WORDS =
      Map.of(
          "city",
          List.of("Delphi", "Dodona", "Roma", "Thebes"),
          "plan",
          List.of("basic", "plus", "", "it's"));

  private User user;

  @BeforeAll
  void open() {
    user = User.alone();
  }

  @AfterAll
  void close() throws SQLException {
    user.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"xgboost_binary", "xgboost_classifier", "lightgbm_regressor"})
  void boostedTrees(String model) throws SQLException, IOException {
    check(model, ThresholdColumn.of(model, 20), QUERIES / 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"seven_classes", "int_classes_zipmap"})
  void forests(String model) throws SQLException, IOException {
    check(model, ThresholdColumn.of(model, 6), QUERIES / 3);
  }

  @Test
  void imputedAndEncodedColumns() throws SQLException {
    List<String> ages = List.of("51", "52.44", "18", "99.5", "-3");
    check(
        "pipeline_strings",
        List.of(
            new ThresholdColumn("age", "FLOAT", ages),
            new ThresholdColumn("income", "DECIMAL(18,6)", ages),
            new ThresholdColumn("city", "VARCHAR", WORDS.get("city")),
            new ThresholdColumn("plan", "VARCHAR", WORDS.get("plan"))),
        QUERIES / 2);
  }

  @Test
  void productsOfWhatIsConstant() throws SQLException {
    List<String> values = List.of("1", "2.5", "-3", "16777217", "0");
    check(
        "matrix_double",
        List.of(
            new ThresholdColumn("f0", "BIGINT", values),
            new ThresholdColumn("f1", "DOUBLE", values),
            new ThresholdColumn("f2", "BOOLEAN", values)),
        QUERIES / 10);
  }

  /**
   * @param least how many of the queries the rule must change
   */
  private void check(String model, List<ThresholdColumn> columns, int least) throws SQLException {
    Random random = new Random(model.hashCode());
    String names = columns.stream().map(ThresholdColumn::name).collect(Collectors.joining(", "));
    boolean isNamed = names.startsWith("f0");
    user.create(model, isNamed ? "FEATURES (" + names + ")" : "");
    String table = model + "_rows";
    user.run(
        "CREATE TABLE " + table + ThresholdColumn.definition(columns),
        "INSERT INTO " + table + " VALUES " + ThresholdColumn.rows(columns, ROWS, random));
    int fired = 0;
    int rows = 0;
    for (int i = 0; i < QUERIES; i++) {
      List<String> filters = new ArrayList<>();
      for (int f = 0; f <= i % 3; f++) {
        filters.add(columns.get(random.nextInt(columns.size())).filter(random));
      }
      String query =
          "SELECT * EXCLUDE ("
              + names
              + ") FROM PREDICT(MODEL "
              + model
              + ", TABLE "
              + table
              + ") WHERE "
              + String.join(" AND ", filters)
              + " ORDER BY id";
      fired += explained(query).contains("ModelPrune") ? 1 : 0;
      for (String strategy : List.of("stream", "inline")) {
        user.run("SET predict_strategy = '" + strategy + "'", "SET disabled_rules = 'ModelPrune'");
        Table expected = user.query(query);
        user.run("RESET disabled_rules");
        assertThat(user.query(query).rows()).as(query).isEqualTo(expected.rows());
        rows += expected.rows().size();
      }
      user.run("RESET predict_strategy", "SET disabled_rules = 'ModelPrune'");
      Table expected = user.query(query);
      user.run("RESET disabled_rules");
      assertNear(expected, user.query(query), query);
    }
    assertThat(fired).isGreaterThanOrEqualTo(least);
    assertThat(rows).isGreaterThan(ROWS);
  }

  /** A model that is smaller may be computed by other means. */
  private static void assertNear(Table expected, Table found, String query) {
    assertThat(found.rows()).as(query).hasSameSizeAs(expected.rows());
    for (int row = 0; row < expected.rows().size(); row++) {
      for (int i = 0; i < expected.rows().get(row).size(); i++) {
        String right = expected.rows().get(row).get(i);
        String ours = found.rows().get(row).get(i);
        assertThat(Predicted.isSame(ours, right, "p FLOAT", false))
            .as("%s: %s, not %s", query, ours, right)
            .isTrue();
      }
    }
  }

  private String explained(String query) throws SQLException {
    return user.query("EXPLAIN " + query).rows().stream()
        .map(row -> row.get(0))
        .collect(Collectors.joining("\n"));
  }
}
