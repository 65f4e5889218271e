package io.auspex.jdbc;

import io.auspex.catalog.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Rows already at hand: what metadata calls answer. */
final class ListRows extends Rows {
  private final List<Object[]> rows;
  private int current = -1;

  private ListRows(List<Object[]> rows) {
    this.rows = rows;
  }

  /** A result set of them that belongs to no statement. */
  static ResultSet resultSet(List<Column> columns, List<Object[]> rows) throws SQLException {
    return new AuspexResultSet(null, columns, new ListRows(rows), closed -> {});
  }

  @Override
  public boolean next() {
    current = Math.min(current + 1, rows.size());
    return current < rows.size();
  }

  @Override
  Object value(int column) throws SQLException {
    if (current < 0 || current >= rows.size()) {
      throw Failures.notOnRow();
    }
    return rows.get(current)[column];
  }

  @Override
  public void close() {}
}
