package io.auspex.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A PostgreSQL of the benchmark's own. Arguments: the folder of its data, which is made where it is
 * missing, and its settings as {@code name=value}. It says {@code {"port": n}} in a line, then runs
 * each line of its input as a statement and says {@code {"value": the first of the result}} or
 * {@code {"error": why}}. The server stops with the end of the input.
 */
public final class Server {
  private Server() {}

  /** Fails where the server cannot start. */
  public static void main(String[] arguments) throws Exception {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(Path.of(arguments[0]))
            .setCleanDataDirectory(false);
    for (int i = 1; i < arguments.length; i++) {
      String[] setting = arguments[i].split("=", 2);
      builder.setServerConfig(setting[0], setting[1]);
    }
    try (EmbeddedPostgres server = builder.start();
        Connection connection = server.getPostgresDatabase().getConnection()) {
      say(Job.result().put("port", server.getPort()));
      serve(connection);
    }
  }

  private static void serve(Connection connection) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String sql = lines.readLine(); sql != null; sql = lines.readLine()) {
      try {
        say(Job.result().put("value", value(connection, sql)));
      } catch (SQLException failed) {
        say(Job.failure(failed));
      }
    }
  }

  /** The first column of the first row, as text; null where there is none. */
  private static String value(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return null;
      }
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next() ? rows.getString(1) : null;
      }
    }
  }

  private static void say(ObjectNode line) {
    System.out.println(line);
  }
}
