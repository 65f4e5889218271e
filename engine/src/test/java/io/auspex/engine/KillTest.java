package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed while it lands predictions leaves the old rows or all of the new ones,
 * and nothing else once the warehouse was opened again.
 */
class KillTest {
  private static final int ROWS = 30_000;

  private static final List<String> STARTS_FAST = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1");

  /** A generation's rows all carry its number, so that a mixture shows. */
  private static final String PREDICTIONS =
      "SELECT i, y FROM PREDICT(MODEL matrix_input, (SELECT i, %d::FLOAT AS ones, 0::FLOAT AS tens,"
          + " 0::FLOAT AS hundreds, 0::FLOAT AS thousands FROM numbers))";

  @TempDir private Path folder;

  /** Lands one generation after the other, in every way there is, until it is killed. */
  static final class Lander {
    private Lander() {}

    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      int first = Integer.parseInt(arguments[1]);
      try (Workbench bench = Workbench.at(folder.resolve("house.db"))) {
        for (int generation = first; ; generation++) {
          System.out.println("generation " + generation);
          land(bench, folder, generation);
        }
      }
    }

    private static void land(Workbench bench, Path folder, int generation) {
      String query = PREDICTIONS.formatted(generation);
      bench.run(
          "CREATE OR REPLACE TABLE replaced AS " + query,
          "INSERT INTO added " + query,
          "COPY (" + query + ") TO '" + folder.resolve("out.parquet") + "' (FORMAT parquet)",
          "COPY (" + query + ") TO '" + folder.resolve("out.csv") + "' (FORMAT csv)",
          "COPY (" + query + ") TO '" + folder.resolve("out.json") + "' (FORMAT json)",
          "COPY (SELECT *, i % 4 AS part FROM ("
              + query
              + ")) TO '"
              + folder.resolve("parts_" + generation)
              + "' (FORMAT parquet, PARTITION_BY (part))",
          "CREATE OR REPLACE MODEL twice FROM '"
              + Workbench.model(generation % 2 == 0 ? "matrix_input" : "multi_output")
              + "' FEATURES (a, b, c, d)",
          "BEGIN",
          "DELETE FROM both_a",
          "INSERT INTO both_a " + query,
          "CREATE OR REPLACE TABLE both_b AS " + query,
          "COMMIT");
    }
  }

  @Test
  @Timeout(120)
  void tenKills() throws Exception {
    kills(10, 20_26);
  }

  @Test
  @Tag("full")
  void twoHundredKills() throws Exception {
    kills(200, System.nanoTime());
  }

  private void kills(int kills, long seed) throws Exception {
    try (Workbench bench = open()) {
      bench.create("matrix_input", "");
      bench.run("CREATE TABLE numbers AS SELECT i FROM range(" + ROWS + ") r(i)");
      for (String table : List.of("replaced", "added", "both_a", "both_b")) {
        bench.run("CREATE TABLE " + table + " AS " + PREDICTIONS.formatted(0));
      }
    }
    Random random = new Random(seed);
    int generation = 1;
    for (int kill = 1; kill <= kills; kill++) {
      String which = "seed %d, kill %d".formatted(seed, kill);
      try (ChildJvm child =
          ChildJvm.start(Lander.class, STARTS_FAST, Map.of(), folder, generation)) {
        child.await("generation " + generation);
        if (random.nextInt(3) == 0) {
          generation++;
          child.await("generation " + generation);
        }
        Thread.sleep(random.nextInt(1000));
        child.kill();
      }
      // It may have gone further than it was listened to.
      generation += 50;
      check(which);
    }
  }

  private Workbench open() {
    return Workbench.at(folder.resolve("house.db"));
  }

  private void check(String which) throws IOException {
    try (Workbench bench = open()) {
      for (String table : List.of("replaced", "both_a", "both_b")) {
        assertWhole(bench, table, which);
      }
      assertThat(bench.number("SELECT count(*) FROM added") % ROWS).as(which).isZero();
      assertThat(
              bench.number(
                  "SELECT count(*) FROM (SELECT y FROM added GROUP BY y HAVING count(*)"
                      + " <> "
                      + ROWS
                      + ")"))
          .as(which)
          .isZero();
      assertThat(bench.number("SELECT (SELECT max(y) FROM both_a) - (SELECT max(y) FROM both_b)"))
          .as(which)
          .isZero();
      for (String file : List.of("out.parquet", "out.csv", "out.json")) {
        if (Files.exists(folder.resolve(file))) {
          assertWhole(bench, "'" + folder.resolve(file) + "'", which);
        }
      }
      for (Path parts : partitioned()) {
        assertWhole(bench, "'" + parts + "/**/*.parquet'", which);
      }
      assertNoOrphans(bench, which);
      bench.run(
          "SELECT * FROM "
              + "PREDICT(MODEL matrix_input, (SELECT 1 AS ones, 2 AS tens, 3 AS"
              + " hundreds, 4 AS thousands))");
      Lander.land(bench, folder, 1_000_000);
      assertWhole(bench, "replaced", which);
      bench.run("DELETE FROM added WHERE y >= 1000000");
      WarehouseFolder.delete(folder.resolve("parts_1000000"));
    }
  }

  private static void assertWhole(Workbench bench, String from, String which) {
    assertThat(
            bench.rows("SELECT count(*), count(DISTINCT i), count(DISTINCT y) FROM " + from).get(0))
        .as("%s: %s", which, from)
        .isEqualTo(Arrays.<Object>asList((long) ROWS, (long) ROWS, 1L));
  }

  private List<Path> partitioned() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(path -> path.getFileName().toString().startsWith("parts_")).toList();
    }
  }

  private void assertNoOrphans(Workbench bench, String which) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .as(which)
          .noneMatch(name -> name.startsWith(".auspex-") || name.startsWith("tmp_"))
          .noneMatch(name -> name.startsWith("spool-") || name.endsWith(".unfinished"));
    }
    WarehouseFolder inside = bench.warehouse().folder();
    if (Files.exists(inside.landings())) {
      assertThat(inside.landings()).as(which).isEmptyDirectory();
    }
    List<String> artifacts = new ArrayList<>();
    try (Stream<Path> files = Files.list(inside.artifacts())) {
      files.forEach(file -> artifacts.add(file.getFileName().toString()));
    }
    TreeSet<String> named = new TreeSet<>();
    bench
        .rows("SELECT DISTINCT digest FROM auspex.models")
        .forEach(row -> named.add(row.get(0) + ".onnx"));
    assertThat(artifacts).as(which).containsExactlyInAnyOrderElementsOf(named);
  }
}
