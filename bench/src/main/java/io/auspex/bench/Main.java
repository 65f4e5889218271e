package io.auspex.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/**
 * Runs one statement several times through the JDBC driver, as a program would that has a warehouse
 * open. Arguments: the job's JSON file, and where the result goes.
 */
public final class Main {
  private Main() {}

  /** Writes the result, a failure too; fails only where that cannot be done. */
  public static void main(String[] arguments) throws Exception {
    Job.run(arguments, Main::measure);
  }

  static ObjectNode measure(Job job) throws Exception {
    ObjectNode result = Job.result();
    try (Connection warehouse = DriverManager.getConnection("jdbc:auspex:" + job.database());
        Statement statement = warehouse.createStatement();
        Before before = Before.of(job)) {
      for (String sql : job.setup()) {
        statement.execute(sql);
      }
      Timing.of(before, () -> statement.execute(job.statement()), job).putInto(result);
    }
    return result;
  }
}
