package io.auspex.sql.rule;

import io.auspex.catalog.OptimizerRule;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * Makes one projection of two, of which the lower only passes columns on, as queries in queries and
 * rules that move predictions leave it: others look for a prediction right below a projection.
 *
 * <pre>
 * Project(id, probabilities[2])
 *   Project(id, probabilities)
 *     input(a, id, probabilities)
 * </pre>
 *
 * becomes
 *
 * <pre>
 * Project(id, probabilities[2])
 *   input(a, id, probabilities)
 * </pre>
 */
final class ProjectMergeRule extends RelRule<RulePattern> {
  static final ProjectMergeRule INSTANCE =
      (ProjectMergeRule)
          new RulePattern(
                  OptimizerRule.PROJECT_MERGE,
                  above ->
                      above
                          .operand(LogicalProject.class)
                          .oneInput(
                              below ->
                                  below
                                      .operand(LogicalProject.class)
                                      .predicate(ProjectMergeRule::onlyPasses)
                                      .anyInputs()),
                  ProjectMergeRule::new)
              .toRule();

  private ProjectMergeRule(RulePattern pattern) {
    super(pattern);
  }

  private static boolean onlyPasses(LogicalProject project) {
    return project.getProjects().stream().allMatch(RexInputRef.class::isInstance);
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    LogicalProject above = call.rel(0);
    LogicalProject below = call.rel(1);
    List<RexNode> merged = RelOptUtil.pushPastProject(above.getProjects(), below);
    call.transformTo(
        LogicalProject.create(
            below.getInput(),
            above.getHints(),
            merged,
            above.getRowType().getFieldNames(),
            above.getVariablesSet()));
  }
}
