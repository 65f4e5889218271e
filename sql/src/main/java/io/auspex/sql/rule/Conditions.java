package io.auspex.sql.rule;

import io.auspex.sql.rel.Calls;
import io.auspex.sql.rel.PredictFunction;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/** What rules ask of expressions. */
final class Conditions {
  private Conditions() {}

  /** The columns an expression reads. */
  static ImmutableBitSet reads(RexNode expression) {
    return RelOptUtil.InputFinder.bits(expression);
  }

  /** The expression with its columns moved. */
  static RexNode moved(RexNode expression, IntUnaryOperator ordinals) {
    return expression.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return new RexInputRef(ordinals.applyAsInt(ref.getIndex()), ref.getType());
          }
        });
  }

  static boolean hasPredict(RexNode expression) {
    return Calls.any(expression, call -> call.getOperator() instanceof PredictFunction);
  }

  static List<RexNode> conjuncts(RexNode condition) {
    return RelOptUtil.conjunctions(condition);
  }

  /** The conjuncts of a condition: those for which the predicate holds, and the others. */
  static Map<Boolean, List<RexNode>> split(RexNode condition, Predicate<RexNode> predicate) {
    return conjuncts(condition).stream().collect(Collectors.partitioningBy(predicate));
  }

  static RexNode and(RexBuilder rex, List<RexNode> conjuncts) {
    return RexUtil.composeConjunction(rex, conjuncts);
  }
}
