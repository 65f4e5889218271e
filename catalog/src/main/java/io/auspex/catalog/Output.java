package io.auspex.catalog;

import java.util.List;
import java.util.Optional;

/**
 * A model's output, as a column.
 *
 * @param name its name in the graph
 * @param column the column's name
 * @param type its elements
 * @param shape its dimensions, the batch dimension first; −1 where dynamic
 * @param keyType the type of the keys where the output is a sequence of maps (ZipMap)
 */
public record Output(
    String name, String column, ElementType type, List<Long> shape, Optional<ElementType> keyType) {
  public Output {
    shape = List.copyOf(shape);
  }

  /** The same output under another column name. */
  public Output as(String otherColumn) {
    return new Output(name, otherColumn, type, shape, keyType);
  }

  /** The DuckDB type of the column. */
  public String sqlType() {
    if (keyType.isPresent()) {
      return "MAP(" + keyType.get().sqlType() + ", " + type.sqlType() + ")";
    }
    StringBuilder sql = new StringBuilder(type.sqlType());
    if (isScalar()) {
      return sql.toString();
    }
    // DuckDB writes the innermost dimension first.
    for (int i = shape.size() - 1; i >= 1; i--) {
      sql.append('[').append(shape.get(i) < 0 ? "" : shape.get(i).toString()).append(']');
    }
    return sql.toString();
  }

  /** Whether a row's prediction is one value: {@code [N]} or {@code [N,1]}, no map. */
  public boolean isScalar() {
    return keyType.isEmpty() && (shape.size() <= 1 || (shape.size() == 2 && shape.get(1) == 1L));
  }
}
