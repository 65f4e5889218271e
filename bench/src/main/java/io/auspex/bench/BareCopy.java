package io.auspex.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Sends a file of rows in PostgreSQL's binary format to a table, through the driver: what writing
 * there takes at least. Arguments: the job's JSON file, and where the result goes.
 */
public final class BareCopy {
  private static final int CHUNK = 1 << 18;

  private BareCopy() {}

  /** Writes the result, a failure too; fails only where that cannot be done. */
  public static void main(String[] arguments) throws Exception {
    Job.run(arguments, BareCopy::measure);
  }

  static ObjectNode measure(Job job) throws Exception {
    ObjectNode result = Job.result();
    try (Before before = Before.of(job)) {
      CopyManager copies = before.server().unwrap(PGConnection.class).getCopyAPI();
      Timing.of(before, () -> copy(copies, job), job).putInto(result);
    }
    return result;
  }

  private static void copy(CopyManager copies, Job job) throws SQLException, IOException {
    try (InputStream rows = Files.newInputStream(job.file())) {
      copies.copyIn(job.statement(), rows, CHUNK);
    }
  }
}
