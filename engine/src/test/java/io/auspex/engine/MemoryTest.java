package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scoring takes the memory that DuckDB is allowed, and beside it an amount that does not grow with
 * the rows. Each run has a JVM of its own, whose memory the system measures.
 */
class MemoryTest {
  private static final long MB = 1 << 20;
  private static final long DUCKDB_LIMIT = 1000 * 1000 * 1000;
  private static final long BESIDE_DUCKDB = 768 * MB;
  private static final double GROWTH = 1.3;

  /** All of the heap from the start, or the garbage in it would look like growth. */
  private static final List<String> FULL_HEAP =
      List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");

  @TempDir private Path folder;

  @BeforeAll
  static void onLinux() {
    assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "needs Linux's /proc");
  }

  /**
   * @param peak the most physical memory that the process had
   * @param beside the most of it that was not DuckDB's, as sampled
   * @param heap the most that Java's heap had in use
   * @param batches the most that batches took
   */
  private record Usage(long rows, double seconds, long peak, long beside, long heap, long batches) {

    static Usage parse(String line) {
      String[] parts = line.split(" ");
      return new Usage(
          Long.parseLong(parts[0]),
          Double.parseDouble(parts[1]),
          Long.parseLong(parts[2]),
          Long.parseLong(parts[3]),
          Long.parseLong(parts[4]),
          Long.parseLong(parts[5]));
    }

    @Override
    public String toString() {
      return "%,d rows in %.1f s (%,.0f rows/s): peak %d MB, beside DuckDB %d MB, heap %d MB, batches %d MB"
          .formatted(
              rows, seconds, rows / seconds, peak / MB, beside / MB, heap / MB, batches / MB);
    }
  }

  /** Makes a table, scores it into another, and tells what memory that took. */
  static final class Scorer {
    private static final int COLUMNS = 20;

    private Scorer() {}

    public static void main(String[] arguments) throws Exception {
      Path file = Path.of(arguments[0]);
      String model = arguments[1];
      long rows = Long.parseLong(arguments[2]);
      try (Workbench bench = Workbench.at(file)) {
        bench.run("SET memory_limit = '1GB'");
        bench.create(model, "FEATURES (" + columns("f%d") + ")");
        bench.run("SELECT setseed(0.5)");
        bench.run(
            "CREATE TABLE features AS SELECT "
                + columns("(random() - 0.5)::FLOAT AS f%d")
                + " FROM range("
                + rows
                + ") r(i)");
        bench.run("CHECKPOINT");
        score(bench, model, rows);
      }
    }

    private static void score(Workbench bench, String model, long rows) throws Exception {
      Meter meter = new Meter(bench);
      long start = System.nanoTime();
      bench.run(
          "CREATE TABLE scores AS SELECT * FROM PREDICT(MODEL " + model + ", TABLE features)");
      double seconds = (System.nanoTime() - start) / 1e9;
      meter.end();
      System.out.printf(
          "usage %d %.3f %d %d %d %d%n",
          bench.number("SELECT count(*) FROM scores"),
          seconds,
          residentPeak(),
          meter.beside,
          heapPeak(),
          bench.warehouse().peakMemory());
    }

    private static String columns(String format) {
      return IntStream.range(0, COLUMNS)
          .mapToObj(format::formatted)
          .collect(Collectors.joining(", "));
    }
  }

  /** Looks again and again at what the process has that DuckDB did not ask for. */
  private static final class Meter extends Thread {
    private static final int EVERY_MILLIS = 100;

    private final Session session;
    private volatile boolean ended;
    private long beside;

    Meter(Workbench bench) {
      session = bench.warehouse().newSession();
      start();
    }

    @Override
    public void run() {
      try {
        while (!ended) {
          long duckdb =
              Workbench.number(
                  session, "SELECT sum(memory_usage_bytes)::BIGINT FROM duckdb_memory()");
          beside = Math.max(beside, status("VmRSS:") - duckdb);
          Thread.sleep(EVERY_MILLIS);
        }
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    void end() throws InterruptedException {
      ended = true;
      join();
      session.close();
    }
  }

  private static long residentPeak() throws IOException {
    return status("VmHWM:");
  }

  /** A line of the process's own status, in bytes. */
  private static long status(String name) throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(each -> each.startsWith(name))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
  }

  private static long heapPeak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(java.lang.management.MemoryUsage::getUsed)
        .sum();
  }

  private Usage score(String model, long rows) throws Exception {
    Path file = folder.resolve(model + rows + ".db");
    try (ChildJvm child = ChildJvm.start(Scorer.class, FULL_HEAP, Map.of(), file, model, rows)) {
      Usage usage = Usage.parse(child.await("usage "));
      assertThat(child.exitCode()).isZero();
      assertThat(usage.rows()).isEqualTo(rows);
      return usage;
    }
  }

  private static void assertBounded(Usage usage) {
    assertThat(usage.peak()).as(usage.toString()).isLessThan(DUCKDB_LIMIT + BESIDE_DUCKDB);
  }

  @Test
  @Timeout(120)
  void aSmallTable() throws Exception {
    Usage usage = score("mlp", 200_000);
    System.out.println("mlp: " + usage);
    assertBounded(usage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "lightgbm_regressor"})
  @Tag("full")
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void doesNotGrowWithTheRows(String model) throws Exception {
    Usage few = score(model, 1_000_000);
    Usage many = score(model, 20_000_000);
    System.out.println(model + ": " + few + "\n" + model + ": " + many);
    assertBounded(few);
    assertBounded(many);
    assertThat((double) many.beside() / few.beside()).as("%s%n%s", few, many).isLessThan(GROWTH);
    assertThat((double) many.batches() / few.batches()).as("%s%n%s", few, many).isLessThan(GROWTH);
  }
}
