package io.auspex.sql.rule;

import io.auspex.sql.rel.Predict;
import io.auspex.sql.rel.Verbatim;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.util.ImmutableBitSet;

/** Follows expressions down a plan, to tell whether two of them have the same value in each row. */
final class Expansion {
  private Expansion() {}

  /**
   * An expression over a node's rows, as one over its input's rows.
   *
   * @return empty where it depends on more than one row, or on what the node itself makes
   */
  static Optional<RexNode> over(RelNode node, RexNode expression) {
    ImmutableBitSet reads = Conditions.reads(expression);
    if (node instanceof Filter || node instanceof Sort) {
      return Optional.of(expression);
    } else if (node instanceof Predict predict) {
      return reads.length() <= predict.passing().size()
          ? Optional.of(Conditions.moved(expression, predict.passing()::get))
          : Optional.empty();
    } else if (node instanceof Project project) {
      return reads.asList().stream().map(project.getProjects()::get).allMatch(Expansion::isOfRow)
          ? Optional.of(replaced(expression, project))
          : Optional.empty();
    }
    return Optional.empty();
  }

  /** Whether two expressions over a node's rows have the same value in each row. */
  static boolean areEqual(RelNode node, RexNode one, RexNode other) {
    if (one.equals(other)) {
      return isOfRow(one);
    } else if (node.getInputs().size() != 1) {
      return false;
    }
    Optional<RexNode> below = over(node, one);
    Optional<RexNode> otherBelow = over(node, other);
    return below.isPresent()
        && otherBelow.isPresent()
        && areEqual(node.getInput(0).stripped(), below.get(), otherBelow.get());
  }

  /** Whether an expression gives the same each time for a row; a query in it need not. */
  private static boolean isOfRow(RexNode expression) {
    return !Verbatim.hasWindow(expression) && !Verbatim.hasQuery(expression);
  }

  private static RexNode replaced(RexNode expression, Project project) {
    return expression.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return project.getProjects().get(ref.getIndex());
          }
        });
  }
}
