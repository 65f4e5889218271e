package io.auspex.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Questions that a connection is asked again and again. Each is prepared once and kept as long as
 * the connection, which frees it; DuckDB itself prepares it anew where its tables have changed
 * since. Texts must be few and constant: what varies goes in as a parameter. As thread-safe as the
 * connection.
 */
public final class Questions {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  public Questions(Connection connection) {
    this.connection = connection;
  }

  /** What a row becomes. */
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /**
   * The answer's rows, in order; the first question's statement may be asked within {@code row}.
   */
  public <T> List<T> ask(Row<T> row, String sql, Object... parameters) throws SQLException {
    // What is being asked is not kept meanwhile, so that one that failed is not asked again.
    PreparedStatement known = prepared.remove(sql);
    PreparedStatement statement = known == null ? connection.prepareStatement(sql) : known;
    try {
      List<T> answer = answer(statement, row, parameters);
      PreparedStatement other = prepared.put(sql, statement);
      if (other != null) {
        other.close();
      }
      return answer;
    } catch (SQLException | RuntimeException failure) {
      statement.close();
      throw failure;
    }
  }

  private <T> List<T> answer(PreparedStatement statement, Row<T> row, Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, bindable(parameters[i]));
    }
    try (ResultSet rows = statement.executeQuery()) {
      List<T> read = new ArrayList<>();
      while (rows.next()) {
        read.add(row.read(rows));
      }
      return read;
    }
  }

  /** A list of strings or of longs as an array of DuckDB's. */
  Object bindable(Object value) throws SQLException {
    if (value instanceof List<?> list) {
      boolean numbers = !list.isEmpty() && list.get(0) instanceof Long;
      return connection.createArrayOf(numbers ? "BIGINT" : "VARCHAR", list.toArray());
    }
    return value;
  }
}
