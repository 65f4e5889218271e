package io.auspex.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Source;
import io.auspex.udf.predict.Cancellation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are streamed, cancelled, and refused; and nothing stays. */
@Timeout(120)
class SourceReaderTest {
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
  void rowsAreStreamed(String system) throws Exception {
    Source source = numbers.source(system);
    assertThat(numbers.read(SourceNumbers.query(source, "")))
        .hasSize(SourceNumbers.ROWS)
        .contains(0L, SourceNumbers.ROWS - 1L);
    assertThat(numbers.read(SourceNumbers.query(source, "WHERE 1 = 0"))).isEmpty();
    assertThat(bench.tables().find(source, "", "t").orElseThrow().columns()).hasSize(2);
    long before = bench.allocator().getPeakMemoryAllocation();
    assertThat(before).as("bytes at a time").isLessThan(16 << 20);
    bench.assertIdle();
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "mariadb", "sqlite", "h2"})
  void rowsReadHalf(String system) throws Exception {
    Source source = numbers.source(system);
    for (int batches = 0; batches < 3; batches++) {
      try (SourceReader reader = bench.open(SourceNumbers.query(source, ""))) {
        for (int i = 0; i < batches; i++) {
          assertThat(reader.loadNextBatch()).isTrue();
        }
      }
      bench.assertIdle();
    }
    assertThat(bench.count(SourceNumbers.query(source, ""))).isEqualTo(SourceNumbers.ROWS);
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
    try (SourceReader reader =
        bench.open(SourceQuery.whole(source, slow, SourceNumbers.COLUMNS), cancellation)) {
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
                      SourceNumbers.COLUMNS)))
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

  @Test
  void aConnectionLostInTheMiddle() throws Exception {
    Source source = numbers.source("postgres");
    String sql =
        "SELECT CASE WHEN n = 250000 THEN"
            + " n + pg_terminate_backend(pg_backend_pid())::int ELSE n END FROM t";
    try (SourceReader reader = bench.open(SourceQuery.whole(source, sql, SourceNumbers.COLUMNS))) {
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
        SourceQuery.whole(
            anew, "SELECT 1::bigint FROM (SELECT pg_sleep(60)) s", SourceNumbers.COLUMNS);
    AuspexException error = catchThrowableOfType(AuspexException.class, () -> bench.count(slow));
    assertThat(error)
        .hasMessageContaining("The source again refused a query")
        .hasMessageContaining("statement timeout");
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
    Source source = numbers.source("postgres");
    try (Connection connection = bench.connections().borrow(source);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP ROLE IF EXISTS only_reader");
      statement.execute("CREATE ROLE only_reader LOGIN");
      statement.execute("GRANT SELECT ON t TO only_reader");
    }
    Source asReader = SourceServers.source("ro", source.url(), "only_reader", Map.of());
    assertThat(bench.count(SourceNumbers.query(asReader, ""))).isEqualTo(SourceNumbers.ROWS);
  }
}
