package io.auspex.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.Source;
import io.auspex.udf.predict.Cancellation;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are read in parts, side by side, and again where that is safe; and nothing stays. */
@Timeout(120)
class SourcePartsTest {
  @TempDir private Path folder;
  private final SourceBench bench = new SourceBench();
  private SourceNumbers numbers;

  @BeforeEach
  void open() {
    numbers = new SourceNumbers(bench, folder);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "mariadb", "sqlite", "h2"})
  void partsReadSideBySide(String system) throws Exception {
    Source source = numbers.source(system);
    bench.run(source, "INSERT INTO t VALUES (NULL, 'null')");
    for (int parts : new int[] {2, 7}) {
      String all = SourceNumbers.query(source, "").sql();
      assertThat(numbers.read(SourceNumbers.divided(source, parts, all)))
          .hasSize(SourceNumbers.ROWS + 1)
          .contains(0L, SourceNumbers.ROWS - 1L, null);
      String none = SourceNumbers.query(source, "WHERE 1 = 0").sql();
      assertThat(numbers.read(SourceNumbers.divided(source, parts, none))).isEmpty();
      bench.assertIdle();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "date '2020-01-01' + n::int % 1000",
        "timestamp '2020-01-01' + n * interval '1 second'",
        "timestamptz '2020-01-01 00:00+05' + n * interval '1 second'",
        "n / 7.0",
        "(n / 7.0)::numeric(20,3)",
        "(n / 7)::real",
        "CASE n WHEN 3 THEN 'infinity'::date ELSE date '2020-01-01' + n::int % 1000 END",
        "CASE n WHEN 3 THEN 'NaN'::float8 ELSE n END",
        "7",
        "n::int2 % 10",
      })
  void rangesOfEachType(String expression) throws Exception {
    Source source = SourceServers.postgres();
    bench.run(
        source,
        "CREATE TABLE t AS SELECT n, nullif(n, 17) * 0 + n AS half, "
            + expression
            + " AS p FROM generate_series(0::bigint, 9999) n",
        "INSERT INTO t VALUES (10000, 0, NULL)");
    List<SourceColumn> columns = bench.tables().describe(source, "", "t").columns();
    SourceQuery query =
        new SourceQuery(
            SourceNumbers.divided(source, 4),
            "SELECT n, p FROM t",
            List.of(columns.get(0), columns.get(2)),
            Optional.of("p"));
    assertThat(numbers.read(query)).hasSize(10001);
  }

  /** All parts see the table as it was when the first was read. */
  @Test
  void partsShareASnapshot() throws Exception {
    Source source = SourceServers.postgres();
    bench.run(source, "CREATE TABLE t (n bigint)", "INSERT INTO t SELECT generate_series(1, 1000)");
    SourceQuery query = SourceNumbers.divided(source, 4, "SELECT n FROM t");
    Thread writer =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < 200; i++) {
                  bench.run(source, "UPDATE t SET n = 1001 - n");
                }
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    writer.start();
    try {
      for (int i = 0; i < 20; i++) {
        assertThat(numbers.read(query)).hasSize(1000);
      }
    } finally {
      writer.join();
    }
  }

  /** Its connections are all killed while it waits for the first row: it is run again. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aConnectionLostBeforeTheFirstRow(int parts) throws Exception {
    Source source = numbers.source("postgres");
    bench.run(
        source,
        "CREATE SEQUENCE tries",
        "CREATE FUNCTION slow_once() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN"
            + " IF nextval('tries') <= 1 THEN PERFORM pg_terminate_backend(pg_backend_pid());"
            + " END IF; RETURN 0; END $$");
    SourceQuery query =
        SourceNumbers.divided(source, parts, "SELECT n + slow_once() AS n FROM t WHERE n < 1000");
    assertThat(numbers.read(query)).hasSize(1000);
  }

  /** Many readers at once, some of them closed half-way, some cancelled. */
  @Test
  void manyAtOnce() throws Exception {
    SourceQuery query = SourceNumbers.divided(numbers.source("postgres"), 3, "SELECT n FROM t");
    List<Thread> threads =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    new Thread(
                        () -> {
                          Cancellation cancellation = new Cancellation();
                          try (SourceReader reader = bench.open(query, cancellation)) {
                            for (int batch = 0; batch < i; batch++) {
                              reader.loadNextBatch();
                            }
                            if (i % 2 == 0) {
                              cancellation.cancel();
                            }
                          }
                        }))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    bench.assertIdle();
  }
}
