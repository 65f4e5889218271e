package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What DESCRIBE MODEL tells; EXPLAIN MODEL is in imports.iq. */
class ModelDescriptionTest {
  private static final Path TREES =
      Path.of(System.getProperty("auspex.root"), "udf/src/test/resources/trees");

  @TempDir private Path folder;

  @Test
  void describesAModelOfTextsAndNumbers() {
    try (Workbench bench = Workbench.inMemory()) {
      bench.run("CREATE MODEL town FROM '" + TREES.resolve("lightgbm_texts.txt") + "' COMMENT 'c'");
      List<List<Object>> rows = described(bench, "town");
      assertThat(rows)
          .contains(
              row("input", "age", "DOUBLE", "[N, 1]", "age"),
              row("input", "town", "VARCHAR", "[N, 1]", "town"),
              row("output", "label", "BIGINT", "[N]", "label"),
              row("output", "probabilities", "DOUBLE[2]", "[N, 2]", "probabilities"),
              fact("comment", "c"),
              fact("producer", "LightGBM v4"),
              fact("metadata", "objective = binary sigmoid:1"),
              fact("metadata", "feature_names = [\"age\",\"income\",\"town\"]"));
      assertThat(rows).anyMatch(row -> row.get(0).equals("nodes"));
      assertThat(rows)
          .filteredOn(row -> row.get(0).equals("parameters"))
          .allMatch(row -> Long.parseLong(row.get(1).toString()) > 1000)
          .hasSize(1);
    }
  }

  @Test
  void anInputWithoutNamesBindsToAnArray() {
    try (Workbench bench = Workbench.inMemory()) {
      bench.create("mlp", "");
      assertThat(described(bench, "mlp"))
          .contains(row("input", "features", "FLOAT", "[N, 20]", "features FLOAT[20]"))
          .contains(fact("parameters", "3457"))
          .contains(fact("memory", "13.8 kB"));
    }
  }

  @Test
  void aModelWhoseFileIsGoneIsStillDescribed() throws IOException {
    try (Workbench bench = Workbench.at(folder.resolve("w.duckdb"))) {
      bench.create("mlp", "");
      try (Stream<Path> files = Files.list(folder.resolve("w.duckdb.auspex/artifacts"))) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      assertThat(described(bench, "mlp"))
          .anyMatch(
              row ->
                  row.get(0).equals("file")
                      && row.get(1)
                          .toString()
                          .startsWith("The file of the model mlp version 1 is"));
    }
  }

  private static List<List<Object>> described(Workbench bench, String model) {
    return bench.rows("DESCRIBE MODEL " + model).stream()
        .map(
            row ->
                row.stream().map(value -> value == null ? "" : (Object) value.toString()).toList())
        .toList();
  }

  private static List<Object> row(String... values) {
    return List.of((Object[]) values);
  }

  private static List<Object> fact(String part, String value) {
    return row(part, value, "", "", "");
  }
}
