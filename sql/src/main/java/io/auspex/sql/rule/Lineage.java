package io.auspex.sql.rule;

import io.auspex.sql.lexer.Tokens;
import io.auspex.sql.rel.Predict;
import io.auspex.sql.rel.Relation;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexInputRef;

/**
 * Where the values of a plan's column come from: each of them is one of a table's column, and none
 * is a NULL that a join made.
 */
record Lineage(TableScan scan, String column) {

  /** The origin of a column, if it is one of a table. */
  static Optional<Lineage> of(RelNode plan, int ordinal) {
    RelNode node = plan.stripped();
    if (node instanceof TableScan scan) {
      return table(scan)
          .map(table -> new Lineage(scan, scan.getRowType().getFieldNames().get(ordinal)));
    }
    return below(node, ordinal).flatMap(below -> of(node.getInput(0), below));
  }

  /** The column of a node's only input that a column of its rows is. */
  static Optional<Integer> below(RelNode node, int ordinal) {
    if (node instanceof Filter || node instanceof Sort) {
      return Optional.of(ordinal);
    } else if (node instanceof Project project) {
      return project.getProjects().get(ordinal) instanceof RexInputRef ref
          ? Optional.of(ref.getIndex())
          : Optional.empty();
    } else if (node instanceof Predict predict) {
      return ordinal < predict.passing().size()
          ? Optional.of(predict.passing().get(ordinal))
          : Optional.empty();
    } else if (node instanceof Aggregate aggregate) {
      return ordinal < aggregate.getGroupCount()
          ? Optional.of(aggregate.getGroupSet().nth(ordinal))
          : Optional.empty();
    }
    return Optional.empty();
  }

  /** Whether it is a table's column, rather than a view's. */
  boolean isOfTable() {
    return scan.getTable().unwrapOrThrow(Relation.class).rows() >= 0;
  }

  /** The qualified name of the table. */
  List<String> table() {
    return table(scan).orElseThrow();
  }

  /** The qualified name of what is scanned; empty where it is a query's text. */
  static Optional<List<String>> table(TableScan scan) {
    String sql = scan.getTable().unwrapOrThrow(Relation.class).sql().sql();
    Tokens tokens = Tokens.of(sql);
    return sql.startsWith("\"") && tokens.size() == 5
        ? Optional.of(List.of(tokens.name(0), tokens.name(2), tokens.name(4)))
        : Optional.empty();
  }

  /** The table of which a plan has every row, if it is one. */
  static Optional<List<String>> wholeTable(RelNode plan) {
    RelNode node = plan.stripped();
    return node instanceof TableScan scan ? table(scan) : Optional.empty();
  }
}
