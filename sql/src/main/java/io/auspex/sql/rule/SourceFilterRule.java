package io.auspex.sql.rule;

import io.auspex.catalog.OptimizerRule;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.rel.SourceQuery;
import io.auspex.sql.rel.Types;
import io.auspex.sql.source.SourceExpressions;
import io.auspex.sql.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/**
 * Filters in a source, by the conditions that mean the same there. One that is only wider there,
 * such as equality of texts whose case does not count, stays above, too.
 *
 * <pre>
 * Filter(age &gt; 30 AND name = 'x' AND f(y))
 *   SourceQuery(t)
 * </pre>
 *
 * becomes
 *
 * <pre>
 * Filter(name = 'x' AND f(y))
 *   SourceQuery(t WHERE age &gt; 30 AND name = 'x')
 * </pre>
 */
final class SourceFilterRule extends RelRule<RulePattern> {
  private static final double EQUAL = 0.1;
  private static final double OTHER = 0.4;

  private final PlanningContext context;

  private SourceFilterRule(RulePattern pattern, PlanningContext context) {
    super(pattern);
    this.context = context;
  }

  static SourceFilterRule of(PlanningContext context) {
    return (SourceFilterRule)
        new RulePattern(
                OptimizerRule.SOURCE_FILTER,
                filter ->
                    filter
                        .operand(LogicalFilter.class)
                        .oneInput(
                            query ->
                                query
                                    .operand(SourceQuery.class)
                                    .predicate(found -> found.origin().pushdown())
                                    .noInputs()),
                pattern -> new SourceFilterRule(pattern, context))
            .toRule();
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    LogicalFilter filter = call.rel(0);
    SourceQuery query = call.rel(1);
    RexBuilder rex = filter.getCluster().getRexBuilder();
    SourceExpressions expressions = expressions(query, context);
    List<RexNode> above = new ArrayList<>();
    List<RexNode> inside = new ArrayList<>();
    List<String> wider = new ArrayList<>();
    double rows = Math.max(0, query.rows());
    for (RexNode conjunct : Conditions.conjuncts(filter.getCondition())) {
      Optional<SourceText> text = expressions.condition(conjunct);
      boolean isExact = text.filter(SourceText::isExact).isPresent();
      if (!isExact) {
        above.add(conjunct);
      }
      Optional<SourceText> news = text.filter(found -> !query.knows(key(found, query)));
      if (news.isPresent()) {
        inside.add(news.get().expression(rex, true));
        rows *= news.get().text().contains(" = ") ? EQUAL : OTHER;
        if (!isExact) {
          wider.add(key(news.get(), query));
        }
      }
    }
    if (inside.isEmpty()) {
      return;
    }
    RelNode filtered = LogicalFilter.create(query.plan(), Conditions.and(rex, inside));
    long estimate = query.rows() < 0 ? -1 : Math.round(Math.ceil(rows));
    SourceQuery made = query.with(filtered, query.columns(), estimate);
    for (String known : wider) {
      made = made.told(known);
    }
    call.transformTo(
        above.isEmpty() ? made : LogicalFilter.create(made, Conditions.and(rex, above)));
  }

  static SourceExpressions expressions(SourceQuery query, PlanningContext context) {
    return new SourceExpressions(
        context,
        query.origin().system(),
        query.columns(),
        Types.any(query.getCluster().getTypeFactory()));
  }

  /** The condition by the names of its columns, whose places may change. */
  private static String key(SourceText text, SourceQuery query) {
    return text.text()
        + text.columns().stream().map(column -> query.columns().get(column).name()).toList();
  }
}
