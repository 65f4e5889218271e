package io.auspex.sql.rule;

import io.auspex.catalog.OptimizerRule;
import io.auspex.sql.rel.Verbatim;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * Filters below a projection, by the conditions on columns that it only passes on. No expression is
 * computed twice for it, and none with a window over the rows is passed.
 *
 * <pre>
 * Filter(a = 1 AND b &gt; 2)
 *   Project(a, x + y AS b)
 *     input
 * </pre>
 *
 * becomes
 *
 * <pre>
 * Filter(b &gt; 2)
 *   Project(a, x + y AS b)
 *     Filter(a = 1)
 *       input
 * </pre>
 */
final class FilterProjectTransposeRule extends RelRule<RulePattern> {
  static final FilterProjectTransposeRule INSTANCE =
      (FilterProjectTransposeRule)
          new RulePattern(
                  OptimizerRule.FILTER_PROJECT_TRANSPOSE,
                  filter ->
                      filter
                          .operand(LogicalFilter.class)
                          .oneInput(project -> project.operand(LogicalProject.class).anyInputs()),
                  FilterProjectTransposeRule::new)
              .toRule();

  private FilterProjectTransposeRule(RulePattern pattern) {
    super(pattern);
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    LogicalFilter filter = call.rel(0);
    LogicalProject project = call.rel(1);
    if (project.getProjects().stream().anyMatch(Verbatim::hasWindow)) {
      return;
    }
    Map<Boolean, List<RexNode>> conjuncts =
        Conditions.split(filter.getCondition(), conjunct -> readsPassed(conjunct, project));
    if (conjuncts.get(true).isEmpty()) {
      return;
    }
    RexBuilder rex = filter.getCluster().getRexBuilder();
    RexNode below =
        Conditions.moved(
            Conditions.and(rex, conjuncts.get(true)),
            ordinal -> ((RexInputRef) project.getProjects().get(ordinal)).getIndex());
    RelNode projected =
        project.copy(
            project.getTraitSet(), List.of(LogicalFilter.create(project.getInput(), below)));
    call.transformTo(
        conjuncts.get(false).isEmpty()
            ? projected
            : LogicalFilter.create(projected, Conditions.and(rex, conjuncts.get(false))));
  }

  private static boolean readsPassed(RexNode conjunct, LogicalProject project) {
    return !Conditions.hasPredict(conjunct)
        && Conditions.reads(conjunct).asList().stream()
            .allMatch(ordinal -> project.getProjects().get(ordinal) instanceof RexInputRef);
  }
}
