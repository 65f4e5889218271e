package io.auspex.jdbc;

import io.auspex.catalog.Column;
import io.auspex.catalog.ErrorCode;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A value of a LIST or an ARRAY, printed as DuckDB prints it. It stays valid after its row. */
record ArrayValue(String elementType, List<Object> values) implements Array {
  ArrayValue {
    values = Collections.unmodifiableList(values);
  }

  @Override
  public String getBaseTypeName() {
    return elementType;
  }

  @Override
  public int getBaseType() {
    return JdbcType.of(elementType).code();
  }

  @Override
  public Object getArray() {
    return values.stream().map(Conversions::toObject).toArray();
  }

  @Override
  public Object getArray(long index, int count) throws SQLException {
    return slice(index, count).stream().map(Conversions::toObject).toArray();
  }

  @Override
  public ResultSet getResultSet() throws SQLException {
    return getResultSet(1, values.size());
  }

  @Override
  public ResultSet getResultSet(long index, int count) throws SQLException {
    List<Object> part = slice(index, count);
    List<Object[]> rows =
        IntStream.range(0, part.size())
            .mapToObj(i -> new Object[] {index + i, part.get(i)})
            .toList();
    return ListRows.resultSet(
        List.of(new Column("INDEX", "BIGINT"), new Column("VALUE", elementType)), rows);
  }

  private List<Object> slice(long index, int count) throws SQLException {
    if (index < 1 || count < 0 || index - 1 + count > values.size()) {
      throw Failures.of(
          ErrorCode.ROW_VALUE,
          "The array has %d elements; %d from number %d on were asked for."
              .formatted(values.size(), count, index));
    }
    return values.subList((int) index - 1, (int) index - 1 + count);
  }

  @Override
  public Object getArray(Map<String, Class<?>> map) throws SQLException {
    refuse(map);
    return getArray();
  }

  @Override
  public Object getArray(long index, int count, Map<String, Class<?>> map) throws SQLException {
    refuse(map);
    return getArray(index, count);
  }

  @Override
  public ResultSet getResultSet(Map<String, Class<?>> map) throws SQLException {
    refuse(map);
    return getResultSet();
  }

  @Override
  public ResultSet getResultSet(long index, int count, Map<String, Class<?>> map)
      throws SQLException {
    refuse(map);
    return getResultSet(index, count);
  }

  private static void refuse(Map<String, Class<?>> map) throws SQLException {
    if (map != null && !map.isEmpty()) {
      throw Failures.unsupported("A type map", "Read the array without one.");
    }
  }

  @Override
  public void free() {}

  @Override
  public String toString() {
    return Text.list(values);
  }
}
