package io.auspex.sql.rule;

import io.auspex.catalog.OptimizerRule;
import io.auspex.sql.rel.Predict;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalSort;

/**
 * Takes the first rows before predicting, where they are not the first by an output.
 *
 * <pre>
 * Sort(month, fetch=10)
 *   Predict
 *     input
 * </pre>
 *
 * becomes
 *
 * <pre>
 * Predict
 *   Sort(month, fetch=10)
 *     input
 * </pre>
 */
final class SortPredictTransposeRule extends RelRule<RulePattern> {
  static final SortPredictTransposeRule INSTANCE =
      (SortPredictTransposeRule)
          new RulePattern(
                  OptimizerRule.SORT_PREDICT_TRANSPOSE,
                  sort ->
                      sort.operand(LogicalSort.class)
                          .predicate(found -> found.fetch != null || found.offset != null)
                          .oneInput(predict -> predict.operand(Predict.class).anyInputs()),
                  SortPredictTransposeRule::new)
              .toRule();

  private SortPredictTransposeRule(RulePattern pattern) {
    super(pattern);
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    LogicalSort sort = call.rel(0);
    Predict predict = call.rel(1);
    List<RelFieldCollation> keys = sort.getCollation().getFieldCollations();
    if (keys.stream().anyMatch(key -> key.getFieldIndex() >= predict.passing().size())) {
      return;
    }
    RelCollation below =
        RelCollations.of(
            keys.stream()
                .map(key -> key.withFieldIndex(predict.passing().get(key.getFieldIndex())))
                .toList());
    RelNode sorted = LogicalSort.create(predict.getInput(), below, sort.offset, sort.fetch);
    call.transformTo(predict.copy(predict.getTraitSet(), List.of(sorted)));
  }
}
