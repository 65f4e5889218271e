package io.auspex.jdbc;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/** A value of a MAP: unmodifiable, in DuckDB's order, printed as DuckDB prints it. */
final class MapValue extends AbstractMap<Object, Object> {
  private final Map<Object, Object> entries;

  MapValue(Map<Object, Object> entries) {
    this.entries = Collections.unmodifiableMap(entries);
  }

  @Override
  public Set<Map.Entry<Object, Object>> entrySet() {
    return entries.entrySet();
  }

  @Override
  public String toString() {
    return Text.map(entries);
  }
}
