package io.auspex.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Properties;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBResultSet;

/**
 * What scoring cannot do without, each alone: reading the features out of DuckDB as Arrow batches,
 * computing the model over batches that lie in memory, writing as many rows as there are scores.
 * Arguments: the job's JSON file, and where the result goes. The result has a {@link Timing} for
 * {@code scan}, {@code kernel} and {@code copy}.
 */
public final class Limit {
  private static final int SCAN_ROWS = 8192;

  private Limit() {}

  /** Writes the result, a failure too; fails only where that cannot be done. */
  public static void main(String[] arguments) throws Exception {
    Job.run(arguments, Limit::measure);
  }

  static ObjectNode measure(Job job) throws Exception {
    ObjectNode result = Job.result();
    Properties streaming = new Properties();
    streaming.setProperty("jdbc_stream_results", "true");
    try (BufferAllocator allocator = new RootAllocator();
        Connection warehouse =
            DriverManager.getConnection("jdbc:duckdb:" + job.database(), streaming);
        Statement statement = warehouse.createStatement()) {
      statement.execute("SET threads = " + job.threads());
      String scan = "SELECT " + String.join(", ", job.features()) + " FROM " + job.table();
      long[] rows = new long[1];
      Timing.of(() -> rows[0] = scan(statement, scan, allocator), job)
          .putInto(result.putObject("scan"));
      try (Kernel kernel = Kernel.over(job, statement, scan, allocator)) {
        Timing.of(() -> kernel.compute(rows[0]), job).putInto(result.putObject("kernel"));
      }
      String copy =
          "CREATE OR REPLACE TABLE copied AS SELECT id, "
              + job.features().get(0)
              + " AS p FROM "
              + job.table();
      Timing.of(() -> statement.execute(copy), job).putInto(result.putObject("copy"));
      statement.execute("DROP TABLE copied");
      return result.put("rows", rows[0]);
    }
  }

  /** Reads all batches and keeps none; returns how many rows they had. */
  private static long scan(Statement statement, String sql, BufferAllocator allocator)
      throws Exception {
    long rows = 0;
    try (DuckDBResultSet result = (DuckDBResultSet) statement.executeQuery(sql);
        ArrowReader reader = (ArrowReader) result.arrowExportStream(allocator, SCAN_ROWS)) {
      while (reader.loadNextBatch()) {
        rows += reader.getVectorSchemaRoot().getRowCount();
      }
    }
    return rows;
  }
}
