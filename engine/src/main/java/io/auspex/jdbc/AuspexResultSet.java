package io.auspex.jdbc;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Names;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.IntStream;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaResultSetMetaData;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.util.Cursor;

/** A forward-only result set over {@link Rows}. */
final class AuspexResultSet extends AvaticaResultSet {
  /** To be told that a result set was closed. */
  interface Listener {
    void closed(AuspexResultSet which) throws SQLException;
  }

  private final Listener listener;
  private boolean closed;

  /**
   * @param statement what it came from; null for metadata
   */
  AuspexResultSet(AvaticaStatement statement, List<Column> columns, Rows rows, Listener listener)
      throws SQLException {
    this(statement, signature(columns), rows, listener);
  }

  private AuspexResultSet(
      AvaticaStatement statement, Meta.Signature signature, Rows rows, Listener listener)
      throws SQLException {
    super(
        statement,
        null,
        signature,
        new AvaticaResultSetMetaData(statement, null, signature),
        TimeZone.getDefault(),
        null);
    this.listener = listener;
    execute2(rows, signature.columns);
  }

  static Meta.Signature signature(List<Column> columns) {
    List<ColumnMetaData> described =
        IntStream.range(0, columns.size()).mapToObj(i -> describe(i, columns.get(i))).toList();
    return new Meta.Signature(
        described, null, List.of(), null, Meta.CursorFactory.ARRAY, Meta.StatementType.SELECT);
  }

  private static ColumnMetaData describe(int ordinal, Column column) {
    JdbcType type = JdbcType.of(column.type());
    return new ColumnMetaData(
        ordinal,
        false,
        type.javaClass() == String.class,
        true,
        false,
        ResultSetMetaData.columnNullableUnknown,
        type.signed(),
        type.displaySize(),
        column.name(),
        column.name(),
        "",
        type.precision(),
        type.scale(),
        "",
        "",
        ColumnMetaData.scalar(type.code(), column.type(), ColumnMetaData.Rep.OBJECT),
        true,
        false,
        false,
        className(type.javaClass()));
  }

  private static String className(Class<?> type) {
    return type == byte[].class ? "[B" : type.getName();
  }

  @Override
  protected void checkOpen() throws SQLException {
    if (isClosed()) {
      throw Failures.closed("The result set");
    }
  }

  @Override
  public boolean next() throws SQLException {
    checkOpen();
    try {
      return super.next();
    } catch (RuntimeException e) {
      throw Failures.of(e);
    }
  }

  @Override
  public int findColumn(String label) throws SQLException {
    checkOpen();
    for (ColumnMetaData column : columnMetaDataList) {
      if (column.label.equalsIgnoreCase(label)) {
        return column.ordinal + 1;
      }
    }
    List<String> labels = columnMetaDataList.stream().map(column -> column.label).toList();
    throw Failures.of(
        ErrorCode.COLUMN_NOT_FOUND, label, "the result", Names.didYouMean(label, labels));
  }

  // Avatica's own know only some of the types.

  @Override
  public Object getObject(int column) throws SQLException {
    return accessor(column).getObject();
  }

  @Override
  public Object getObject(String label) throws SQLException {
    return getObject(findColumn(label));
  }

  private Cursor.Accessor accessor(int column) throws SQLException {
    checkOpen();
    if (column < 1 || column > accessorList.size()) {
      throw Failures.of(ErrorCode.COLUMN_NOT_FOUND, column, "the result", "");
    }
    return accessorList.get(column - 1);
  }

  /** Stops the query if it still runs, and frees what it holds. A second call does nothing. */
  @Override
  public void close() {
    if (isClosed()) {
      return;
    }
    closed = true;
    super.close();
    try {
      listener.closed(this);
    } catch (SQLException e) {
      throw new AuspexException(ErrorCode.INTERNAL_ERROR, e.getMessage()).causedBy(e);
    }
  }

  @Override
  public boolean isClosed() {
    return closed;
  }
}
