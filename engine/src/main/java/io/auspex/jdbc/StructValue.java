package io.auspex.jdbc;

import java.sql.SQLException;
import java.sql.Struct;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of a STRUCT, printed as DuckDB prints it.
 *
 * @param named whether its fields have names; a {@code row(1, 2)} has none
 */
record StructValue(String typeName, List<String> names, List<Object> values, boolean named)
    implements Struct {
  StructValue {
    names = List.copyOf(names);
    values = Collections.unmodifiableList(values);
  }

  /** Its fields by name, in order. */
  Map<String, Object> asMap() {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      fields.put(names.get(i), Conversions.toObject(values.get(i)));
    }
    return fields;
  }

  @Override
  public String getSQLTypeName() {
    return typeName;
  }

  @Override
  public Object[] getAttributes() {
    return values.stream().map(Conversions::toObject).toArray();
  }

  @Override
  public Object[] getAttributes(Map<String, Class<?>> map) throws SQLException {
    if (map != null && !map.isEmpty()) {
      throw Failures.unsupported("A type map", "Read the attributes without one.");
    }
    return getAttributes();
  }

  @Override
  public String toString() {
    return Text.struct(names, values, named);
  }
}
