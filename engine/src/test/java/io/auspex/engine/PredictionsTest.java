package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.engine.User.Table;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * However SQL asks for predictions, they are those of ONNX Runtime called directly: over the whole
 * table, within 1e-6 · max(1, |y|), and bit for bit where the batch is the same. Where rows of
 * other batches differ more in ONNX Runtime itself (sums in another order), the batch must be the
 * same.
 */
class PredictionsTest {
  private static final int ROWS = 2100;
  private static final long SEED = 20240229;

  /** How a query is planned and run. */
  private record Way(
      String planner,
      String strategy,
      String kernel,
      int batchRows,
      int threads,
      boolean begun,
      boolean scalar) {

    static List<Way> all() {
      List<Way> ways = new ArrayList<>();
      for (String planner : List.of("always", "auto", "never")) {
        for (String strategy : List.of("auto", "inline", "stream")) {
          for (int batchRows : List.of(1, 7, 2048, 8192)) {
            for (int threads : List.of(1, 2)) {
              for (int form = 0; form < 4; form++) {
                for (String kernel : List.of("auto", "onnxruntime")) {
                  boolean begun = form % 2 == 1;
                  boolean scalar = form / 2 == 1;
                  ways.add(new Way(planner, strategy, kernel, batchRows, threads, begun, scalar));
                }
              }
            }
          }
        }
      }
      ways.removeIf(Way::isRefused);
      return ways;
    }

    /** An expression in a statement that is cut can be computed inline only. */
    private boolean isRefused() {
      return planner.equals("never") && strategy.equals("stream") && scalar;
    }

    /**
     * A kernel rounds a linear model's sums otherwise than ONNX Runtime, which adds them by eights.
     */
    boolean isExact() {
      return kernel.equals("onnxruntime");
    }

    /** Rows of a batch: DuckDB calls functions with its own vectors of them. */
    int batch() {
      boolean inline = strategy.equals("inline") || (scalar && planner.equals("never"));
      return inline ? 2048 : batchRows;
    }

    Table run(User user, ScoredModel model) throws SQLException {
      user.run(
          "SET planner = '" + planner + "'",
          "SET predict_strategy = '" + strategy + "'",
          "SET predict_kernel = '" + kernel + "'",
          "SET predict_batch_rows = " + batchRows,
          "SET predict_threads = " + threads);
      if (begun) {
        user.run("BEGIN");
      }
      Table table = user.query(scalar ? model.scalarQuery() : model.tableQuery());
      if (begun) {
        user.run("COMMIT");
      }
      return table;
    }
  }

  static Stream<Path> models() {
    Stream<Path> tests =
        Stream.of(
                "affine_scalar_inputs",
                "affine_n1",
                "string_echo",
                "multi_output",
                "matrix_input",
                "matrix_double",
                "matrix_int64",
                "tensor_output",
                "mlp",
                "seven_classes",
                "seven_classes_nozipmap",
                "int_classes_zipmap",
                "pipeline_strings",
                "binary_logistic",
                "linear_regressor",
                "decision_tree",
                "decision_tree_classes",
                "poisson_regressor",
                "sgd_logistic",
                "sgd_logistic_classes",
                "logistic_double",
                "lightgbm_regressor",
                "xgboost_classifier",
                "xgboost_binary")
            .map(User::model);
    Stream<Path> examples =
        Stream.of(
                "examples/churn/models/churn.onnx",
                "examples/flights/models/arrival_delay.onnx",
                "examples/flights/models/late.onnx",
                "examples/flights/models/late_logistic.onnx")
            .map(User::file);
    return Stream.concat(tests, examples);
  }

  @ParameterizedTest
  @MethodSource("models")
  void someWaysGiveWhatOnnxRuntimeGives(Path file) throws Exception {
    List<Way> ways = Way.all();
    Collections.shuffle(ways, new Random(SEED + file.getFileName().hashCode()));
    List<Way> some = new ArrayList<>(ways.subList(0, 4));
    some.add(new Way("always", "auto", "auto", 8192, 2, false, false));
    check(file, some);
  }

  @Tag("full")
  @ParameterizedTest
  @MethodSource("models")
  void allWaysGiveWhatOnnxRuntimeGives(Path file) throws Exception {
    check(file, Way.all());
  }

  private static void check(Path file, List<Way> ways) throws Exception {
    try (User user = User.alone()) {
      ScoredModel model = ScoredModel.of(file, user, ROWS);
      Table passing = user.query("SELECT id, mood, big, place, tags FROM observations ORDER BY id");
      ScoredModel.Oracle oracle = model.oracle(user);
      Set<String> far = model.farRows(user);
      for (Way way : ways) {
        Table found = way.run(user, model);
        assertThat(found.rows()).as("%s", way).hasSize(ROWS);
        for (int row = 0; row < ROWS; row++) {
          List<String> values = found.rows().get(row);
          assertThat(values.subList(0, 5)).as("%s", way).isEqualTo(passing.rows().get(row));
          // Kernels add doubles, which such numbers do not take out of their range.
          if (!way.isExact() && far.contains(values.get(0))) {
            continue;
          }
          for (int i = 0; i < model.outputs().size(); i++) {
            String output = model.outputs().get(i);
            String type = found.columns().get(5 + i);
            String value = values.get(5 + i);
            String wanted = oracle.ofBatches(ROWS).get(output).get(row);
            boolean isNear =
                Predicted.isSame(value, wanted, type, way.isExact() && way.batch() >= ROWS);
            String ofBatch = isNear ? wanted : oracle.ofBatches(way.batch()).get(output).get(row);
            assertThat(isNear || Predicted.isSame(value, ofBatch, type, way.isExact()))
                .as("%s, row %d: %s is %s, not %s, in %s", way, row, type, value, ofBatch, values)
                .isTrue();
          }
        }
      }
    }
  }

  /** What ONNX Runtime's Java API cannot be given (unsigned integers, half floats) comes back. */
  @Test
  void everyTypeGoesInAndComesOut() throws SQLException {
    try (User user = User.alone()) {
      user.create("all_types", "");
      user.run(
          """
          CREATE TABLE rows AS SELECT i AS id, (i % 1000 / 8)::FLOAT AS f16, (i * 0.1)::FLOAT AS f32,
            i * 0.1::DOUBLE AS f64, (i % 256 - 128)::TINYINT AS i8, (i * 13 - 32768)::SMALLINT AS i16,
            (i * 858993 - 2147483648)::INTEGER AS i32, (i * 1844674407370955 - 4611686018427387904) AS i64,
            (i % 256)::UTINYINT AS u8, (i * 13)::USMALLINT AS u16, (i * 858993)::UINTEGER AS u32,
            18446744073709551615::UBIGINT - i::UBIGINT AS u64, i % 3 = 0 AS flag,
            ['', 'é', '日本', '🦆', 'x' || i][1 + i % 5] AS text
          FROM range(5000) t(i)""");
      String columns = "f16 f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 flag text";
      List<String> differing = new ArrayList<>();
      for (String column : columns.split(" ")) {
        differing.add(column + "_out IS DISTINCT FROM " + column);
      }
      String differs = String.join(" OR ", differing);
      for (String settings : List.of("auto' stream", "never' stream", "never' inline")) {
        user.run(
            "SET planner = '" + settings.split(" ")[0],
            "SET predict_strategy = " + settings.split(" ")[1]);
        assertThat(
                user.value(
                    "SELECT count(*) FROM PREDICT(MODEL all_types, TABLE rows) WHERE " + differs))
            .isEqualTo("0");
        assertThat(user.value("SELECT count(text_out) FROM PREDICT(MODEL all_types, TABLE rows)"))
            .isEqualTo("5000");
      }
    }
  }
}
