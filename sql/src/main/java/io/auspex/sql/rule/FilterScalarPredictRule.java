package io.auspex.sql.rule;

import io.auspex.catalog.OptimizerRule;
import io.auspex.sql.rel.Predict;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/**
 * Makes the node of the scalar form in a condition.
 *
 * <pre>
 * Filter(PREDICT(MODEL m, a) &gt; 0.5)
 *   input(id, a)
 * </pre>
 *
 * becomes
 *
 * <pre>
 * Project(id, a)
 *   Filter(prediction &gt; 0.5)
 *     Predict(m)
 *       input(id, a)
 * </pre>
 */
final class FilterScalarPredictRule extends RelRule<RulePattern> {
  private final FeatureBinder binder;

  private FilterScalarPredictRule(RulePattern pattern, FeatureBinder binder) {
    super(pattern);
    this.binder = binder;
  }

  static FilterScalarPredictRule of(FeatureBinder binder) {
    return (FilterScalarPredictRule)
        new RulePattern(
                OptimizerRule.FILTER_SCALAR_PREDICT,
                filter ->
                    filter
                        .operand(LogicalFilter.class)
                        .predicate(found -> Conditions.hasPredict(found.getCondition()))
                        .anyInputs(),
                pattern -> new FilterScalarPredictRule(pattern, binder))
            .toRule();
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    LogicalFilter filter = call.rel(0);
    ScalarPredict.innermost(filter.getInput(), List.of(filter.getCondition()))
        .ifPresent(scalar -> call.transformTo(filtered(filter, scalar)));
  }

  private RelNode filtered(LogicalFilter filter, ScalarPredict scalar) {
    Predict predict = scalar.predict(binder);
    RelNode filtered = LogicalFilter.create(predict, scalar.rewritten(filter.getCondition()));
    RexBuilder rex = filter.getCluster().getRexBuilder();
    List<RexNode> columns =
        IntStream.range(0, filter.getRowType().getFieldCount())
            .<RexNode>mapToObj(i -> rex.makeInputRef(predict, i))
            .toList();
    return LogicalProject.create(
        filtered, List.of(), columns, filter.getRowType().getFieldNames(), Set.of());
  }
}
