package io.auspex.sql.rule;

import io.auspex.catalog.OptimizerRule;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.context.RemoteColumn;
import io.auspex.sql.context.RemoteSystem;
import io.auspex.sql.rel.SourceQuery;
import io.auspex.sql.rel.Types;
import io.auspex.sql.rel.Verbatim;
import io.auspex.sql.rel.VerbatimAggregate;
import io.auspex.sql.source.SourceAggregate;
import io.auspex.sql.source.SourceExpressions;
import io.auspex.sql.source.SourceOperations;
import io.auspex.sql.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * Groups in a source, where the keys are equal there as here and the aggregates are the same.
 *
 * <pre>
 * Aggregate(group=day, sum(price))
 *   SourceQuery(t)
 * </pre>
 *
 * becomes
 *
 * <pre>
 * Project(day, CAST(s AS HUGEINT))
 *   SourceQuery(SELECT day, sum(price) AS s FROM t GROUP BY day)
 * </pre>
 */
final class SourceAggregateRule extends RelRule<RulePattern> {
  private static final int ROWS_A_GROUP = 10;

  private final PlanningContext context;

  private SourceAggregateRule(RulePattern pattern, PlanningContext context) {
    super(pattern);
    this.context = context;
  }

  static SourceAggregateRule of(PlanningContext context) {
    return (SourceAggregateRule)
        new RulePattern(
                OptimizerRule.SOURCE_AGGREGATE,
                aggregate ->
                    aggregate
                        .operand(LogicalAggregate.class)
                        .predicate(found -> found.getGroupType() == Aggregate.Group.SIMPLE)
                        .oneInput(input -> input.operand(RelNode.class).anyInputs()),
                pattern -> new SourceAggregateRule(pattern, context))
            .toRule();
  }

  /** What is grouped, in the source's SQL. */
  private record Grouped(SourceQuery query, List<SourceText> values, List<RemoteColumn> columns) {}

  @Override
  public void onMatch(RelOptRuleCall call) {
    LogicalAggregate aggregate = call.rel(0);
    grouped(call.rel(1))
        .filter(input -> input.query().origin().pushdown())
        .flatMap(input -> inSource(aggregate, input))
        .ifPresent(call::transformTo);
  }

  private Optional<Grouped> grouped(RelNode input) {
    if (input instanceof SourceQuery query) {
      List<SourceText> values = new ArrayList<>();
      for (int i = 0; i < query.columns().size(); i++) {
        values.add(SourceText.ofColumn(i, query.columns().get(i).type()));
      }
      return Optional.of(new Grouped(query, values, query.columns()));
    } else if (!(input instanceof LogicalProject project)
        || !(project.getInput().stripped() instanceof SourceQuery query)) {
      return Optional.empty();
    } else {
      SourceExpressions expressions = SourceFilterRule.expressions(query, context);
      List<SourceText> values = new ArrayList<>();
      List<RemoteColumn> columns = new ArrayList<>();
      for (RexNode value : project.getProjects()) {
        Optional<SourceText> text = expressions.value(value);
        if (text.isEmpty()) {
          return Optional.empty();
        }
        values.add(text.get());
        columns.add(column(value, text.get(), query));
      }
      return Optional.of(new Grouped(query, values, columns));
    }
  }

  /** What is computed is exact numbers, of as many digits there as here. */
  private static RemoteColumn column(RexNode value, SourceText text, SourceQuery query) {
    if (value instanceof RexInputRef ref) {
      return query.columns().get(ref.getIndex());
    }
    String there = text.type().replace("DECIMAL", "numeric");
    return new RemoteColumn("value", text.type(), there, true, Optional.empty());
  }

  private Optional<RelNode> inSource(LogicalAggregate aggregate, Grouped input) {
    SourceQuery query = input.query();
    RemoteSystem system = query.origin().system();
    SourceOperations operations = new SourceOperations(system);
    SourceExpressions expressions =
        new SourceExpressions(
            context, system, input.columns(), Types.any(aggregate.getCluster().getTypeFactory()));
    List<String> names = aggregate.getRowType().getFieldNames();
    List<RemoteColumn> columns = new ArrayList<>();
    for (int key : aggregate.getGroupSet()) {
      if (!input.values().get(key).isColumn()
          || !operations.hasEquality(input.columns().get(key))) {
        return Optional.empty();
      }
      columns.add(input.columns().get(key).named(names.get(columns.size())));
    }
    List<AggregateCall> calls = new ArrayList<>();
    List<String> types = new ArrayList<>();
    columns.forEach(column -> types.add(column.type()));
    for (AggregateCall call : aggregate.getAggCallList()) {
      Optional<SourceAggregate> there =
          expressions.aggregate(
              ((VerbatimAggregate) call.getAggregation()).call(), call.getArgList());
      if (there.isEmpty()) {
        return Optional.empty();
      }
      calls.add(called(call, there.get()));
      columns.add(there.get().column().named(names.get(columns.size())));
      types.add(there.get().type());
    }
    RelNode grouped =
        LogicalAggregate.create(projected(input), List.of(), aggregate.getGroupSet(), null, calls);
    long rows =
        aggregate.getGroupSet().isEmpty()
            ? 1
            : query.rows() < 0 ? -1 : Math.max(1, query.rows() / ROWS_A_GROUP);
    return Optional.of(cast(query.with(grouped, columns, rows), types));
  }

  private static AggregateCall called(AggregateCall call, SourceAggregate there) {
    return AggregateCall.create(
        new VerbatimAggregate(there.call().operator()),
        false,
        there.call().columns(),
        -1,
        call.getType(),
        call.getName());
  }

  private static RelNode projected(Grouped input) {
    RelNode below = input.query().plan();
    RexBuilder rex = below.getCluster().getRexBuilder();
    List<RexNode> values = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (SourceText value : input.values()) {
      values.add(
          value.isColumn()
              ? new RexInputRef(value.columns().get(0), Types.any(rex.getTypeFactory()))
              : value.expression(rex, false));
      names.add("v" + names.size());
    }
    boolean isIdentity =
        values.size() == below.getRowType().getFieldCount()
            && values.stream()
                .allMatch(v -> v instanceof RexInputRef r && r.getIndex() == values.indexOf(v));
    return isIdentity ? below : LogicalProject.create(below, List.of(), values, names, Set.of());
  }

  /** What DuckDB would have computed, in type too. */
  private static RelNode cast(SourceQuery query, List<String> types) {
    RexBuilder rex = query.getCluster().getRexBuilder();
    List<RexNode> values = new ArrayList<>();
    boolean isSame = true;
    for (int i = 0; i < types.size(); i++) {
      RexNode column = new RexInputRef(i, Types.any(rex.getTypeFactory()));
      boolean fits = query.columns().get(i).type().equals(types.get(i));
      isSame &= fits;
      Verbatim cast = Verbatim.call("CAST(", " AS " + types.get(i) + ")");
      values.add(
          fits ? column : rex.makeCall(Types.any(rex.getTypeFactory()), cast, List.of(column)));
    }
    return isSame
        ? query
        : LogicalProject.create(
            query, List.of(), values, query.getRowType().getFieldNames(), Set.of());
  }
}
