package io.auspex.sql.rule;

import io.auspex.catalog.OptimizerRule;
import io.auspex.sql.rel.SourceQuery;
import io.auspex.sql.rel.Verbatim;
import io.auspex.sql.source.SourceOperations;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/**
 * Takes the first rows in a source. What takes them above stays, since a stream has no order.
 *
 * <pre>
 * Sort(day, fetch=10, offset=5)
 *   SourceQuery(t)
 * </pre>
 *
 * becomes
 *
 * <pre>
 * Sort(day, fetch=10, offset=5)
 *   SourceQuery(t ORDER BY day LIMIT 15)
 * </pre>
 */
final class SourceSortRule extends RelRule<RulePattern> {
  static final SourceSortRule INSTANCE =
      (SourceSortRule)
          new RulePattern(
                  OptimizerRule.SOURCE_SORT,
                  sort ->
                      sort.operand(LogicalSort.class)
                          .predicate(found -> found.fetch instanceof RexLiteral)
                          .oneInput(input -> input.operand(RelNode.class).anyInputs()),
                  SourceSortRule::new)
              .toRule();

  private SourceSortRule(RulePattern pattern) {
    super(pattern);
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    LogicalSort sort = call.rel(0);
    RelNode input = call.rel(1);
    boolean isProjected =
        input instanceof LogicalProject project
            && project.getProjects().stream().noneMatch(Verbatim::hasWindow);
    RelNode below = isProjected ? ((Project) input).getInput().stripped() : input;
    boolean isKnown = sort.offset == null || sort.offset instanceof RexLiteral;
    if (!(below instanceof SourceQuery query) || !query.origin().pushdown() || !isKnown) {
      return;
    }
    List<RelFieldCollation> keys = sort.getCollation().getFieldCollations();
    if (isProjected) {
      List<RexNode> values = ((Project) input).getProjects();
      if (!keys.stream().allMatch(k -> values.get(k.getFieldIndex()) instanceof RexInputRef)) {
        return;
      }
      keys =
          keys.stream()
              .map(k -> k.withFieldIndex(((RexInputRef) values.get(k.getFieldIndex())).getIndex()))
              .toList();
    }
    SourceOperations operations = new SourceOperations(query.origin().system());
    boolean haveOrder =
        operations.canTake()
            && keys.stream()
                .allMatch(k -> operations.hasOrder(query.columns().get(k.getFieldIndex())));
    BigDecimal rows = count(sort.fetch).add(count(sort.offset));
    if (!haveOrder || isTaken(query.plan(), rows) || renames(query.plan())) {
      return;
    }
    RexNode fetch = sort.getCluster().getRexBuilder().makeExactLiteral(rows, sort.fetch.getType());
    RelNode taken = LogicalSort.create(query.plan(), RelCollations.of(keys), null, fetch);
    long estimate = query.rows() < 0 ? rows.longValue() : Math.min(query.rows(), rows.longValue());
    RelNode made = query.with(taken, query.columns(), estimate);
    RelNode read = isProjected ? input.copy(input.getTraitSet(), List.of(made)) : made;
    call.transformTo(sort.copy(sort.getTraitSet(), List.of(read)));
  }

  /** Whether columns are called otherwise than below: ORDER BY might mean either. */
  private static boolean renames(RelNode plan) {
    if (!(plan instanceof Project project)) {
      return false;
    }
    List<String> below = project.getInput().getRowType().getFieldNames();
    List<String> names = project.getRowType().getFieldNames();
    for (int i = 0; i < names.size(); i++) {
      boolean isSame =
          project.getProjects().get(i) instanceof RexInputRef ref
              && below.get(ref.getIndex()).equals(names.get(i));
      if (!isSame && below.contains(names.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether no more rows come anyway. */
  private static boolean isTaken(RelNode plan, BigDecimal rows) {
    RelNode node = plan;
    while (node instanceof Project project) {
      node = project.getInput();
    }
    return node instanceof LogicalSort sort
        && sort.fetch != null
        && count(sort.fetch).compareTo(rows) <= 0;
  }

  private static BigDecimal count(RexNode literal) {
    return literal == null ? BigDecimal.ZERO : ((RexLiteral) literal).getValueAs(BigDecimal.class);
  }
}
