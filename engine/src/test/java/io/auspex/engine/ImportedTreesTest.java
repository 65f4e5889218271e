package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Models of XGBoost, LightGBM and CatBoost through SQL, compared with what these libraries predict
 * (make_tree_models.py): every row, also those with gaps, numbers beyond all others, and numbers
 * exactly on a threshold.
 */
class ImportedTreesTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("auspex.root"), "udf/src/test/resources/trees");

  private static Workbench bench;

  @BeforeAll
  static void open() {
    bench = Workbench.inMemory();
  }

  @AfterAll
  static void close() {
    bench.assertIdle();
    bench.close();
  }

  static Stream<Path> models() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(Path::getFileName)
          .filter(file -> !file.toString().matches(".*\\.(parquet|md)"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @Test
  void thereAreModels() throws IOException {
    assertThat(models()).hasSizeGreaterThan(80);
  }

  @ParameterizedTest
  @MethodSource("models")
  void predictsWhatItsLibraryPredicts(Path model) {
    String name = model.toString().replaceAll("\\.\\w+$", "");
    String table = "'" + FOLDER.resolve(name + ".parquet") + "'";
    String clauses = name.endsWith("unnamed") ? " FEATURES (age, income, tenure, score)" : "";
    bench.run("CREATE OR REPLACE MODEL m FROM '" + FOLDER.resolve(model) + "'" + clauses);
    String expected = columns(table).contains("expected_label") ? "probabilities" : "prediction";
    String predicted = " FROM PREDICT(MODEL m, (FROM " + table + "))";
    String wrong = wrong(expected, type(table, "expected_" + expected), type(expected));
    assertThat(bench.rows("SELECT *" + predicted + " WHERE " + wrong)).as(wrong).isEmpty();
    assertThat((Long) bench.rows("SELECT count(" + expected + ")" + predicted).get(0).get(0))
        .isGreaterThanOrEqualTo(150);
  }

  /** A condition that holds for rows that differ. */
  private static String wrong(String column, String expectedType, String type) {
    String label =
        column.equals("probabilities") ? "label IS DISTINCT FROM expected_label OR " : "";
    if (!expectedType.endsWith("[]")) {
      return label + far(column, "expected_" + column);
    }
    String values = type.startsWith("MAP") ? "map_values(" + column + ")" : column + "::DOUBLE[]";
    return label
        + "len("
        + values
        + ") <> len(expected_"
        + column
        + ") OR len(list_filter(list_zip("
        + values
        + ", expected_"
        + column
        + "), lambda p: "
        + far("p[1]", "p[2]")
        + ")) > 0";
  }

  private static String far(String actual, String expected) {
    return "NOT coalesce(abs(%s::DOUBLE - %s) <= 1e-6 * greatest(1, abs(%2$s)), false)"
        .formatted(actual, expected);
  }

  private static List<String> columns(String table) {
    return bench.rows("DESCRIBE FROM " + table).stream().map(row -> row.get(0).toString()).toList();
  }

  private static String type(String table, String column) {
    return bench.rows("DESCRIBE FROM " + table).stream()
        .filter(row -> row.get(0).toString().equals(column))
        .map(row -> row.get(1).toString())
        .findFirst()
        .orElseThrow();
  }

  private static String type(String output) {
    return bench.rows("DESCRIBE MODEL m").stream()
        .filter(row -> row.get(1) != null && row.get(1).toString().equals(output))
        .map(row -> row.get(2).toString())
        .findFirst()
        .orElseThrow();
  }
}
