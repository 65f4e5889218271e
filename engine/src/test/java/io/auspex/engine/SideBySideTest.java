package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.ErrorCode;
import io.auspex.jdbc.AuspexSqlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many connections of one process at work on one warehouse: each sees only what was committed, and
 * its own; and when they are closed nothing of them is left.
 */
@Timeout(120)
class SideBySideTest {
  private static final int ROWS = 500;
  private static final int WRITERS = 4;
  private static final int READERS = 4;
  private static final int CROWD = 100;
  private static final Duration A_WHILE = Duration.ofSeconds(2);

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void open() {
    bench = Workbench.at(file());
    bench.create("matrix_input", "");
    bench.run(
        "CREATE TABLE t AS SELECT i::FLOAT AS ones, 0::FLOAT AS tens, 0::FLOAT AS hundreds,"
            + " 0::FLOAT AS thousands FROM range("
            + ROWS
            + ") r(i)");
  }

  @AfterEach
  void close() {
    bench.assertIdle();
    bench.close();
    Workbench.assertNoThreads();
  }

  private Path file() {
    return folder.resolve("house.db");
  }

  private static String predict(String rows) {
    return "PREDICT(MODEL matrix_input, " + rows + ")";
  }

  /** What one connection does again and again until the time is over. */
  private interface Round {
    void run(User user, int round) throws Exception;
  }

  /** Runs each on a connection and a thread of its own for a while; throws what one has thrown. */
  private void atOnce(List<Round> users) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(users.size());
    List<Callable<Integer>> tasks = new ArrayList<>();
    long end = System.nanoTime() + A_WHILE.toNanos();
    for (Round user : users) {
      tasks.add(
          () -> {
            int rounds = 0;
            try (User own = User.of(file())) {
              // One round each, however slow the machine.
              do {
                user.run(own, rounds++);
              } while (!over.get() && System.nanoTime() < end);
            } catch (Throwable e) {
              over.set(true);
              throw e;
            }
            return rounds;
          });
    }
    try {
      for (Future<Integer> user : threads.invokeAll(tasks)) {
        assertThat(user.get()).as("rounds").isPositive();
      }
    } finally {
      threads.shutdown();
      assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static List<Round> repeated(int times, Round user) {
    return Stream.generate(() -> user).limit(times).toList();
  }

  private static List<Round> all(List<Round> some, List<Round> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  /** Every transaction adds a batch in two halves, and takes every third one back. */
  @Test
  void readersSeeWholeTransactionsOnly() throws Exception {
    bench.run("CREATE TABLE scores (batch BIGINT, kept BOOLEAN, y FLOAT)");
    AtomicInteger batches = new AtomicInteger();
    Round writer =
        (user, round) -> {
          int batch = batches.incrementAndGet();
          boolean kept = round % 3 < 2;
          String half =
              "INSERT INTO scores SELECT " + batch + ", " + kept + ", y FROM " + predict("TABLE t");
          user.run("BEGIN", half + " WHERE ones < 100", half + " WHERE ones >= 100");
          String own = "SELECT count(*) FROM scores WHERE batch = " + batch;
          assertThat(user.value(own)).isEqualTo(String.valueOf(ROWS));
          user.run(kept ? "COMMIT" : "ROLLBACK");
          assertThat(user.value(own)).isEqualTo(kept ? String.valueOf(ROWS) : "0");
        };
    String whole =
        " GROUP BY batch HAVING count(*) <> " + ROWS + " OR bool_or(NOT kept) OR sum(y) <> 124750";
    Round reader =
        (user, round) -> {
          assertThat(user.query("SELECT batch FROM scores" + whole).rows()).isEmpty();
          String scored =
              "(SELECT batch, kept, y AS ones, 0 AS tens, 0 AS hundreds, 0 AS thousands FROM scores)";
          assertThat(user.query("SELECT batch FROM " + predict(scored) + whole).rows()).isEmpty();
        };
    atOnce(all(repeated(WRITERS, writer), repeated(READERS, reader)));
    assertThat(bench.number("SELECT count(*) FROM (SELECT batch FROM scores" + whole + ")"))
        .isZero();
    assertThat(bench.number("SELECT count(*) FROM scores")).isPositive();
  }

  /** A table that is made anew all the time has all rows of one making. */
  @Test
  void readersSeeWholeTablesOnly() throws Exception {
    bench.run("CREATE TABLE landed AS SELECT 0 AS making, y FROM " + predict("TABLE t"));
    Round writer =
        (user, round) ->
            user.run(
                "CREATE OR REPLACE TABLE landed AS SELECT "
                    + (round + 1)
                    + " AS making, y FROM "
                    + predict("TABLE t"));
    Round reader =
        (user, round) ->
            assertThat(user.query("SELECT count(*), count(DISTINCT making) FROM landed").rows())
                .containsExactly(List.of(String.valueOf(ROWS), "1"));
    atOnce(all(List.of(writer), repeated(READERS, reader)));
  }

  /** Each statement computes with one version, however often it names the model. */
  @Test
  void aStatementSeesOneVersionOfAModel() throws Exception {
    bench.run(
        "CREATE MODEL changing FROM '" + Workbench.model("matrix_double") + "' FEATURES (a, b, c)");
    Round writer =
        (user, round) ->
            user.run(
                "CREATE OR REPLACE MODEL changing FROM '"
                    + Workbench.model("matrix_double")
                    + (round % 2 == 0 ? "' FEATURES (c, b, a)" : "' FEATURES (a, b, c)"));
    String rows = "PREDICT(MODEL changing, (SELECT 1.0 AS a, 2.0 AS b, 3.0 AS c FROM t))";
    Round reader =
        (user, round) -> {
          if (round % 2 == 1) {
            user.run("SET planner = 'never'");
          }
          List<String> seen =
              user.query(
                      "SELECT (SELECT max(y) FROM " + rows + "), (SELECT min(y) FROM " + rows + ")")
                  .rows()
                  .get(0);
          assertThat(seen.get(0)).isIn("321.0", "123.0").isEqualTo(seen.get(1));
        };
    atOnce(all(List.of(writer), repeated(READERS, reader)));
  }

  /** Of those who change models at the same time, one is told to repeat; nothing half is seen. */
  @Test
  void manyMakeAndDropModels() throws Exception {
    AtomicInteger names = new AtomicInteger();
    Round maker =
        (user, round) -> {
          String name = "made_" + names.incrementAndGet();
          again(user, "CREATE MODEL " + name + " FROM '" + Workbench.model("string_echo") + "'");
          assertThat(user.value("SELECT PREDICT(MODEL " + name + ", 'x')")).isEqualTo("x");
          again(
              user,
              "CREATE OR REPLACE MODEL " + name + " FROM '" + Workbench.model("string_echo") + "'");
          again(user, "ALTER MODEL " + name + " SET ALIAS old = VERSION 1");
          again(user, "DROP MODEL " + name);
        };
    Round reader =
        (user, round) ->
            assertThat(
                    user.query(
                            "SELECT name FROM auspex.models GROUP BY name"
                                + " HAVING count(*) FILTER (WHERE is_default) <> 1")
                        .rows())
                .isEmpty();
    atOnce(all(repeated(WRITERS, maker), repeated(2, reader)));
    assertThat(bench.number("SELECT count(*) FROM auspex.models")).isOne();
  }

  private static void again(User user, String sql) throws SQLException {
    for (int tries = 0; ; tries++) {
      try {
        user.run(sql);
        return;
      } catch (AuspexSqlException e) {
        assertThat(e.getErrorCode())
            .as(e.getMessage())
            .isEqualTo(ErrorCode.CATALOG_CHANGED.number());
        assertThat(tries).as(sql).isLessThan(100);
      }
    }
  }

  @Test
  void twoConnectionsSeeEachOthersCommits() throws SQLException {
    try (User one = User.of(file());
        User two = User.of(file())) {
      String count = "SELECT count(*) FROM " + predict("TABLE t");
      one.connection().setAutoCommit(false);
      one.run("INSERT INTO t VALUES (9000, 0, 0, 0)");
      assertThat(one.value(count)).isEqualTo("501");
      assertThat(two.value(count)).isEqualTo("500");
      one.connection().commit();
      assertThat(two.value(count)).isEqualTo("501");
      two.run("DELETE FROM t WHERE ones = 9000");
      assertThat(one.value(count)).isEqualTo("500");
      one.connection().commit();
      assertThat(one.value(count)).isEqualTo("500");
    }
  }

  @Test
  void rollbackTakesBackTablesModelsAndViews() throws SQLException {
    try (User user = User.of(file());
        User other = User.of(file())) {
      Connection connection = user.connection();
      connection.setAutoCommit(false);
      user.create("string_echo", "");
      user.run(
          "CREATE TABLE landed AS SELECT y FROM " + predict("TABLE t"),
          "CREATE VIEW seen AS SELECT y FROM " + predict("TABLE t"),
          "CREATE OR REPLACE MODEL matrix_input FROM '"
              + Workbench.model("matrix_double")
              + "' FEATURES (tens, ones, hundreds)",
          "ALTER MODEL matrix_input SET ALIAS best = VERSION 2",
          "DELETE FROM t WHERE ones >= 10");
      assertThat(user.value("SELECT max(y) FROM seen")).isEqualTo("90.0");
      assertThat(user.value("SELECT PREDICT(MODEL string_echo, 'x')")).isEqualTo("x");
      assertThat(refuses(other, "SELECT * FROM landed")).isTrue();
      assertThat(refuses(other, "SELECT PREDICT(MODEL string_echo, 'x')")).isTrue();
      assertThat(other.value("SELECT max(y) FROM " + predict("TABLE t"))).isEqualTo("499.0");
      connection.rollback();
      for (String gone :
          List.of(
              "SELECT * FROM landed",
              "SELECT * FROM seen",
              "SELECT PREDICT(MODEL string_echo, 'x')",
              "SELECT PREDICT(MODEL matrix_input VERSION best, 1, 2, 3, 4)")) {
        assertThat(refuses(user, gone)).as(gone).isTrue();
        connection.rollback();
      }
      assertThat(user.value("SELECT max(y) FROM " + predict("TABLE t"))).isEqualTo("499.0");
    }
    assertThat(bench.number("SELECT count(*) FROM auspex.models")).isOne();
  }

  private static boolean refuses(User user, String sql) {
    return user.error(sql) != null;
  }

  /** Planned and cut, streamed and inline, read whole and half, in transactions and out of them. */
  @Test
  void aCrowdLeavesNothingBehind() throws Exception {
    long files = openFiles();
    Round user =
        (own, round) -> {
          own.run("SET planner = '" + (round % 2 == 0 ? "auto" : "never") + "'");
          own.run("SET predict_strategy = '" + (round % 3 == 0 ? "inline" : "auto") + "'");
          if (round % 5 == 4) {
            own.run("BEGIN");
          }
          assertThat(own.value("SELECT count(y) FROM " + predict("TABLE t"))).isEqualTo("500");
          assertThat(own.value("SELECT max(PREDICT(MODEL matrix_input)) FROM t"))
              .isEqualTo("499.0");
          try (var statement = own.connection().createStatement();
              var half = statement.executeQuery("SELECT * FROM " + predict("TABLE t"))) {
            assertThat(half.next()).isTrue();
          }
          assertThat(refuses(own, "SELECT error('no'), y FROM " + predict("TABLE t"))).isTrue();
          if (round % 5 == 4) {
            own.run("ROLLBACK");
          }
        };
    atOnce(repeated(CROWD, user));
    bench.assertIdle();
    assertThat(openFiles()).as("open files").isLessThanOrEqualTo(files + 5);
    try (Stream<Path> left = Files.walk(folder)) {
      assertThat(left.filter(path -> path.toString().contains("spool-")).toList()).isEmpty();
    }
  }

  /** Zero where the system does not tell. */
  private static long openFiles() throws IOException {
    Path own = Path.of("/proc/self/fd");
    if (!Files.isDirectory(own)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(own)) {
      return files.count();
    }
  }
}
