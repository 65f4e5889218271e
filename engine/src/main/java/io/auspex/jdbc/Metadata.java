package io.auspex.jdbc;

import io.auspex.catalog.Column;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What DuckDB answers about itself: short lists, read whole so that they occupy no connection. */
record Metadata(List<Column> columns, List<Object[]> rows) {

  static Metadata of(AuspexConnection connection, String sql, Object... parameters)
      throws SQLException {
    return connection.locked(
        session -> {
          try (PreparedStatement query = session.warehouseConnection().prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
              query.setObject(i + 1, parameters[i]);
            }
            try (ResultSet answer = query.executeQuery()) {
              return read(answer);
            }
          }
        });
  }

  private static Metadata read(ResultSet answer) throws SQLException {
    ResultSetMetaData metadata = answer.getMetaData();
    List<Column> columns = new ArrayList<>();
    for (int i = 1; i <= metadata.getColumnCount(); i++) {
      columns.add(new Column(metadata.getColumnLabel(i), metadata.getColumnTypeName(i)));
    }
    List<Object[]> rows = new ArrayList<>();
    while (answer.next()) {
      Object[] row = new Object[columns.size()];
      for (int i = 0; i < row.length; i++) {
        Object value = answer.getObject(i + 1);
        row[i] = value instanceof Byte || value instanceof Short ? answer.getInt(i + 1) : value;
      }
      rows.add(row);
    }
    return new Metadata(columns, rows);
  }

  /** No rows, of columns given as {@code name TYPE}. */
  static ResultSet empty(String... columns) throws SQLException {
    List<Column> described = new ArrayList<>();
    for (String column : columns) {
      String[] parts = column.split(" ");
      described.add(new Column(parts[0], parts.length > 1 ? parts[1] : "VARCHAR"));
    }
    return ListRows.resultSet(described, List.of());
  }

  /** The first value of the first row, or null. */
  String text() {
    return rows.isEmpty() ? null : (String) rows.get(0)[0];
  }

  /** The first column, with commas between. */
  String joined() {
    List<String> values = new ArrayList<>();
    rows.forEach(row -> values.add((String) row[0]));
    return String.join(",", values);
  }

  /** Adds rows at the end. */
  Metadata and(List<Object[]> others) {
    rows.addAll(others);
    return this;
  }

  /** Changes every row in place. */
  Metadata map(UnaryOperator<Object[]> change) {
    rows.replaceAll(change);
    return this;
  }

  ResultSet resultSet() throws SQLException {
    return ListRows.resultSet(columns, rows);
  }
}
