package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.engine.User.Table;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random filters of predictions over columns of all types that numbers have, with values at the
 * model's thresholds and beside them: what {@code FeatureFilter} drops before predicting, the
 * filter above would drop as well.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeatureFilterTest {
  private static final String MODEL = "xgboost_binary";
  private static final int ROWS = 600;
  private static final int QUERIES = 15;

  private User user;

  @BeforeAll
  void open() throws SQLException, IOException {
    Random random = new Random(7);
    List<ThresholdColumn> columns = ThresholdColumn.of(MODEL, 20);
    String names = columns.stream().map(ThresholdColumn::name).collect(Collectors.joining(", "));
    user =
        User.alone()
            .create(MODEL, "FEATURES (" + names + ")")
            .run(
                "CREATE TABLE measured" + ThresholdColumn.definition(columns),
                "INSERT INTO measured VALUES " + ThresholdColumn.rows(columns, ROWS, random));
  }

  @AfterAll
  void close() throws SQLException {
    user.close();
  }

  /** One grows with the sum of the trees, the other falls. */
  @ParameterizedTest
  @ValueSource(strings = {"probabilities[2]", "probabilities[1]"})
  void theSameRowsPass(String prediction) throws SQLException {
    Random random = new Random(prediction.hashCode());
    String predicted =
        "SELECT id, " + prediction + " AS p FROM PREDICT(MODEL " + MODEL + ", TABLE measured)";
    List<String> limits =
        user.query("SELECT p FROM (" + predicted + ") ORDER BY p").rows().stream()
            .map(row -> row.get(0))
            .toList();
    int fired = 0;
    for (int i = 0; i < QUERIES; i++) {
      // Near both ends, where it matters.
      int place = random.nextInt(1 + ROWS / (1 + random.nextInt(200)));
      boolean isLeast = random.nextBoolean();
      String test =
          (isLeast ? List.of(" > ", " >= ") : List.of(" < ", " <= ")).get(random.nextInt(2))
              + limits.get(Math.floorMod(isLeast ? -1 - place : place, ROWS));
      String query = "SELECT * FROM (" + predicted + ") WHERE p" + test + " ORDER BY id";
      fired += explained(query).contains("FeatureFilter") ? 1 : 0;
      for (String strategy : List.of("stream", "inline", "auto")) {
        for (String kernel : List.of("auto", "onnxruntime")) {
          user.run(
              "SET predict_strategy = '" + strategy + "'",
              "SET predict_kernel = '" + kernel + "'",
              "SET disabled_rules = 'FeatureFilter,PredictBound'");
          Table expected = user.query(query);
          user.run("RESET disabled_rules");
          assertThat(user.query(query).rows())
              .as("%s, %s: %s", strategy, kernel, query)
              .isEqualTo(expected.rows());
        }
      }
      user.run("RESET predict_strategy", "RESET predict_kernel");
    }
    assertThat(fired).isGreaterThan(QUERIES / 4);
  }

  private String explained(String query) throws SQLException {
    return user.query("EXPLAIN " + query).rows().stream()
        .map(row -> row.get(0))
        .collect(Collectors.joining("\n"));
  }
}
