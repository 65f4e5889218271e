package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What transactions see, keep and take back, alone and with several sessions at work. */
@Timeout(120)
class TransactionTest {
  private static final int SESSIONS = 8;

  /** {@code y} is {@code ones}, since the other features are zero. */
  private static final String MODEL = "matrix_input";

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void open() {
    bench = Workbench.at(folder.resolve("house.db"));
    bench.create(MODEL, "");
    bench.run(
        "CREATE TABLE t AS SELECT i::FLOAT AS ones, 0::FLOAT AS tens, 0::FLOAT AS hundreds,"
            + " 0::FLOAT AS thousands FROM range(1000) r(i)");
  }

  @AfterEach
  void close() {
    bench.assertIdle();
    bench.close();
  }

  private static String predict(String rows) {
    return "PREDICT(MODEL matrix_input, " + rows + ")";
  }

  private AuspexException error(String sql) {
    return catchThrowableOfType(AuspexException.class, () -> bench.run(sql));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "never"})
  void seesItsOwnRows(String planner) {
    bench.run("SET planner = '" + planner + "'", "BEGIN");
    bench.run("INSERT INTO t VALUES (5000, 0, 0, 0)", "DELETE FROM t WHERE ones < 10");
    assertThat(bench.number("SELECT count(*) FROM " + predict("TABLE t"))).isEqualTo(991);
    assertThat(bench.number("SELECT max(y) FROM " + predict("TABLE t"))).isEqualTo(5000);
    assertThat(bench.number("SELECT max(PREDICT(MODEL matrix_input)) FROM t")).isEqualTo(5000);
    bench.run("ROLLBACK");
    assertThat(bench.number("SELECT max(y) FROM " + predict("TABLE t"))).isEqualTo(999);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void seesTemporaryObjects(boolean inTransaction) {
    if (inTransaction) {
      bench.run("BEGIN");
    }
    bench.run(
        "CREATE TEMP TABLE mine AS SELECT ones + 1 AS ones, tens, hundreds, thousands FROM t",
        "CREATE TEMP VIEW few AS SELECT * FROM mine WHERE ones <= 10");
    assertThat(bench.number("SELECT max(y) FROM " + predict("TABLE mine"))).isEqualTo(1000);
    assertThat(bench.number("SELECT count(*) FROM " + predict("TABLE few"))).isEqualTo(10);
    assertThat(bench.number("SELECT count(PREDICT(MODEL matrix_input)) FROM few")).isEqualTo(10);
    bench.run("CREATE TABLE landed AS SELECT y FROM " + predict("TABLE few"));
    if (inTransaction) {
      bench.run("COMMIT");
    }
    assertThat(bench.number("SELECT count(*) FROM landed")).isEqualTo(10);
    bench.run("DROP VIEW few", "DROP TABLE mine");
  }

  @Test
  void rollbackTakesBackWhatLanded() {
    bench.run("CREATE TABLE kept AS SELECT 1 AS y", "BEGIN");
    bench.run("CREATE TABLE landed AS SELECT y FROM " + predict("TABLE t"));
    bench.run("INSERT INTO kept SELECT y FROM " + predict("TABLE t"));
    assertThat(bench.number("SELECT count(*) FROM kept")).isEqualTo(1001);
    bench.run("ROLLBACK");
    assertThat(bench.number("SELECT count(*) FROM kept")).isOne();
    assertThat(error("SELECT * FROM landed").code()).isEqualTo(ErrorCode.WAREHOUSE);
  }

  @Test
  void rollbackTakesBackModels() {
    bench.run("BEGIN");
    bench.create("matrix_double", "FEATURES (a, b, c)");
    bench.run(
        "CREATE OR REPLACE MODEL matrix_input FROM '" + Workbench.model("matrix_input") + "'",
        "ALTER MODEL matrix_input SET ALIAS newest = VERSION 2");
    assertThat(bench.number("SELECT count(*) FROM auspex.models")).isEqualTo(3);
    assertThat(
            bench.number(
                "SELECT max(y) FROM PREDICT(MODEL matrix_double, (SELECT ones AS a, 0 AS b, 0 AS c"
                    + " FROM t))"))
        .isEqualTo(999);
    bench.run("ROLLBACK");
    assertThat(bench.number("SELECT count(*) FROM auspex.models")).isOne();
    assertThat(error("DROP MODEL matrix_double").code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
    bench.run("BEGIN", "DROP MODEL matrix_input");
    assertThat(error("SELECT * FROM " + predict("TABLE t")).code())
        .isEqualTo(ErrorCode.MODEL_NOT_FOUND);
    bench.run("ROLLBACK");
    assertThat(bench.number("SELECT count(*) FROM " + predict("TABLE t"))).isEqualTo(1000);
  }

  @Test
  void anAbortedTransactionCannotBeCommitted() {
    bench.run("BEGIN", "CREATE TABLE landed AS SELECT y FROM " + predict("TABLE t"));
    assertThat(error("SELECT nothing_of_the_kind FROM t")).isNotNull();
    assertThat(error("INSERT INTO t SELECT 1 / 0, error('no'), 0, 0")).isNotNull();
    assertThat(error("COMMIT").code()).isEqualTo(ErrorCode.TRANSACTION_ABORTED);
    assertThat(bench.session().inTransaction()).isFalse();
    assertThat(error("SELECT * FROM landed")).isNotNull();
    bench.run("BEGIN", "CREATE TABLE landed AS SELECT y FROM " + predict("TABLE t"), "COMMIT");
  }

  @Test
  void aFailedLandingAbortsTheTransactionItRanIn() {
    bench.run("BEGIN", "INSERT INTO t VALUES (1, 1, 1, 1)");
    assertThat(error("CREATE TABLE landed AS SELECT error('no'), y FROM " + predict("TABLE t")))
        .isNotNull();
    AuspexException commit = error("COMMIT");
    if (commit == null) {
      assertThat(bench.number("SELECT count(*) FROM t")).isEqualTo(1001);
    } else {
      assertThat(commit.code()).isEqualTo(ErrorCode.TRANSACTION_ABORTED);
      assertThat(bench.number("SELECT count(*) FROM t")).isEqualTo(1000);
    }
    assertThat(error("SELECT * FROM landed")).isNotNull();
  }

  /** Another session changes the number of rows all the time; both predictions see the same. */
  @ParameterizedTest
  @CsvSource({"auto, false", "never, false", "auto, true", "never, true"})
  void aStatementSeesOneState(String planner, boolean besideTemporaryObjects) throws Exception {
    bench.run("SET planner = '" + planner + "'");
    if (besideTemporaryObjects) {
      bench.run("CREATE TEMP TABLE mine AS SELECT 1");
    }
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (Session writer = bench.warehouse().newSession()) {
      Future<Integer> writing =
          threads.submit(
              () -> {
                int commits = 0;
                for (; !done.get(); commits++) {
                  run(writer, "BEGIN");
                  run(writer, "INSERT INTO t VALUES (" + commits + ", 0, 0, 0)");
                  run(writer, "COMMIT");
                  run(
                      writer,
                      "INSERT INTO t SELECT y, 0, 0, 0 FROM " + predict("(FROM t LIMIT 3)"));
                }
                return commits;
              });
      String both =
          "SELECT (SELECT count(*) FROM "
              + predict("TABLE t")
              + " a), (SELECT count(*) FROM "
              + predict("(SELECT * FROM t WHERE ones >= 0)")
              + " b), (SELECT count(*) FROM t)";
      for (int i = 0; i < 40; i++) {
        List<Object> counts = bench.rows(both).get(0);
        assertThat(counts.get(0)).isEqualTo(counts.get(1)).isEqualTo(counts.get(2));
      }
      done.set(true);
      assertThat(writing.get()).isPositive();
    } finally {
      done.set(true);
      threads.shutdown();
    }
  }

  private static void run(Session session, String sql) {
    Workbench.drain(session, sql, ExecuteOptions.plain());
  }

  @Test
  void sessionsScoreAndLandSideBySide() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(SESSIONS);
    List<Callable<Void>> users = new ArrayList<>();
    for (int user = 0; user < SESSIONS; user++) {
      int number = user;
      users.add(
          () -> {
            try (Session session = bench.warehouse().newSession()) {
              for (int round = 0; round < 5; round++) {
                String table = "scores_" + number;
                run(
                    session,
                    "CREATE OR REPLACE TABLE " + table + " AS SELECT y FROM " + predict("TABLE t"));
                run(session, "INSERT INTO " + table + " SELECT y FROM " + predict("TABLE t"));
                assertThat(Workbench.number(session, "SELECT count(*) FROM " + table))
                    .isEqualTo(2000);
                assertThat(Workbench.number(session, "SELECT sum(y) FROM " + predict("TABLE t")))
                    .isEqualTo(499500);
                assertThat(
                        Workbench.number(session, "SELECT sum(PREDICT(MODEL matrix_input)) FROM t"))
                    .isEqualTo(499500);
              }
            }
            return null;
          });
    }
    try {
      for (Future<Void> user : threads.invokeAll(users)) {
        user.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void resultsOfTwoSessionsAreReadInTurns() {
    bench.run("INSERT INTO t SELECT i, 0, 0, 0 FROM range(1000, 100000) r(i)");
    try (Session other = bench.warehouse().newSession();
        Result one = stream(bench.session());
        Result two = stream(other)) {
      long rows = 0;
      boolean more = true;
      while (more) {
        more = one.nextBatch();
        rows += more ? one.root().getRowCount() : 0;
        assertThat(two.nextBatch()).isEqualTo(more);
      }
      assertThat(rows).isEqualTo(100000);
    }
  }

  private static Result stream(Session session) {
    return session.execute(
        "SELECT y FROM " + predict("TABLE t"), List.of(), ExecuteOptions.plain());
  }

  /** The second statement needs the connection that the first one's rows come from. */
  @Test
  void anOpenResultOutlivesTheNextStatements() {
    bench.run("BEGIN", "INSERT INTO t SELECT i, 0, 0, 0 FROM range(1000, 50000) r(i)");
    try (Result open = stream(bench.session())) {
      assertThat(open.nextBatch()).isTrue();
      long rows = open.root().getRowCount();
      bench.run("DELETE FROM t");
      assertThat(bench.number("SELECT count(*) FROM t")).isZero();
      bench.run("ROLLBACK");
      while (open.nextBatch()) {
        rows += open.root().getRowCount();
      }
      assertThat(rows).isEqualTo(50000);
    }
  }

  @Test
  void ofTwoThatChangeTheSameRowsOneIsToldToRepeat() {
    try (Session other = bench.warehouse().newSession()) {
      bench.run("BEGIN", "UPDATE t SET tens = 1 WHERE ones = 5");
      AuspexException conflict =
          catchThrowableOfType(
              AuspexException.class, () -> run(other, "UPDATE t SET tens = 2 WHERE ones = 5"));
      assertThat(conflict.code()).isEqualTo(ErrorCode.WAREHOUSE);
      assertThat(conflict).hasMessageContaining("Conflict on");
      bench.run("COMMIT");
      run(other, "UPDATE t SET tens = 2 WHERE ones = 5");
    }
  }

  @Test
  void ofTwoThatMakeTheSameTableOneIsToldToRepeat() {
    try (Session other = bench.warehouse().newSession()) {
      bench.run("BEGIN", "CREATE OR REPLACE TABLE landed AS SELECT y FROM " + predict("TABLE t"));
      AuspexException conflict =
          catchThrowableOfType(
              AuspexException.class,
              () ->
                  run(
                      other,
                      "CREATE OR REPLACE TABLE landed AS SELECT y FROM " + predict("TABLE t")));
      assertThat(conflict.code()).isEqualTo(ErrorCode.WAREHOUSE);
      assertThat(conflict).hasMessageContaining("write-write conflict");
      bench.run("COMMIT");
      run(other, "CREATE OR REPLACE TABLE landed AS SELECT y + 1 AS y FROM " + predict("TABLE t"));
      assertThat(bench.number("SELECT max(y) FROM landed")).isEqualTo(1000);
    }
  }

  @Test
  void aFunctionRegisteredAfterTheTransactionBeganIsCalledInIt() {
    bench.run("SET predict_strategy = 'inline'", "BEGIN", "DELETE FROM t WHERE ones >= 10");
    try (Session other = bench.warehouse().newSession()) {
      run(other, "SET predict_strategy = 'inline'");
      String sum = "SELECT sum(PREDICT(MODEL matrix_input)) FROM t";
      assertThat(Workbench.number(other, sum)).isEqualTo(499500);
      assertThat(bench.number(sum)).isEqualTo(45);
      bench.run("ROLLBACK", "BEGIN");
      assertThat(bench.number(sum)).isEqualTo(499500);
      bench.run("COMMIT");
      assertThat(bench.number(sum)).isEqualTo(499500);
    }
  }

  @Test
  void theSameTextIsPlannedAnewAfterWhatItNamesHasChanged() {
    String text = "SELECT max(y) FROM " + predict("TABLE t");
    assertThat(bench.number(text)).isEqualTo(999);
    bench.run("ALTER TABLE t RENAME TO gone", "CREATE VIEW t AS SELECT * FROM gone WHERE ones < 7");
    assertThat(bench.number(text)).isEqualTo(6);
    bench.run("DROP VIEW t", "CREATE TABLE t AS SELECT 'x' AS other, * FROM gone WHERE ones < 3");
    assertThat(bench.number(text)).isEqualTo(2);
    bench.run(
        "CREATE OR REPLACE MODEL matrix_input FROM '"
            + Workbench.model("matrix_double")
            + "' FEATURES (tens, ones, hundreds)");
    assertThat(bench.number(text)).isEqualTo(20);
  }
}
