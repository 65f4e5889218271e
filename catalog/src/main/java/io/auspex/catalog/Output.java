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
 * @param axis which dimension of the graph's own tensor is the batch dimension; the others keep
 *     their order
 * @param element which of a row's values the column has, counted from 0; −1 for all of them
 */
public record Output(
    String name,
    String column,
    ElementType type,
    List<Long> shape,
    Optional<ElementType> keyType,
    int axis,
    int element) {
  public Output {
    shape = List.copyOf(shape);
  }

  /** With all of a row's values. */
  public Output(
      String name,
      String column,
      ElementType type,
      List<Long> shape,
      Optional<ElementType> keyType,
      int axis) {
    this(name, column, type, shape, keyType, axis, -1);
  }

  /** Of a tensor whose first dimension counts the rows. */
  public Output(
      String name,
      String column,
      ElementType type,
      List<Long> shape,
      Optional<ElementType> keyType) {
    this(name, column, type, shape, keyType, 0);
  }

  /** The same output under another column name. */
  public Output as(String otherColumn) {
    return new Output(name, otherColumn, type, shape, keyType, axis, element);
  }

  /** One value of the array that a row's prediction is, as a column of its own. */
  public Output part(int of) {
    String part = column + "_" + (of + 1);
    return new Output(name, part, type, shape.subList(0, 1), Optional.empty(), axis, of);
  }

  /** The DuckDB type of the column. */
  public String sqlType() {
    if (keyType.isPresent()) {
      return "MAP(" + keyType.get().sqlType() + ", " + type.sqlType() + ")";
    }
    return isScalar() ? type.sqlType() : type.arrayOf(rowShape());
  }

  /** The dimensions of a row's values: all but the first. */
  public List<Long> rowShape() {
    return shape.subList(Math.min(1, shape.size()), shape.size());
  }

  /** Whether a row's prediction is one value: {@code [N]} or {@code [N,1]}, no map. */
  public boolean isScalar() {
    return keyType.isEmpty() && (shape.size() <= 1 || (shape.size() == 2 && shape.get(1) == 1L));
  }
}
