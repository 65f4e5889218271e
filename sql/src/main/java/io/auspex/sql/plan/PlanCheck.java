package io.auspex.sql.plan;

import io.auspex.catalog.Names;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.rel.OpaqueQuery;
import io.auspex.sql.rel.Predict;
import io.auspex.sql.rel.PredictFunction;
import io.auspex.sql.rel.SourceQuery;
import io.auspex.sql.rel.SourceScan;
import io.auspex.sql.rel.StreamScan;
import io.auspex.sql.rel.Verbatim;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalIntersect;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalMinus;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;

/**
 * Holds an optimized plan against the short list of what is known to come out as SQL of the same
 * meaning. All else is not understood.
 */
final class PlanCheck {
  private static final Set<Class<?>> NODES =
      Set.of(
          LogicalProject.class,
          LogicalFilter.class,
          LogicalJoin.class,
          LogicalAggregate.class,
          LogicalSort.class,
          LogicalUnion.class,
          LogicalIntersect.class,
          LogicalMinus.class,
          Predict.class,
          OpaqueQuery.class,
          SourceQuery.class,
          SourceScan.class,
          StreamScan.class);
  private static final Set<JoinRelType> JOINS =
      Set.of(JoinRelType.INNER, JoinRelType.LEFT, JoinRelType.RIGHT, JoinRelType.FULL);

  private PlanCheck() {}

  /** Throws {@link NotUnderstood} for what stands in the plan and not on the list. */
  static void check(RelNode node) {
    if (!(node instanceof TableScan) && !NODES.contains(node.getClass())) {
      throw new NotUnderstood("the operator " + node.getRelTypeName());
    }
    checkNames(node);
    node.accept(new Expressions());
    if (node instanceof Join join && !JOINS.contains(join.getJoinType())) {
      throw new NotUnderstood("the join " + join.getJoinType());
    } else if (node instanceof Aggregate aggregate) {
      checkKeys(aggregate.getInput(), aggregate.getGroupSet().asList());
    } else if (node instanceof Sort sort) {
      checkKeys(
          sort.getInput(),
          sort.getCollation().getFieldCollations().stream()
              .map(RelFieldCollation::getFieldIndex)
              .toList());
    }
    if (node instanceof Aggregate aggregate && aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
      throw new NotUnderstood("grouping sets");
    }
    node.getInputs().forEach(PlanCheck::check);
  }

  /** To DuckDB, names that differ in case only are the same; Calcite tells them apart. */
  private static void checkNames(RelNode node) {
    Set<String> names = new HashSet<>();
    for (String name : node.getRowType().getFieldNames()) {
      if (!names.add(Names.fold(name))) {
        throw new NotUnderstood("two columns " + Names.quote(name));
      }
    }
  }

  /** A constant to sort or group by would be printed as the ordinal of a column. */
  private static void checkKeys(RelNode input, List<Integer> keys) {
    if (input instanceof Project project) {
      for (int key : keys) {
        if (RelOptUtil.InputFinder.bits(project.getProjects().get(key)).isEmpty()) {
          throw new NotUnderstood("a constant to sort or group by");
        }
      }
    }
  }

  private static final class Expressions extends RexShuttle {
    @Override
    public RexNode visitCall(RexCall call) {
      boolean isKnown = call.getOperator() instanceof Verbatim || call.getKind() == SqlKind.AND;
      if (!isKnown) {
        throw new NotUnderstood(
            call.getOperator() instanceof PredictFunction
                ? "PREDICT of both sides in the condition of an outer join"
                : call.getOperator().getName());
      }
      return super.visitCall(call);
    }
  }
}
