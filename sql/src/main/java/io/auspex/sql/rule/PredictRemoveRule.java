package io.auspex.sql.rule;

import io.auspex.catalog.OptimizerRule;
import io.auspex.sql.rel.Predict;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/**
 * Removes a prediction of which no output is left.
 *
 * <pre>
 * Predict(passing=[a, b], outputs=[])
 *   input
 * </pre>
 *
 * becomes
 *
 * <pre>
 * Project(a, b)
 *   input
 * </pre>
 */
final class PredictRemoveRule extends RelRule<RulePattern> {
  static final PredictRemoveRule INSTANCE =
      (PredictRemoveRule)
          new RulePattern(
                  OptimizerRule.PREDICT_REMOVE,
                  predict ->
                      predict
                          .operand(Predict.class)
                          .predicate(found -> found.outputs().isEmpty())
                          .anyInputs(),
                  PredictRemoveRule::new)
              .toRule();

  private PredictRemoveRule(RulePattern pattern) {
    super(pattern);
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    Predict predict = call.rel(0);
    RelNode input = predict.getInput();
    RexBuilder rex = predict.getCluster().getRexBuilder();
    List<RexNode> columns =
        predict.passing().stream()
            .<RexNode>map(ordinal -> rex.makeInputRef(input, ordinal))
            .toList();
    call.transformTo(
        LogicalProject.create(
            input, List.of(), columns, predict.getRowType().getFieldNames(), Set.of()));
  }
}
