package io.auspex.sql.rule;

import io.auspex.catalog.OptimizerRule;
import io.auspex.sql.context.RemoteColumn;
import io.auspex.sql.rel.SourceQuery;
import io.auspex.sql.rel.Types;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/** Chooses and names columns in a source where nothing is computed of them. */
final class SourceProjectRule extends RelRule<RulePattern> {
  static final SourceProjectRule INSTANCE =
      (SourceProjectRule)
          new RulePattern(
                  OptimizerRule.SOURCE_PROJECT,
                  project ->
                      project
                          .operand(LogicalProject.class)
                          .predicate(SourceProjectRule::onlyChooses)
                          .oneInput(query -> query.operand(SourceQuery.class).noInputs()),
                  SourceProjectRule::new)
              .toRule();

  private SourceProjectRule(RulePattern pattern) {
    super(pattern);
  }

  private static boolean onlyChooses(LogicalProject project) {
    return project.getProjects().stream().allMatch(RexInputRef.class::isInstance);
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    LogicalProject project = call.rel(0);
    SourceQuery query = call.rel(1);
    List<Integer> columns =
        project.getProjects().stream().map(column -> ((RexInputRef) column).getIndex()).toList();
    List<String> names = project.getRowType().getFieldNames();
    // A sorted query would be sorted by what it calls so.
    if (!isSorted(query.plan()) || names.equals(names(query, columns))) {
      call.transformTo(chosen(query, columns, names));
    }
  }

  private static boolean isSorted(RelNode plan) {
    return plan instanceof Sort || plan instanceof Project && isSorted(plan.getInput(0));
  }

  private static List<String> names(SourceQuery query, List<Integer> columns) {
    return columns.stream().map(i -> query.columns().get(i).name()).toList();
  }

  /** The query with these of its columns. */
  static SourceQuery chosen(SourceQuery query, List<Integer> columns) {
    return chosen(query, columns, names(query, columns));
  }

  /** The query with these of its columns, under these names. */
  static SourceQuery chosen(SourceQuery query, List<Integer> columns, List<String> names) {
    List<RemoteColumn> chosen =
        IntStream.range(0, names.size())
            .mapToObj(i -> query.columns().get(columns.get(i)).named(names.get(i)))
            .toList();
    RelNode below = query.plan();
    List<RexNode> values =
        columns.stream()
            .<RexNode>map(i -> new RexInputRef(i, Types.any(query.getCluster().getTypeFactory())))
            .toList();
    if (below instanceof LogicalProject project) {
      values = columns.stream().map(project.getProjects()::get).toList();
      below = project.getInput();
    }
    RelNode made = LogicalProject.create(below, List.of(), values, names, Set.of());
    return query.with(made, chosen, query.rows());
  }
}
