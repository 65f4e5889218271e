package io.auspex.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What a PostgreSQL does before each run, lest one run leave work to the next: its tables dropped,
 * its pages written.
 *
 * @param server null where there is nothing to do; closed with this
 */
record Before(Connection server, List<String> statements) implements Timing.Work, AutoCloseable {

  static Before of(Job job) throws SQLException {
    Connection server =
        job.server().isEmpty() ? null : DriverManager.getConnection(job.server(), "postgres", "");
    return new Before(server, server == null ? List.of() : job.before());
  }

  @Override
  public void run() throws SQLException {
    for (String sql : statements) {
      try (Statement statement = server.createStatement()) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    if (server != null) {
      server.close();
    }
  }
}
