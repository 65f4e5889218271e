package io.auspex.jdbc;

import java.sql.SQLException;
import java.util.Calendar;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.util.ArrayImpl;
import org.apache.calcite.avatica.util.Cursor;

/** A cursor whose accessors read the value at the current row, wherever rows come from. */
abstract sealed class Rows implements Cursor permits ArrowRows, ListRows {
  private boolean wasNull;

  /** The value, as {@link VectorReader} gives values. */
  abstract Object value(int column) throws SQLException;

  final Object read(int column) throws SQLException {
    Object value = value(column);
    wasNull = value == null;
    return value;
  }

  @Override
  public final boolean wasNull() {
    return wasNull;
  }

  @Override
  public final List<Accessor> createAccessors(
      List<ColumnMetaData> columns, Calendar calendar, ArrayImpl.Factory factory) {
    return IntStream.range(0, columns.size())
        .<Accessor>mapToObj(column -> new ValueAccessor(this, column))
        .toList();
  }
}
