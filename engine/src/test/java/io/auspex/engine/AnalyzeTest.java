package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code EXPLAIN ANALYZE} says was done, and how long it took. */
class AnalyzeTest {
  private static final int ROWS = 100_000;
  private static final Pattern LINE =
      Pattern.compile(
          "  (?<stage>\\w+) +(?:(?<rows>[\\d,]+) rows?)? *(?:(?<bytes>[\\d.]+ (?:bytes|[kMGT]B)))?"
              + " +(?<seconds>[\\d.]+) s(?:  (?<note>.*))?");

  private Workbench bench;

  @BeforeEach
  void open() {
    bench =
        Workbench.inMemory()
            .create("affine_scalar_inputs", "")
            .run(
                "CREATE TABLE t AS SELECT range AS id, range % 7 AS a, range % 5 AS b, 1.5 AS c"
                    + " FROM range("
                    + ROWS
                    + ")",
                "SET predict_strategy = 'stream'");
  }

  @AfterEach
  void close() {
    bench.assertIdle();
    bench.close();
  }

  /** One line of what was measured. */
  private record Measured(String stage, long rows, String bytes, double seconds, String note) {
    static Optional<Measured> of(String line) {
      Matcher parts = LINE.matcher(line);
      return parts.matches()
          ? Optional.of(
              new Measured(
                  parts.group("stage"),
                  parts.group("rows") == null
                      ? -1
                      : Long.parseLong(parts.group("rows").replace(",", "")),
                  parts.group("bytes"),
                  Double.parseDouble(parts.group("seconds")),
                  parts.group("note")))
          : Optional.empty();
    }
  }

  @Test
  void saysWhatFailed() {
    String lastIsNoNumber = "CASE WHEN id = (SELECT max(id) FROM t) THEN 'none' ELSE '1' END";
    assertThatThrownBy(
            () ->
                lines(
                    "SELECT y FROM PREDICT(MODEL affine_scalar_inputs, (SELECT id, CAST("
                        + lastIsNoNumber
                        + " AS BIGINT) AS a, b, c FROM t))"))
        .hasMessageContaining("'none'");
  }

  private List<String> lines(String sql) {
    return bench.rows("EXPLAIN ANALYZE " + sql).stream().map(row -> row.get(0).toString()).toList();
  }

  /** The lines under a heading. */
  private static List<Measured> under(String heading, List<String> lines) {
    int from = lines.lastIndexOf(heading) + 1;
    assertThat(from).as(heading + " in " + lines).isPositive();
    return lines.subList(from, lines.size()).stream()
        .takeWhile(line -> line.startsWith("  "))
        .flatMap(line -> Measured.of(line).stream())
        .toList();
  }

  private static Measured stage(String name, List<Measured> stages) {
    return stages.stream().filter(stage -> stage.stage().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void everyStageOfAStreamSawEveryRow() {
    List<String> lines = lines("SELECT id, y FROM PREDICT(MODEL affine_scalar_inputs, TABLE t)");
    List<Measured> stages = under("Predict __auspex_1", lines);
    assertThat(stages)
        .extracting(Measured::stage)
        .containsExactly("scan", "wait", "bind", "compute", "give", "wait");
    assertThat(stages)
        .filteredOn(stage -> !stage.stage().equals("wait"))
        .allSatisfy(
            stage -> {
              assertThat(stage.rows()).isEqualTo(ROWS);
              assertThat(stage.bytes()).isNotNull();
            });
    // Floats that come out: 4 bytes, and a bit that says whether there is a NULL.
    assertThat(stage("compute", stages).bytes()).isEqualTo("412.5 kB");
    assertThat(stage("compute", stages).seconds()).isPositive();
  }

  @Test
  void theWholeTakesAsLongAsItsParts() {
    List<String> lines = lines("SELECT id, y FROM PREDICT(MODEL affine_scalar_inputs, TABLE t)");
    List<Measured> whole = under("Whole", lines);
    assertThat(whole).extracting(Measured::stage).containsExactly("plan", "open", "land", "total");
    Measured total = stage("total", whole);
    assertThat(stage("land", whole).rows()).isEqualTo(ROWS);
    assertThat(stage("land", whole).bytes()).isNotNull();
    assertThat(total.rows()).isEqualTo(ROWS);
    List<Measured> stages = under("Predict __auspex_1", lines);
    assertThat(stage("scan", stages).seconds()).isLessThanOrEqualTo(total.seconds() + 0.001);
    assertThat(stage("plan", whole).seconds() + stage("land", whole).seconds())
        .isLessThanOrEqualTo(total.seconds() + 0.001);
    assertThat(lines.get(lines.size() - 1)).matches("  memory   [\\d.]+ [kM]B by batches.*");
  }

  @Test
  void nestedPredictionsAreToldApartAndSummed() {
    bench.run("SET disabled_rules = 'PredictReuse'");
    List<String> lines =
        lines(
            "SELECT id, y, second FROM PREDICT(MODEL affine_scalar_inputs, (SELECT id, a, b, c, y"
                + " AS second FROM PREDICT(MODEL affine_scalar_inputs, TABLE t) WHERE y > 10))");
    long passed =
        bench.number(
            "SELECT count(*) FROM PREDICT(MODEL affine_scalar_inputs, TABLE t) WHERE y > 10");
    assertThat(passed).isBetween(1L, ROWS - 1L);
    assertThat(stage("give", under("Predict __auspex_1", lines)).rows()).isEqualTo(passed);
    assertThat(stage("give", under("Predict __auspex_2", lines)).rows()).isEqualTo(ROWS);
    assertThat(stage("compute", under("Whole", lines)).rows()).isEqualTo(ROWS + passed);
    assertThat(stage("total", under("Whole", lines)).rows()).isEqualTo(passed);
  }

  @Test
  void inlineFunctionsTellTheirCalls() {
    bench.run("SET predict_strategy = 'inline'");
    List<String> lines = lines("SELECT id, y FROM PREDICT(MODEL affine_scalar_inputs, TABLE t)");
    String heading =
        lines.stream().filter(line -> line.matches("Predict \\S+")).findFirst().orElseThrow();
    List<Measured> stages = under(heading, lines);
    assertThat(stages).extracting(Measured::stage).containsExactly("inline");
    assertThat(stages.get(0).rows()).isEqualTo(ROWS);
    assertThat(stages.get(0).seconds()).isPositive();
    assertThat(stages.get(0).note()).isEqualTo((ROWS + 2047) / 2048 + " calls");
    assertThat(stage("total", under("Whole", lines)).rows()).isEqualTo(ROWS);
  }

  @Test
  void landedRowsAreCounted(@TempDir Path folder) {
    String query = "SELECT id, y FROM PREDICT(MODEL affine_scalar_inputs, TABLE t)";
    for (String landing :
        List.of(
            "CREATE TABLE scores AS " + query,
            "INSERT INTO scores " + query,
            "COPY (" + query + ") TO '" + folder.resolve("scores.parquet") + "'")) {
      List<String> lines = lines(landing);
      assertThat(stage("land", under("Whole", lines)).rows()).as(landing).isEqualTo(ROWS);
      assertThat(stage("land", under("Whole", lines)).seconds()).as(landing).isPositive();
      assertThat(stage("give", under("Predict __auspex_1", lines)).rows()).isEqualTo(ROWS);
    }
    assertThat(bench.number("SELECT count(*) FROM scores")).isEqualTo(2 * ROWS);
  }

  @Test
  void aScanThatIsSpooledTakesItsTimeToo() {
    bench.run("BEGIN", "INSERT INTO t SELECT id + " + ROWS + ", a, b, c FROM t");
    List<String> lines = lines("SELECT id, y FROM PREDICT(MODEL affine_scalar_inputs, TABLE t)");
    Measured scan = stage("scan", under("Predict __auspex_1", lines));
    assertThat(scan.rows()).isEqualTo(2L * ROWS);
    assertThat(scan.seconds()).isPositive();
    bench.run("ROLLBACK");
  }

  @Test
  void aPredictionThatIsReadTwiceLandsFirst() {
    bench.run("SET planner = 'never'");
    List<String> lines =
        lines(
            "WITH p AS (SELECT * FROM PREDICT(MODEL affine_scalar_inputs, TABLE t))"
                + " SELECT a.y FROM p a JOIN p b ON a.id = b.id");
    Measured land = stage("land", under("Predict __auspex_1", lines));
    assertThat(land.rows()).isEqualTo(ROWS);
    assertThat(land.note()).isEqualTo("in a temporary table");
  }

  @Test
  void aTableThatIsThereAlreadyMeasuresNothing() {
    List<String> lines =
        lines(
            "CREATE TABLE IF NOT EXISTS t AS"
                + " SELECT id, y FROM PREDICT(MODEL affine_scalar_inputs, TABLE t)");
    assertThat(stage("scan", under("Predict __auspex_1", lines)).rows()).isZero();
    assertThat(stage("total", under("Whole", lines)).rows()).isZero();
  }
}
