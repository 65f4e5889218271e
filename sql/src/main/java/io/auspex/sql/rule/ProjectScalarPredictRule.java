package io.auspex.sql.rule;

import io.auspex.catalog.OptimizerRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.logical.LogicalProject;

/**
 * Makes the node of the scalar form in a projection; equal calls share it.
 *
 * <pre>
 * Project(id, PREDICT(MODEL m, a, b + 1) * 100)
 *   input
 * </pre>
 *
 * becomes
 *
 * <pre>
 * Project(id, prediction * 100)
 *   Predict(m, passing=[id, a, b])
 *     Project(id, a, b, b + 1)
 *       input
 * </pre>
 */
final class ProjectScalarPredictRule extends RelRule<RulePattern> {
  private final FeatureBinder binder;

  private ProjectScalarPredictRule(RulePattern pattern, FeatureBinder binder) {
    super(pattern);
    this.binder = binder;
  }

  static ProjectScalarPredictRule of(FeatureBinder binder) {
    return (ProjectScalarPredictRule)
        new RulePattern(
                OptimizerRule.PROJECT_SCALAR_PREDICT,
                project ->
                    project
                        .operand(LogicalProject.class)
                        .predicate(p -> p.getProjects().stream().anyMatch(Conditions::hasPredict))
                        .anyInputs(),
                pattern -> new ProjectScalarPredictRule(pattern, binder))
            .toRule();
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    LogicalProject project = call.rel(0);
    ScalarPredict.innermost(project.getInput(), project.getProjects())
        .ifPresent(
            scalar ->
                call.transformTo(
                    LogicalProject.create(
                        scalar.predict(binder),
                        project.getHints(),
                        project.getProjects().stream().map(scalar::rewritten).toList(),
                        project.getRowType().getFieldNames(),
                        project.getVariablesSet())));
  }
}
