package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.udf.predict.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A cancelled statement, or one whose time is up, stops within a second wherever it is. Nothing of
 * it has landed, everything of it is freed, and the session goes on.
 */
@Timeout(60)
class CancelTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration UNDER_WAY = Duration.ofMillis(500);
  private static final Duration SHORTLY = Duration.ofMillis(150);

  /** Slow below the predictions, before the first row and while rows come. */
  private static final String SLOW_START =
      "(SELECT CAST(sum(hash(a.i * b.i)) AS FLOAT) AS x FROM range(1000000) a(i), range(1000000)"
          + " b(i))";

  private static final String SLOW_SCAN =
      "(SELECT CAST(max(sin(b.i)) AS FLOAT) AS x FROM range(100000) a(i), range(100000) b(i)"
          + " WHERE sin(a.i * b.i) > 0.5 GROUP BY a.i)";

  private static final String ENDLESS =
      "(SELECT CAST(i AS FLOAT) AS x FROM range(10000000000) r(i))";

  /** More rows than DuckDB gathers before the first is given, and then none for hours. */
  private static final String STUCK =
      "(SELECT CAST(i AS FLOAT) AS x FROM range(1000000000000) r(i) WHERE i < 500000 OR sin(i) > 2)";

  /** Many rows are expected, and for hours there is none. */
  private static final String NONE =
      "(SELECT CAST(i AS FLOAT) AS x FROM range(1000000000000) r(i) WHERE sin(i) > 2)";

  private static final String SHORT = "(SELECT CAST(i AS FLOAT) AS x FROM range(100000) r(i))";

  private static final ScheduledExecutorService ALARMS = Executors.newScheduledThreadPool(1);

  @TempDir private static Path folder;
  private Workbench bench;

  @BeforeAll
  static void models() throws IOException {
    SlowModel.write(folder, 40);
  }

  @AfterAll
  static void noAlarms() {
    ALARMS.shutdownNow();
  }

  @BeforeEach
  void open() {
    bench = Workbench.inMemory();
    bench.run("CREATE MODEL slow FROM '" + folder.resolve("slow.onnx") + "'");
    bench.run("CREATE MODEL quick FROM '" + Workbench.model("affine_n1") + "' OUTPUTS (y)");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static String quick(String rows) {
    return "PREDICT(MODEL quick, (SELECT x AS f, CAST(x AS DOUBLE) AS d, 1::BIGINT AS l,"
        + " 2::INTEGER AS i, true AS b, * FROM "
        + rows
        + "))";
  }

  static Stream<Arguments> statements() {
    String model = "PREDICT(MODEL slow, " + SHORT + ")";
    return Stream.of(
        Arguments.of("before a scan's first row", "SELECT y FROM " + quick(SLOW_START)),
        Arguments.of("in a slow scan", "SELECT y FROM " + quick(SLOW_SCAN)),
        Arguments.of("in a scan that is read", "SELECT y FROM " + quick(STUCK)),
        Arguments.of("in a landing of one", "CREATE TABLE t AS SELECT y FROM " + quick(STUCK)),
        Arguments.of("in a query that is read", "SELECT * FROM " + STUCK),
        Arguments.of("in the model", "SELECT y FROM " + model),
        Arguments.of("in an inline model", "SELECT PREDICT(MODEL slow, x) AS y FROM " + SHORT),
        Arguments.of("in a long stream", "SELECT y FROM " + quick(ENDLESS)),
        Arguments.of("in an aggregate above", "SELECT sum(y) FROM " + quick(ENDLESS)),
        Arguments.of("in a sort above", "SELECT y FROM " + quick(ENDLESS) + " ORDER BY y"),
        Arguments.of(
            "in a cross join above",
            "SELECT sum(hash(p.y * r.i)) FROM " + quick(SHORT) + " p, range(100000000) r(i)"),
        Arguments.of(
            "before landing a row", "CREATE TABLE t AS SELECT y FROM " + quick(SLOW_START)),
        Arguments.of("while landing", "CREATE TABLE t AS SELECT y FROM " + quick(ENDLESS)),
        Arguments.of("while landing a slow model", "CREATE TABLE t AS SELECT y FROM " + model),
        Arguments.of("in an INSERT", "INSERT INTO kept SELECT y FROM " + quick(ENDLESS)),
        Arguments.of("in a COPY", "COPY (SELECT y FROM " + quick(ENDLESS) + ") TO '%s/t.parquet'"),
        Arguments.of("in a COPY to CSV", "COPY (SELECT y FROM " + model + ") TO '%s/t.csv'"),
        Arguments.of(
            "in a partitioned COPY",
            "COPY (SELECT y, CAST(y AS BIGINT) %% 3 AS k FROM "
                + quick(ENDLESS)
                + ") TO '%s/parts' (FORMAT parquet, PARTITION_BY (k))"),
        Arguments.of("in DuckDB's own query", "SELECT sum(x) FROM " + SLOW_START),
        Arguments.of("in a long result of DuckDB's", "SELECT * FROM " + ENDLESS),
        Arguments.of("in DuckDB's own landing", "CREATE TABLE t AS SELECT * FROM " + ENDLESS),
        Arguments.of("in DuckDB's own COPY", "COPY " + ENDLESS + " TO '%s/t.parquet'"),
        Arguments.of("in a sample for its plan", "SELECT y FROM PREDICT(MODEL slow, TABLE late)"),
        Arguments.of(
            "in a sample for EXPLAIN", "EXPLAIN SELECT y FROM PREDICT(MODEL slow, TABLE late)"),
        Arguments.of("in EXPLAIN ANALYZE", "EXPLAIN ANALYZE SELECT y FROM " + model),
        Arguments.of(
            "in two predictions",
            "SELECT count(*) FROM "
                + quick(ENDLESS)
                + " a UNION ALL SELECT count(*) FROM "
                + model));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("statements")
  void cancels(String where, String sql) {
    prepare();
    Cancellation cancellation = new Cancellation();
    ALARMS.schedule(cancellation::cancel, UNDER_WAY.toMillis(), TimeUnit.MILLISECONDS);
    assertStops(sql, Workbench.cancelledBy(cancellation), ErrorCode.CANCELLED);
    assertNothingLanded();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("statements")
  void timesOut(String where, String sql) {
    prepare();
    assertStops(sql, Workbench.within(UNDER_WAY), ErrorCode.TIMEOUT);
    assertNothingLanded();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("statements")
  void cancelsInATransaction(String where, String sql) {
    prepare();
    bench.run("BEGIN", "INSERT INTO kept VALUES (2)");
    Cancellation cancellation = new Cancellation();
    ALARMS.schedule(cancellation::cancel, UNDER_WAY.toMillis(), TimeUnit.MILLISECONDS);
    assertStops(sql, Workbench.cancelledBy(cancellation), ErrorCode.CANCELLED);
    bench.run("ROLLBACK");
    assertNothingLanded();
  }

  private void prepare() {
    bench.run(
        "CREATE TABLE kept(y FLOAT)",
        "INSERT INTO kept VALUES (1)",
        "CREATE VIEW late AS FROM " + NONE);
  }

  private void assertStops(String sql, ExecuteOptions options, ErrorCode code) {
    long start = System.nanoTime();
    AuspexException stopped =
        catchThrowableOfType(
            AuspexException.class,
            () -> Workbench.drain(bench.session(), sql.formatted(folder), options));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(stopped).as("what stopped it").isNotNull();
    assertThat(stopped.code()).as(stopped.toString()).isEqualTo(code);
    assertThat(took).isBetween(UNDER_WAY.minusMillis(20), UNDER_WAY.plus(AT_ONCE));
  }

  private void assertNothingLanded() {
    assertThat(bench.number("SELECT count(*) FROM duckdb_tables() WHERE table_name = 't'"))
        .isZero();
    assertThat(bench.number("SELECT count(*) FROM kept")).isOne();
    assertThat(bench.number("SELECT count(*) FROM duckdb_views() WHERE temporary AND NOT internal"))
        .isZero();
    assertThat(files()).containsExactly("slow.onnx");
    assertThat(bench.warehouse().folder().spool())
        .satisfiesAnyOf(
            spool -> assertThat(spool).doesNotExist(),
            spool -> assertThat(spool).isEmptyDirectory());
    bench.assertIdle();
  }

  private static List<String> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Once in some dozens, DuckDB's threads for writing would block each other. */
  @Test
  void aCopyCanBeCancelledAgainAndAgain() {
    String sql = "COPY " + ENDLESS + " TO '" + folder.resolve("t.parquet") + "'";
    for (int i = 0; i < 40; i++) {
      AuspexException stopped =
          catchThrowableOfType(
              AuspexException.class,
              () -> bench.session().execute(sql, List.of(), Workbench.within(SHORTLY)));
      assertThat(stopped.code()).isEqualTo(ErrorCode.TIMEOUT);
    }
    assertThat(files()).containsExactly("slow.onnx");
  }

  /** Then all runs on the session's connection, whose transaction must end with the statement. */
  @Test
  void aSessionWithTemporaryObjectsStaysUsable() {
    prepare();
    bench.run("CREATE TEMP TABLE mine AS SELECT 1 AS a");
    for (int i = 0; i < 20; i++) {
      assertStops("SELECT y FROM " + quick(STUCK), Workbench.within(UNDER_WAY), ErrorCode.TIMEOUT);
      bench.run("BEGIN", "INSERT INTO kept VALUES (2)", "ROLLBACK");
    }
    assertNothingLanded();
  }

  /** DuckDB hands an inline function 2,048 rows at a time, which here take many seconds. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anInlineModelStopsAmidItsRows(boolean timeout, @TempDir Path other) throws IOException {
    Path file = SlowModel.write(other, 2000);
    bench.run("CREATE MODEL slower FROM '" + file + "'", "SET predict_strategy = 'inline'");
    Cancellation cancellation = new Cancellation();
    if (!timeout) {
      ALARMS.schedule(cancellation::cancel, UNDER_WAY.toMillis(), TimeUnit.MILLISECONDS);
    }
    assertStops(
        "SELECT sum(PREDICT(MODEL slower, x)) FROM " + SHORT,
        timeout ? Workbench.within(UNDER_WAY) : Workbench.cancelledBy(cancellation),
        timeout ? ErrorCode.TIMEOUT : ErrorCode.CANCELLED);
    bench.assertIdle();
  }

  @Test
  void aResultClosedEarlyStopsTheStatement() {
    for (String query : List.of("SELECT y FROM " + quick(ENDLESS), "SELECT * FROM " + ENDLESS)) {
      Result result = bench.session().execute(query, List.of(), ExecuteOptions.plain());
      assertThat(result.nextBatch()).isTrue();
      long start = System.nanoTime();
      result.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
      bench.assertIdle();
    }
  }

  @Test
  void aCancelledResultThatNobodyReadsIsFreedByClosingIt() throws InterruptedException {
    Cancellation cancellation = new Cancellation();
    Result result =
        bench
            .session()
            .execute(
                "SELECT y FROM " + quick(ENDLESS), List.of(), Workbench.cancelledBy(cancellation));
    assertThat(result.nextBatch()).isTrue();
    Thread.sleep(100);
    cancellation.cancel();
    AuspexException stopped = catchThrowableOfType(AuspexException.class, result::nextBatch);
    assertThat(stopped.code()).isEqualTo(ErrorCode.CANCELLED);
    result.close();
    bench.assertIdle();
  }

  @Test
  void closingTheSessionEndsAnOpenResult() {
    Session session = bench.warehouse().newSession();
    Result result =
        session.execute("SELECT y FROM " + quick(ENDLESS), List.of(), ExecuteOptions.plain());
    assertThat(result.nextBatch()).isTrue();
    session.close();
    bench.assertIdle();
    AuspexException closed = catchThrowableOfType(AuspexException.class, result::nextBatch);
    assertThat(closed.code()).isEqualTo(ErrorCode.CLOSED);
    result.close();
  }
}
