package io.auspex.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Source;
import io.auspex.udf.predict.Cancellation;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.arrow.vector.BigIntVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are streamed, in parts, cancelled, read again where that is safe; and nothing stays. */
@Timeout(120)
class SourceReaderTest {
  private static final int ROWS = 300_000;
  private static final List<SourceColumn> NUMBERS = List.of(SourceColumn.computed("n", "BIGINT"));

  @TempDir private Path folder;
  private final SourceBench bench = new SourceBench();

  @AfterEach
  void close() {
    bench.close();
  }

  /** A source of each kind, with a table {@code t} of the numbers below ROWS. */
  private Source numbers(String system) throws SQLException, URISyntaxException {
    switch (system) {
      case "postgres" -> {
        Source source = SourceServers.postgres();
        bench.run(
            source,
            "CREATE TABLE t AS SELECT n::bigint, repeat('x', 100) AS text FROM generate_series(0, "
                + (ROWS - 1)
                + ") n");
        return source;
      }
      case "mariadb" -> {
        Source source = SourceServers.mariadb();
        bench.run(
            source,
            "CREATE TABLE t (n bigint, text varchar(100))",
            "INSERT INTO t SELECT seq, repeat('x', 100) FROM seq_0_to_" + (ROWS - 1));
        return source;
      }
      case "sqlite" -> {
        Source source = SourceServers.sqlite(folder.resolve("n.db"));
        bench.run(
            source,
            "CREATE TABLE t (n INTEGER, text TEXT)",
            "WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < "
                + (ROWS - 1)
                + ") INSERT INTO t SELECT n, printf('%.100c', 'x') FROM s");
        return source;
      }
      default -> {
        String jar =
            Path.of(org.h2.Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
        Source source =
            SourceServers.source("h2", "jdbc:h2:" + folder.resolve("n"), null, Map.of("jar", jar));
        bench.run(
            source,
            "CREATE TABLE t AS SELECT x AS \"n\", repeat('x', 100) AS text FROM system_range(0, "
                + (ROWS - 1)
                + ")");
        return source;
      }
    }
  }

  private static SourceQuery numbersOf(Source source, String rest) {
    String n = SourceSystem.of(source).quote("n");
    return SourceQuery.whole(source, "SELECT " + n + " FROM t " + rest, NUMBERS);
  }

  private Set<Long> read(SourceQuery query) {
    Set<Long> numbers = new HashSet<>();
    long rows = 0;
    try (SourceReader reader = bench.open(query)) {
      while (reader.loadNextBatch()) {
        BigIntVector column = (BigIntVector) reader.getVectorSchemaRoot().getVector(0);
        rows += column.getValueCount();
        for (int i = 0; i < column.getValueCount(); i++) {
          numbers.add(column.isNull(i) ? null : (Long) column.get(i));
        }
      }
      assertThat(reader.loadNextBatch()).as("after the end").isFalse();
    }
    assertThat(rows).as("each row once").isEqualTo(numbers.size());
    return numbers;
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "mariadb", "sqlite", "h2"})
  void rowsAreStreamed(String system) throws Exception {
    Source source = numbers(system);
    assertThat(read(numbersOf(source, ""))).hasSize(ROWS).contains(0L, ROWS - 1L);
    assertThat(read(numbersOf(source, "WHERE 1 = 0"))).isEmpty();
    assertThat(bench.tables().find(source, "", "t").orElseThrow().columns()).hasSize(2);
    long before = bench.allocator().getPeakMemoryAllocation();
    assertThat(before).as("bytes at a time").isLessThan(16 << 20);
    bench.assertIdle();
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "mariadb", "sqlite", "h2"})
  void rowsReadHalf(String system) throws Exception {
    Source source = numbers(system);
    for (int batches = 0; batches < 3; batches++) {
      try (SourceReader reader = bench.open(numbersOf(source, ""))) {
        for (int i = 0; i < batches; i++) {
          assertThat(reader.loadNextBatch()).isTrue();
        }
      }
      bench.assertIdle();
    }
    assertThat(bench.count(numbersOf(source, ""))).isEqualTo(ROWS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "mariadb", "sqlite", "h2"})
  void partsReadSideBySide(String system) throws Exception {
    Source source = numbers(system);
    bench.run(source, "INSERT INTO t VALUES (NULL, 'null')");
    for (int parts : new int[] {2, 7}) {
      Source divided = divided(source, parts);
      SourceQuery query =
          new SourceQuery(divided, numbersOf(source, "").sql(), NUMBERS, Optional.of("n"));
      assertThat(read(query)).hasSize(ROWS + 1).contains(0L, ROWS - 1L, null);
      SourceQuery none =
          new SourceQuery(
              divided, numbersOf(source, "WHERE 1 = 0").sql(), NUMBERS, Optional.of("n"));
      assertThat(read(none)).isEmpty();
      bench.assertIdle();
    }
  }

  private static Source divided(Source source, int parts) {
    Map<String, String> options = new java.util.HashMap<>(source.options().values());
    options.put("partition_column", "n");
    options.put("partitions", Integer.toString(parts));
    return SourceServers.with(source, options);
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
            divided(source, 4),
            "SELECT n, p FROM t",
            List.of(columns.get(0), columns.get(2)),
            Optional.of("p"));
    assertThat(read(query)).hasSize(10001);
  }

  /** All parts see the table as it was when the first was read. */
  @Test
  void partsShareASnapshot() throws Exception {
    Source source = SourceServers.postgres();
    bench.run(source, "CREATE TABLE t (n bigint)", "INSERT INTO t SELECT generate_series(1, 1000)");
    SourceQuery query =
        new SourceQuery(divided(source, 4), "SELECT n FROM t", NUMBERS, Optional.of("n"));
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
        assertThat(read(query)).hasSize(1000);
      }
    } finally {
      writer.join();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "mariadb", "sqlite"})
  void cancelTakesEffectWithinASecond(String system) throws Exception {
    Source source =
        switch (system) {
          case "postgres" -> SourceServers.postgres();
          case "mariadb" -> SourceServers.mariadb();
          default -> SourceServers.sqlite(folder.resolve("c.db"));
        };
    String slow =
        switch (system) {
          case "postgres" -> "SELECT 1::bigint FROM (SELECT pg_sleep(60)) s";
          case "mariadb" -> "SELECT sleep(60) AS n";
          default ->
              "WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s) SELECT max(n) FROM s";
        };
    Cancellation cancellation = new Cancellation();
    try (SourceReader reader = bench.open(SourceQuery.whole(source, slow, NUMBERS), cancellation)) {
      long[] cancelled = new long[1];
      Thread canceller =
          new Thread(
              () -> {
                pause(700);
                cancelled[0] = System.nanoTime();
                cancellation.cancel();
              });
      canceller.start();
      AuspexException error = catchThrowableOfType(AuspexException.class, reader::loadNextBatch);
      canceller.join();
      assertThat(error.code()).isEqualTo(ErrorCode.CANCELLED);
      reader.close();
      assertThat(System.nanoTime() - cancelled[0]).isLessThan(1_000_000_000L);
    }
    bench.assertIdle();
    if (system.equals("postgres")) {
      assertThat(
              bench.rows(
                  SourceQuery.whole(
                      source,
                      "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%'"
                          + " AND state = 'active' AND pid <> pg_backend_pid()",
                      NUMBERS)))
          .containsExactly(List.of("0"));
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Its connections are all killed while it waits for the first row: it is run again. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aConnectionLostBeforeTheFirstRow(int parts) throws Exception {
    Source source = numbers("postgres");
    bench.run(
        source,
        "CREATE SEQUENCE tries",
        "CREATE FUNCTION slow_once() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN"
            + " IF nextval('tries') <= 1 THEN PERFORM pg_terminate_backend(pg_backend_pid());"
            + " END IF; RETURN 0; END $$");
    SourceQuery query =
        new SourceQuery(
            divided(source, parts),
            "SELECT n + slow_once() AS n FROM t WHERE n < 1000",
            NUMBERS,
            Optional.of("n"));
    assertThat(read(query)).hasSize(1000);
  }

  @Test
  void aConnectionLostInTheMiddle() throws Exception {
    Source source = numbers("postgres");
    String sql =
        "SELECT CASE WHEN n = 250000 THEN"
            + " n + pg_terminate_backend(pg_backend_pid())::int ELSE n END FROM t";
    try (SourceReader reader = bench.open(SourceQuery.whole(source, sql, NUMBERS))) {
      assertThat(reader.loadNextBatch()).isTrue();
      AuspexException error =
          catchThrowableOfType(
              AuspexException.class,
              () -> {
                while (reader.loadNextBatch()) {
                  pause(1);
                }
              });
      assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_LOST);
      assertThat(error).hasMessageContaining("The connection to the source pg broke");
    }
  }

  @Test
  void aStatementTimeoutOfTheServerIsTold() throws Exception {
    Source source = SourceServers.postgres();
    bench.run(
        source,
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET statement_timeout = 300',"
            + " current_database()); END $$");
    Source anew =
        SourceServers.source("again", source.url(), source.user().orElseThrow(), Map.of());
    SourceQuery slow =
        SourceQuery.whole(anew, "SELECT 1::bigint FROM (SELECT pg_sleep(60)) s", NUMBERS);
    AuspexException error = catchThrowableOfType(AuspexException.class, () -> bench.count(slow));
    assertThat(error)
        .hasMessageContaining("The source again refused a query")
        .hasMessageContaining("statement timeout");
  }

  /** Many readers at once, some of them closed half-way, some cancelled. */
  @Test
  void manyAtOnce() throws Exception {
    Source source = divided(numbers("postgres"), 3);
    List<Thread> threads =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    new Thread(
                        () -> {
                          SourceQuery query =
                              new SourceQuery(source, "SELECT n FROM t", NUMBERS, Optional.of("n"));
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

  /** Large values end a batch before it is large. */
  @Test
  void largeValues() throws Exception {
    Source source = SourceServers.postgres();
    SourceQuery query =
        SourceQuery.whole(
            source,
            "SELECT repeat('x', 3000000) AS v FROM generate_series(1, 40)",
            List.of(SourceColumn.computed("v", "VARCHAR")));
    assertThat(bench.count(query)).isEqualTo(40);
    assertThat(bench.allocator().getPeakMemoryAllocation()).isLessThan(100 << 20);
  }

  @Test
  void aReadOnlyUser() throws Exception {
    Source source = numbers("postgres");
    try (Connection connection = bench.connections().borrow(source);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP ROLE IF EXISTS only_reader");
      statement.execute("CREATE ROLE only_reader LOGIN");
      statement.execute("GRANT SELECT ON t TO only_reader");
    }
    Source asReader = SourceServers.source("ro", source.url(), "only_reader", Map.of());
    assertThat(bench.count(numbersOf(asReader, ""))).isEqualTo(ROWS);
  }
}
