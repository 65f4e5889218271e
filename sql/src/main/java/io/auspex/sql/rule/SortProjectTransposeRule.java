package io.auspex.sql.rule;

import io.auspex.catalog.OptimizerRule;
import io.auspex.sql.rel.Predict;
import io.auspex.sql.rel.Verbatim;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * Takes the first rows before projecting a prediction, by columns that the projection only passes
 * on; {@link SortPredictTransposeRule} may then take them before predicting.
 *
 * <pre>
 * Sort(month, fetch=10)
 *   Project(month, late_risk * 100)
 *     Predict
 * </pre>
 *
 * becomes
 *
 * <pre>
 * Project(month, late_risk * 100)
 *   Sort(month, fetch=10)
 *     Predict
 * </pre>
 */
final class SortProjectTransposeRule extends RelRule<RulePattern> {
  static final SortProjectTransposeRule INSTANCE =
      (SortProjectTransposeRule)
          new RulePattern(
                  OptimizerRule.SORT_PROJECT_TRANSPOSE,
                  sort ->
                      sort.operand(LogicalSort.class)
                          .predicate(found -> found.fetch != null || found.offset != null)
                          .oneInput(
                              project ->
                                  project
                                      .operand(LogicalProject.class)
                                      .oneInput(
                                          predict -> predict.operand(Predict.class).anyInputs())),
                  SortProjectTransposeRule::new)
              .toRule();

  private SortProjectTransposeRule(RulePattern pattern) {
    super(pattern);
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    LogicalSort sort = call.rel(0);
    LogicalProject project = call.rel(1);
    List<RexNode> expressions = project.getProjects();
    List<RelFieldCollation> keys = sort.getCollation().getFieldCollations();
    boolean arePassed =
        keys.stream().allMatch(key -> expressions.get(key.getFieldIndex()) instanceof RexInputRef);
    if (!arePassed || expressions.stream().anyMatch(Verbatim::hasWindow)) {
      return;
    }
    RelCollation below =
        RelCollations.of(
            keys.stream()
                .map(
                    key ->
                        key.withFieldIndex(
                            ((RexInputRef) expressions.get(key.getFieldIndex())).getIndex()))
                .toList());
    RelNode sorted = LogicalSort.create(project.getInput(), below, sort.offset, sort.fetch);
    call.transformTo(project.copy(project.getTraitSet(), List.of(sorted)));
  }
}
