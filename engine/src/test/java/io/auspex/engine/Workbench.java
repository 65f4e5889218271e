package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.udf.predict.Cancellation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;

/** A warehouse with one session, and the proof that what ran there has left nothing behind. */
final class Workbench implements AutoCloseable {
  private static final Duration ENDS_SOON = Duration.ofSeconds(3);

  private final Warehouse warehouse;
  private final Session session;

  private Workbench(String path, Map<String, String> options) {
    NativeAccess.open();
    this.warehouse = Warehouse.open(path, options);
    this.session = warehouse.newSession();
  }

  static Workbench inMemory() {
    return new Workbench("", Map.of());
  }

  static Workbench at(Path file) {
    return new Workbench(file.toString(), Map.of());
  }

  static Workbench at(Path file, Map<String, String> options) {
    return new Workbench(file.toString(), options);
  }

  /** The file of a model of the tests. */
  static Path model(String name) {
    return Path.of(System.getProperty("auspex.root"))
        .resolve("udf/src/test/resources/models/" + name + ".onnx");
  }

  Warehouse warehouse() {
    return warehouse;
  }

  Session session() {
    return session;
  }

  /** Makes a model of the tests known under its own name. */
  Workbench create(String model, String clauses) {
    return run("CREATE MODEL " + model + " FROM '" + model(model) + "' " + clauses);
  }

  /** Runs statements to their ends. */
  Workbench run(String... statements) {
    for (String statement : statements) {
      drain(session, statement, ExecuteOptions.plain());
    }
    return this;
  }

  /** The rows of a statement, each a list of values. */
  List<List<Object>> rows(String sql) {
    return rows(session, sql, ExecuteOptions.plain());
  }

  static List<List<Object>> rows(Session session, String sql) {
    return rows(session, sql, ExecuteOptions.plain());
  }

  static List<List<Object>> rows(Session session, String sql, ExecuteOptions options) {
    List<List<Object>> rows = new ArrayList<>();
    try (Result result = session.execute(sql, List.of(), options)) {
      while (result.hasRows() && result.nextBatch()) {
        for (int row = 0; row < result.root().getRowCount(); row++) {
          List<Object> values = new ArrayList<>();
          for (FieldVector column : result.root().getFieldVectors()) {
            values.add(column.getObject(row));
          }
          rows.add(values);
        }
      }
    }
    return rows;
  }

  /** Runs a statement to its end; its rows are thrown away. */
  static long drain(Session session, String sql, ExecuteOptions options) {
    long rows = 0;
    try (Result result = session.execute(sql, List.of(), options)) {
      while (result.hasRows() && result.nextBatch()) {
        rows += result.root().getRowCount();
      }
      return result.hasRows() ? rows : result.updateCount();
    }
  }

  /** The only number of the only row. */
  long number(String sql) {
    return number(session, sql);
  }

  static long number(Session session, String sql) {
    List<List<Object>> rows = rows(session, sql);
    assertThat(rows).as(sql).hasSize(1);
    return ((Number) rows.get(0).get(0)).longValue();
  }

  static ExecuteOptions cancelledBy(Cancellation cancellation) {
    return new ExecuteOptions(Optional.empty(), cancellation);
  }

  static ExecuteOptions within(Duration timeout) {
    return new ExecuteOptions(Optional.of(timeout), new Cancellation());
  }

  /**
   * Proves that no batch is in memory, no worker busy, and no connection open but those of the
   * sessions and the warehouse's own.
   */
  void assertIdle(int sessions) {
    assertThat(warehouse.allocatedMemory()).as("bytes of batches").isZero();
    assertThat(number("SELECT count FROM duckdb_connection_count()"))
        .as("DuckDB's connections")
        .isEqualTo(1 + sessions);
    long deadline = System.nanoTime() + ENDS_SOON.toNanos();
    while (warehouse.workers().busy() > 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(warehouse.workers().busy()).as("busy workers").isZero();
  }

  void assertIdle() {
    assertIdle(1);
  }

  /** Proves that a warehouse that is closed, or did not open, has left no thread. */
  static void assertNoThreads() {
    long deadline = System.nanoTime() + ENDS_SOON.toNanos();
    while (threads() > 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(threads()).as("threads").isZero();
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.isAlive() && thread.getName().startsWith("auspex-"))
        .count();
  }

  @Override
  public void close() {
    try (Warehouse last = warehouse;
        Session first = session) {
      // Closed in reverse. A warehouse fails to close where native memory is left.
    }
  }
}
