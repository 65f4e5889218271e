package io.auspex.engine.random;

import java.util.List;

/** The columns that an expression may name. */
record Scope(List<Column> columns) {
  /** What an expression is. */
  enum Type {
    INT,
    NUM,
    TEXT,
    BOOL
  }

  /** A column as it is named. */
  record Column(String sql, Type type) {}

  static Scope of(List<Column> columns) {
    return new Scope(columns);
  }

  List<Column> ofType(Type type) {
    return columns.stream().filter(column -> column.type() == type).toList();
  }
}
