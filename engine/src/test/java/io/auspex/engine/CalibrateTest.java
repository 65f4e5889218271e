package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Catalog;
import io.auspex.catalog.CostConstant;
import io.auspex.catalog.CostConstants;
import io.auspex.catalog.ErrorCode;
import io.auspex.engine.calibration.Subject;
import io.auspex.udf.predict.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** CALIBRATE, and what the planner makes of what it kept. */
@Timeout(120)
class CalibrateTest {
  private static final String QUERY =
      "SELECT y FROM PREDICT(MODEL linear, (SELECT "
          + Subject.LINEAR.columns().replaceAll("(f\\d+)", "random()::FLOAT AS $1")
          + " FROM range(500000)))";

  @TempDir private Path folder;
  private Path house;
  private Workbench bench;

  @BeforeEach
  void open() throws IOException {
    house = folder.resolve("house.db");
    bench = Workbench.at(house);
    Path file = Files.write(folder.resolve("m.onnx"), Subject.LINEAR.model().toBytes());
    bench.run(
        "CREATE MODEL linear FROM '" + file + "' FEATURES (" + Subject.LINEAR.columns() + ")");
  }

  @AfterEach
  void close() {
    bench.assertIdle();
    bench.close();
  }

  private void reopen() {
    bench.close();
    bench = Workbench.at(house);
  }

  private String explained() {
    return bench.rows("EXPLAIN " + QUERY).toString();
  }

  private List<Object> measured() {
    return bench.rows("SHOW CALIBRATION").stream().map(row -> row.get(3)).toList();
  }

  private void keep(Map<CostConstant, Double> nanos) {
    new Catalog(bench.session().warehouseConnection(), bench.warehouse().database())
        .calibrate(new CostConstants(nanos));
  }

  private AuspexException error(String sql, ExecuteOptions options) {
    return catchThrowableOfType(
        AuspexException.class, () -> Workbench.drain(bench.session(), sql, options));
  }

  @Test
  void whatIsKeptChangesThePlannersChoice() {
    assertThat(explained()).contains("strategy=sql", "why=sql 92, inline 270, stream 440");
    keep(Map.of(CostConstant.SQL_OPERATION, 10.0));
    assertThat(explained()).contains("strategy=inline", "sql 610, inline 270, stream 440");
    keep(Map.of(CostConstant.SQL_OPERATION, 10.0, CostConstant.INLINE_FEATURE, 40.0));
    assertThat(explained()).contains("strategy=stream", "sql 610, inline 870, stream 440");
    reopen();
    assertThat(explained()).contains("strategy=stream", "sql 610, inline 870, stream 440");
    bench.run("CALIBRATE RESET");
    assertThat(explained()).contains("strategy=sql", "sql 92, inline 270, stream 440");
    reopen();
    assertThat(explained()).contains("strategy=sql", "sql 92, inline 270");
  }

  @Test
  void anotherMachinesTimesAreNotThisOnes() {
    keep(Map.of(CostConstant.SQL_OPERATION, 10.0));
    bench.run("UPDATE auspex.calibration SET machine = 'Z80, 1 cores'");
    reopen();
    assertThat(measured()).containsOnlyNulls();
    assertThat(explained()).contains("strategy=sql");
    bench.run("CALIBRATE RESET");
    assertThat(bench.number("SELECT count(*) FROM auspex.calibration"))
        .isEqualTo(CostConstant.values().length);
  }

  @Test
  void itMeasuresKeepsAndShows() throws IOException {
    bench.run("BEGIN");
    List<List<Object>> rows = bench.rows("CALIBRATE");
    assertThat(rows).hasSameSizeAs(CostConstant.values());
    for (int i = 0; i < rows.size(); i++) {
      CostConstant constant = CostConstant.values()[i];
      List<Object> row = rows.get(i);
      assertThat(row.subList(0, 3).stream().map(String::valueOf))
          .containsExactly(
              constant.sqlName(), constant.unit(), String.valueOf(constant.standard()));
      assertThat((double) row.get(3) / constant.standard())
          .as(constant.sqlName())
          .isBetween(0.99 / CostConstants.MOST, 1.01 * CostConstants.MOST);
    }
    assertThat(measured()).isNotEqualTo(rows.stream().map(row -> row.get(2)).toList());
    assertThat(bench.rows("SHOW CALIBRATION")).isEqualTo(rows);
    bench.assertIdle();
    bench.run("ROLLBACK");
    assertThat(measured()).containsOnlyNulls();
    try (var left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(left.map(Path::getFileName).map(Path::toString))
          .noneMatch(name -> name.startsWith("auspex") && name.endsWith(".onnx"));
    }
  }

  @Test
  void anAbortedTransactionSaysSoAtOnce() {
    bench.run("BEGIN");
    error("SELECT nothing", ExecuteOptions.plain());
    long started = System.nanoTime();
    assertThat(error("CALIBRATE", ExecuteOptions.plain())).hasMessageContaining("abort");
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(1));
    bench.run("ROLLBACK");
  }

  @Test
  void itIsCancelledAndTimesOut() {
    Cancellation cancellation = new Cancellation();
    CompletableFuture.delayedExecutor(1500, TimeUnit.MILLISECONDS).execute(cancellation::cancel);
    assertThat(error("CALIBRATE", Workbench.cancelledBy(cancellation)).code())
        .isEqualTo(ErrorCode.CANCELLED);
    bench.assertIdle();
    assertThat(error("CALIBRATE", Workbench.within(Duration.ofMillis(300))).code())
        .isEqualTo(ErrorCode.TIMEOUT);
    bench.assertIdle();
    assertThat(measured()).containsOnlyNulls();
  }

  @Test
  void oneMeasuresAtATime() throws Exception {
    Cancellation cancellation = new Cancellation();
    try (Session other = bench.warehouse().newSession()) {
      CompletableFuture<AuspexException> first =
          CompletableFuture.supplyAsync(
              () ->
                  catchThrowableOfType(
                      AuspexException.class,
                      () ->
                          Workbench.drain(
                              other, "CALIBRATE", Workbench.cancelledBy(cancellation))));
      Thread.sleep(1000);
      assertThat(error("CALIBRATE", ExecuteOptions.plain()))
          .hasMessageStartingWith("CALIBRATE cannot be used while another session");
      cancellation.cancel();
      assertThat(first.get().code()).isEqualTo(ErrorCode.CANCELLED);
    }
  }

  @Test
  void itsColumnsAreKnownWithoutRunningIt() {
    assertThat(bench.session().describe("CALIBRATE"))
        .hasToString(bench.session().describe("SHOW CALIBRATION").toString())
        .hasSize(4);
    assertThat(bench.session().describe("CALIBRATE RESET")).isEmpty();
    assertThat(measured()).containsOnlyNulls();
  }
}
