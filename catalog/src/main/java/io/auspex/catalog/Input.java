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
 */
public record Input(String name, ElementType type, List<Long> shape, List<String> features) {
  public Input {
    shape = List.copyOf(shape);
    features = List.copyOf(features);
  }

  /**
   * The DuckDB type of each column it takes: its elements' where they are named one by one,
   * otherwise that of an array of a row's values.
   */
  public String columnType() {
    if (!features.isEmpty()) {
      return type.sqlType();
    }
    return type.sqlType() + "[" + (width() < 0 ? "" : width()) + "]";
  }

  /** The same input with its columns named; an open width becomes their number. */
  public Input taking(List<String> columns) {
    List<Long> known = shape.size() < 2 ? shape : List.of(shape.get(0), (long) columns.size());
    return new Input(name, type, known, columns);
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
