package io.auspex.sql.rule;

import io.auspex.catalog.OptimizerRule;
import io.auspex.sql.rel.Predict;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/**
 * Filters before predicting, by the conditions that read no output.
 *
 * <pre>
 * Filter(late_risk &gt; 0.5 AND month = 10)
 *   Predict(outputs=[late_risk])
 *     input
 * </pre>
 *
 * becomes
 *
 * <pre>
 * Filter(late_risk &gt; 0.5)
 *   Predict(outputs=[late_risk])
 *     Filter(month = 10)
 *       input
 * </pre>
 */
final class FilterPredictTransposeRule extends RelRule<RulePattern> {
  static final FilterPredictTransposeRule INSTANCE =
      (FilterPredictTransposeRule)
          new RulePattern(
                  OptimizerRule.FILTER_PREDICT_TRANSPOSE,
                  filter ->
                      filter
                          .operand(LogicalFilter.class)
                          .oneInput(predict -> predict.operand(Predict.class).anyInputs()),
                  FilterPredictTransposeRule::new)
              .toRule();

  private FilterPredictTransposeRule(RulePattern pattern) {
    super(pattern);
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    LogicalFilter filter = call.rel(0);
    Predict predict = call.rel(1);
    Map<Boolean, List<RexNode>> conjuncts =
        Conditions.split(filter.getCondition(), conjunct -> readsPassing(conjunct, predict));
    if (conjuncts.get(true).isEmpty()) {
      return;
    }
    RexBuilder rex = filter.getCluster().getRexBuilder();
    RexNode below =
        Conditions.moved(
            Conditions.and(rex, conjuncts.get(true)), ordinal -> predict.passing().get(ordinal));
    RelNode filtered = LogicalFilter.create(predict.getInput(), below);
    RelNode predicted = predict.copy(predict.getTraitSet(), List.of(filtered));
    call.transformTo(
        conjuncts.get(false).isEmpty()
            ? predicted
            : LogicalFilter.create(predicted, Conditions.and(rex, conjuncts.get(false))));
  }

  private static boolean readsPassing(RexNode conjunct, Predict predict) {
    return Conditions.reads(conjunct).length() <= predict.passing().size()
        && !Conditions.hasPredict(conjunct);
  }
}
