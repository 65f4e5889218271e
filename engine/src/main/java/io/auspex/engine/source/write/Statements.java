package io.auspex.engine.source.write;

import io.auspex.engine.source.Answers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** SQL that is run in a source beside the rows. */
final class Statements {
  private Statements() {}

  static long run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(sql) ? 0 : Math.max(0, statement.getLargeUpdateCount());
    } catch (UnsupportedOperationException e) {
      // A driver that does not count in longs.
      return 0;
    }
  }

  static void runAll(Connection connection, List<String> statements) throws SQLException {
    for (String sql : statements) {
      run(connection, sql);
    }
  }

  static <T> List<T> list(
      Connection connection, Answers.Row<T> row, String sql, Object... parameters)
      throws SQLException {
    return Answers.list(connection, row, sql, parameters);
  }

  static boolean has(Connection connection, String sql, Object... parameters) throws SQLException {
    return !list(connection, row -> true, sql, parameters).isEmpty();
  }
}
