package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a statement ends, no memory, thread or connection of it stays. */
@Timeout(120)
class LeakTest {
  private static final int ROWS = 60000;
  private static final String PREDICTIONS = "PREDICT(MODEL matrix_input, TABLE t)";

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void open() {
    bench = Workbench.inMemory();
    bench
        .create("matrix_input", "")
        .create("string_echo", "")
        .create("multi_output", "FEATURES (ones, tens, hundreds, thousands)");
    bench.create("all_types", "OUTPUTS (text_out)");
    bench.run(
        "CREATE TABLE t AS SELECT i::FLOAT AS ones, 0::FLOAT AS tens, 0::FLOAT AS hundreds,"
            + " 0::FLOAT AS thousands, 'row ' || i AS text, i,"
            + " (['a', 'b', 'c'])[1 + i % 3]::ENUM ('a', 'b', 'c') AS kind FROM range("
            + ROWS
            + ") r(i)",
        "CREATE TABLE kept (y FLOAT CHECK (y < 50000))");
  }

  @AfterEach
  void close() {
    bench.assertIdle();
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM " + PREDICTIONS,
        "SELECT count(*) FROM " + PREDICTIONS,
        "SELECT * FROM " + PREDICTIONS + " LIMIT 1",
        "SELECT * FROM " + PREDICTIONS + " p WHERE y > 5 LIMIT 1 OFFSET 20000",
        "SELECT * FROM " + PREDICTIONS + " WHERE false",
        "SELECT * FROM PREDICT(MODEL multi_output, (SELECT * FROM t LIMIT 0))",
        "SELECT echo FROM PREDICT(MODEL string_echo, TABLE t) ORDER BY echo LIMIT 3",
        "SELECT PREDICT(MODEL multi_output) FROM t",
        "SELECT a.y, b.y FROM " + PREDICTIONS + " a JOIN " + PREDICTIONS + " b USING (i) LIMIT 5",
        "CREATE TABLE n AS SELECT * FROM " + PREDICTIONS,
        "EXPLAIN ANALYZE SELECT * FROM " + PREDICTIONS,
        "EXPLAIN SELECT * FROM " + PREDICTIONS,
      })
  void success(String sql) {
    bench.run(sql);
    bench.assertIdle();
    bench.run("BEGIN", sql.replace("CREATE TABLE n", "CREATE TABLE n2"), "COMMIT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT nothing FROM " + PREDICTIONS,
        "SELECT * FROM PREDICT(MODEL nobody, TABLE t)",
        "SELECT * FROM PREDICT(MODEL matrix_input, TABLE nowhere)",
        "SELECT * FROM PREDICT(MODEL string_echo, (SELECT i AS text FROM t))",
        "SELECT * FROM PREDICT(MODEL matrix_input, (SELECT ones FROM t))",
        "SELECT y FROM PREDICT(MODEL matrix_input, (SELECT * REPLACE (CASE WHEN i > 40000 THEN"
            + " error('in the scan') ELSE ones END AS ones) FROM t))",
        "SELECT y FROM PREDICT(MODEL matrix_input, (SELECT * REPLACE (error('at once') AS ones)"
            + " FROM t))",
        "SELECT CASE WHEN y > 40000 THEN error('above') ELSE y END FROM " + PREDICTIONS,
        "SELECT CAST(text AS INTEGER) FROM " + PREDICTIONS,
        "CREATE TABLE n AS SELECT CASE WHEN y > 40000 THEN error('landing') END FROM "
            + PREDICTIONS,
        "CREATE TABLE kept AS SELECT y FROM " + PREDICTIONS,
        "INSERT INTO kept SELECT y FROM " + PREDICTIONS,
        "INSERT INTO nowhere SELECT y FROM " + PREDICTIONS,
        "COPY (SELECT y FROM " + PREDICTIONS + ") TO '/nowhere/at/all.parquet'",
        "COPY (SELECT CASE WHEN y > 40000 THEN error('copying') END FROM "
            + PREDICTIONS
            + ") TO '%s/t.csv'",
        "SELECT sum(PREDICT(MODEL matrix_input, error('inline'), 0, 0, 0)) FROM t",
      })
  void errors(String sql) {
    String text = sql.formatted(folder);
    for (String planner : List.of("auto", "never")) {
      bench.run("SET planner = '" + planner + "'");
      assertThat(error(text)).as(text).isNotNull();
      bench.assertIdle();
      bench.run("BEGIN");
      assertThat(error(text)).as(text).isNotNull();
      bench.run("ROLLBACK");
      bench.assertIdle();
    }
    assertThat(folder).isEmptyDirectory();
    assertThat(bench.number("SELECT count(*) FROM kept")).isZero();
    assertThat(bench.number("SELECT count(*) FROM " + PREDICTIONS)).isEqualTo(ROWS);
  }

  private AuspexException error(String sql) {
    return catchThrowableOfType(AuspexException.class, () -> bench.run(sql));
  }

  @Test
  void aResultReadHalf() {
    for (String setup : List.of("SELECT 1", "BEGIN")) {
      bench.run(setup);
      try (Result half = execute("SELECT * FROM " + PREDICTIONS)) {
        assertThat(half.nextBatch()).isTrue();
        bench.run("SELECT 1");
        assertThat(half.nextBatch()).isTrue();
      }
      execute("SELECT * FROM " + PREDICTIONS).close();
      bench.assertIdle();
    }
    bench.run("COMMIT");
  }

  /** Its rows come from the session's connection, which the next statement needs. */
  @Test
  void aResultBesideTemporaryObjectsReadHalf() {
    bench.run("CREATE TEMP TABLE mine AS SELECT 1");
    try (Result half = execute("SELECT * FROM " + PREDICTIONS)) {
      assertThat(half.nextBatch()).isTrue();
      try (Result other = execute("SELECT i FROM t")) {
        assertThat(other.nextBatch()).isTrue();
        half.close();
        assertThat(other.nextBatch()).isTrue();
      }
    }
    assertThat(bench.number("SELECT count(*) FROM duckdb_views() WHERE temporary AND NOT internal"))
        .isZero();
    assertThat(bench.session().inTransaction()).isFalse();
    bench.run("DROP TABLE mine");
    bench.assertIdle();
  }

  @Test
  void aResultNobodyCloses() {
    Session session = bench.warehouse().newSession();
    Result forgotten =
        session.execute("SELECT * FROM " + PREDICTIONS, List.of(), ExecuteOptions.plain());
    assertThat(forgotten.nextBatch()).isTrue();
    session.close();
  }

  private Result execute(String sql) {
    return bench.session().execute(sql, List.of(), ExecuteOptions.plain());
  }

  @Test
  void statementsAtRandom() {
    random(40, 1);
  }

  @Test
  @Tag("full")
  void manyStatementsAtRandom() {
    random(400, System.nanoTime());
  }

  /** Statements of all kinds, some of them wrong, some read half, some in transactions. */
  private void random(int statements, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < statements; i++) {
      String sql = statement(random, i);
      try (Result result = execute(sql)) {
        int batches = random.nextInt(8);
        while (result.hasRows() && batches-- > 0 && result.nextBatch()) {}
      } catch (AuspexException e) {
        assertThat(e.code())
            .as("seed %d: %s: %s", seed, sql, e)
            .isNotEqualTo(ErrorCode.INTERNAL_ERROR);
      }
      assertThat(bench.warehouse().allocatedMemory()).as("seed %d: %s", seed, sql).isZero();
    }
    if (bench.session().inTransaction()) {
      bench.session().rollback();
    }
  }

  private static String statement(Random random, int i) {
    if (random.nextInt(5) == 0) {
      return List.of("BEGIN", "COMMIT", "ROLLBACK").get(random.nextInt(3));
    }
    if (random.nextInt(6) == 0) {
      return List.of(
              "SET planner = 'never'",
              "SET planner = 'auto'",
              "SET predict_strategy = 'inline'",
              "RESET predict_strategy",
              "SET predict_batch_rows = 1000",
              "RESET predict_batch_rows",
              "CREATE OR REPLACE TEMP TABLE mine AS SELECT * FROM t",
              "DROP TABLE IF EXISTS mine")
          .get(random.nextInt(8));
    }
    String rows =
        List.of(
                "TABLE t",
                "TABLE t",
                "TABLE mine",
                "(SELECT * FROM t WHERE i % 7 = 0)",
                "(FROM t LIMIT 10)")
            .get(random.nextInt(5));
    String model = List.of("matrix_input", "multi_output", "string_echo").get(random.nextInt(3));
    String columns =
        List.of(
                "*",
                "count(*)",
                "i, kind",
                "text, kind, p.* EXCLUDE (text, kind)",
                "y",
                "y / 0, error('no')")
            .get(random.nextInt(6));
    String query = "SELECT " + columns + " FROM PREDICT(MODEL " + model + ", " + rows + ") p";
    return switch (random.nextInt(4)) {
      case 0 -> "CREATE OR REPLACE TABLE landed AS " + query;
      case 1 -> query + " ORDER BY 1 LIMIT " + random.nextInt(100000);
      case 2 -> "EXPLAIN ANALYZE " + query;
      default -> query;
    };
  }
}
