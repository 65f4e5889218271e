package io.auspex.catalog;

import java.util.List;

/**
 * A model's input tensor.
 *
 * @param name its name in the graph
 * @param type its elements
 * @param shape its dimensions, the batch dimension first; −1 where dynamic
 * @param features the columns it takes, in order: one for {@code [N]} and {@code [N,1]}, F for
 *     {@code [N,F]}; empty where the model does not name them
 * @param axis which dimension of the graph's own tensor is the batch dimension; the others keep
 *     their order
 */
public record Input(
    String name, ElementType type, List<Long> shape, List<String> features, int axis) {
  public Input {
    shape = List.copyOf(shape);
    features = List.copyOf(features);
  }

  /** Of a tensor whose first dimension counts the rows. */
  public Input(String name, ElementType type, List<Long> shape, List<String> features) {
    this(name, type, shape, features, 0);
  }

  /**
   * The DuckDB type of each column it takes: its elements' where they are named one by one,
   * otherwise that of an array of a row's values, nested as the tensor is.
   */
  public String columnType() {
    return takesArray() ? type.arrayOf(rowShape()) : type.sqlType();
  }

  /** Whether it takes one column of arrays, rather than a column a value. */
  public boolean takesArray() {
    return features.isEmpty() || rowShape().size() > 1;
  }

  /** The dimensions of a row's values: all but the first. */
  public List<Long> rowShape() {
    return shape.subList(Math.min(1, shape.size()), shape.size());
  }

  /**
   * The same input with its columns named: one a value of a matrix's row, whose open width becomes
   * their number, or else one array column.
   */
  public Input taking(List<String> columns) {
    List<Long> known = shape.size() == 2 ? List.of(shape.get(0), (long) columns.size()) : shape;
    return new Input(name, type, known, columns, axis);
  }

  /**
   * How many values of a row it takes: the product of the dimensions after the first; −1 if
   * dynamic.
   */
  public long width() {
    long width = 1;
    for (int i = 1; i < shape.size(); i++) {
      if (shape.get(i) < 0) {
        return -1;
      }
      width *= shape.get(i);
    }
    return width;
  }
}
