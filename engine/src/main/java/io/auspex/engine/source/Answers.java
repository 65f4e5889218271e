package io.auspex.engine.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What a source answers to questions of a few rows, such as those about its catalog. */
public final class Answers {
  private Answers() {}

  /** Reads one row. */
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** The answer's rows, in order. */
  public static <T> List<T> list(
      Connection connection, Row<T> row, String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<T> read = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          read.add(row.read(rows));
        }
      }
      return read;
    }
  }

  /** The first column of the answer's rows. */
  static List<String> texts(Connection connection, String sql, Object... parameters)
      throws SQLException {
    return list(connection, row -> row.getString(1), sql, parameters);
  }

  /** Rows of a schema, a table's name, and whether it is a view. */
  static List<SourceTable.Listed> tables(Connection connection, String sql) throws SQLException {
    return list(
        connection,
        row -> new SourceTable.Listed(row.getString(1), row.getString(2), row.getBoolean(3)),
        sql);
  }
}
