package io.auspex.sql.bind;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;

/** Rows, and what their columns are called. */
record Source(RelNode rows, Scope scope) {

  /** A query's rows under a table's name. */
  static Source of(RelNode rows, List<String> table) {
    return new Source(rows, Scope.of(table, rows.getRowType().getFieldNames()));
  }

  /** The same with more columns, which only the table {@code name} has. */
  Source with(String name, List<RexNode> columns, List<String> names) {
    if (columns.isEmpty()) {
      return this;
    }
    List<Scope.Column> added = new ArrayList<>();
    for (String column : names) {
      added.add(new Scope.Column(column, width() + added.size()));
    }
    List<Scope.Table> tables = new ArrayList<>(scope.tables());
    tables.add(new Scope.Table(List.of(name), added));
    RelNode wider = Projections.with(rows, columns, names);
    return new Source(wider, new Scope(tables, scope.visible()));
  }

  int width() {
    return rows.getRowType().getFieldCount();
  }
}
