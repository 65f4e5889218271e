package io.auspex.sql.rule;

import io.auspex.catalog.Names;
import io.auspex.catalog.OptimizerRule;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.context.RemoteColumn;
import io.auspex.sql.rel.SourceQuery;
import io.auspex.sql.rel.Types;
import io.auspex.sql.rel.Verbatim;
import io.auspex.sql.source.SourceExpressions;
import io.auspex.sql.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * Joins two queries of one source there, where some of their columns must be equal. What else an
 * inner join asks for may stay above it.
 *
 * <pre>
 * Join(a.id = b.id)
 *   SourceQuery(a)
 *   SourceQuery(b)
 * </pre>
 *
 * becomes
 *
 * <pre>
 * SourceQuery(a JOIN b ON a.id = b.id)
 * </pre>
 */
final class SourceJoinRule extends RelRule<RulePattern> {
  private static final Set<JoinRelType> TYPES =
      Set.of(JoinRelType.INNER, JoinRelType.LEFT, JoinRelType.RIGHT);
  private static final String EQUALITY = "(" + Verbatim.HOLE + " = " + Verbatim.HOLE + ")";

  private final PlanningContext context;

  private SourceJoinRule(RulePattern pattern, PlanningContext context) {
    super(pattern);
    this.context = context;
  }

  static SourceJoinRule of(PlanningContext context) {
    return (SourceJoinRule)
        new RulePattern(
                OptimizerRule.SOURCE_JOIN,
                join ->
                    join.operand(LogicalJoin.class)
                        .predicate(found -> TYPES.contains(found.getJoinType()))
                        .inputs(
                            left -> left.operand(SourceQuery.class).noInputs(),
                            right -> right.operand(SourceQuery.class).noInputs()),
                pattern -> new SourceJoinRule(pattern, context))
            .toRule();
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    LogicalJoin join = call.rel(0);
    SourceQuery left = call.rel(1);
    SourceQuery right = call.rel(2);
    if (!left.origin().equals(right.origin()) || !left.origin().pushdown()) {
      return;
    }
    List<RemoteColumn> columns = columns(left, right, join);
    SourceExpressions expressions =
        new SourceExpressions(
            context,
            left.origin().system(),
            columns,
            Types.any(join.getCluster().getTypeFactory()));
    RexBuilder rex = join.getCluster().getRexBuilder();
    List<RexNode> inside = new ArrayList<>();
    List<RexNode> above = new ArrayList<>();
    boolean hasKeys = false;
    for (RexNode conjunct : Conditions.conjuncts(join.getCondition())) {
      Optional<SourceText> text = expressions.condition(conjunct).filter(SourceText::isExact);
      text.ifPresentOrElse(
          found -> inside.add(found.expression(rex, true)), () -> above.add(conjunct));
      hasKeys |= text.filter(found -> isKey(found, left.columns().size())).isPresent();
    }
    if (!hasKeys || join.getJoinType() != JoinRelType.INNER && !above.isEmpty()) {
      return;
    }
    RelNode joined =
        LogicalJoin.create(
            left.plan(),
            right.plan(),
            List.of(),
            Conditions.and(rex, inside),
            Set.of(),
            join.getJoinType());
    List<RexNode> all =
        IntStream.range(0, columns.size())
            .<RexNode>mapToObj(i -> new RexInputRef(i, Types.any(rex.getTypeFactory())))
            .toList();
    RelNode named =
        LogicalProject.create(
            joined, List.of(), all, columns.stream().map(RemoteColumn::name).toList(), Set.of());
    long rows = left.rows() < 0 || right.rows() < 0 ? -1 : Math.max(left.rows(), right.rows());
    RelNode made = left.with(named, columns, rows);
    call.transformTo(
        above.isEmpty() ? made : LogicalFilter.create(made, Conditions.and(rex, above)));
  }

  /** Whether it says that a column of one side equals one of the other. */
  private static boolean isKey(SourceText text, int width) {
    return text.text().equals(EQUALITY)
        && text.columns().get(0) < width != text.columns().get(1) < width;
  }

  /** Those of both, under different names; an outer join makes NULLs. */
  private static List<RemoteColumn> columns(SourceQuery left, SourceQuery right, LogicalJoin join) {
    List<String> taken = new ArrayList<>();
    List<RemoteColumn> columns = new ArrayList<>();
    Stream.concat(left.columns().stream(), right.columns().stream())
        .forEach(
            column -> {
              String name = Names.unused(column.name(), taken);
              taken.add(name);
              boolean isNullable = column.nullable() || join.getJoinType() != JoinRelType.INNER;
              columns.add(
                  new RemoteColumn(
                      name, column.type(), column.nativeType(), isNullable, column.collation()));
            });
    return columns;
  }
}
