package io.auspex.sql.rule;

import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.rel.Predict;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.domain.Domain;
import io.auspex.udf.domain.Domains;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Aggregate.Group;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * Has a model computed without what it has for rows that do not reach it, as far as the filters
 * below it tell: branches of trees, entries of look-ups, steps that are constant. Where a feature
 * is then not looked at, {@link FieldTrimmer} leaves it out. Of the rows that reach it, the model
 * gives what it gave.
 *
 * <pre>
 * Predict(features=[age, city], splits=900)
 *   Filter(age &lt; 30 AND city = 'Delphi')
 *     input
 * </pre>
 *
 * becomes
 *
 * <pre>
 * Predict(features=[age], splits=212, known: age at most 29, city one text)
 *   Filter(age &lt; 30 AND city = 'Delphi')
 *     input
 * </pre>
 *
 * <p>To be run when no rule moves filters any more. What a table's statistics say is another
 * matter: {@link StatisticsPrune}.
 */
final class ModelPrune {
  private final Function<RelNode, List<String>> types;
  private final PlanningContext context;
  private final ModelInsight models;

  /**
   * @param types the types DuckDB gives a plan's columns
   */
  ModelPrune(Function<RelNode, List<String>> types, PlanningContext context, ModelInsight models) {
    this.types = types;
    this.context = context;
    this.models = models;
  }

  /** The plan, itself where nothing changes. */
  RelNode pruned(RelNode node) {
    List<RelNode> inputs = node.getInputs().stream().map(this::pruned).toList();
    RelNode rebuilt =
        inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    if (rebuilt instanceof Predict predict) {
      Domains domains = domains(predict);
      return !domains.isEmpty() && models.isSimpler(predict, domains)
          ? predict.within(domains, predict.getInput())
          : predict;
    }
    return rebuilt;
  }

  private Domains domains(Predict predict) {
    Map<Integer, List<Restriction>> restrictions = new HashMap<>();
    for (Feature feature : predict.features()) {
      List<Restriction> found = restrictions(predict.getInput(), feature.column());
      if (!found.isEmpty()) {
        restrictions.put(feature.column(), found);
      }
    }
    if (restrictions.isEmpty()) {
      return Domains.NONE;
    }
    List<String> columns = types.apply(predict.getInput());
    Domains.Builder domains = new Domains.Builder();
    for (Feature feature : predict.features()) {
      List<Restriction> found = restrictions.getOrDefault(feature.column(), List.of());
      String type = columns.get(feature.column());
      boolean isUsable =
          !found.isEmpty()
              && !feature.isArray()
              && (!type.equals("VARCHAR") || isBinary(predict.getInput(), feature.column()));
      if (isUsable) {
        Optional<Domain> domain = FeatureDomain.of(found, type, feature.input().type());
        domain.ifPresent(known -> domains.add(feature.input(), feature.slot(), known));
      }
    }
    return domains.build();
  }

  /** Whether texts of a column are equal only if they are the same: no collation is about. */
  private boolean isBinary(RelNode plan, int ordinal) {
    return Lineage.of(plan, ordinal)
        .filter(origin -> !context.keys(origin.table()).collates())
        .isPresent();
  }

  /** What the filters below say of a column's values. */
  private static List<Restriction> restrictions(RelNode plan, int ordinal) {
    List<Restriction> found = new ArrayList<>();
    RelNode node = plan.stripped();
    int column = ordinal;
    while (true) {
      if (node instanceof Filter filter) {
        for (RexNode conjunct : Conditions.conjuncts(filter.getCondition())) {
          if (isOf(conjunct, column)) {
            Restriction.of((RexCall) conjunct).ifPresent(found::add);
          }
        }
      }
      Optional<Integer> below =
          node instanceof Aggregate aggregate && aggregate.getGroupType() != Group.SIMPLE
              ? Optional.empty()
              : Lineage.below(node, column);
      Optional<JoinSide> side =
          node instanceof LogicalJoin join ? preserved(join, column) : Optional.empty();
      if (below.isPresent()) {
        node = node.getInput(0).stripped();
        column = below.get();
      } else if (side.isPresent()) {
        node = side.get().input();
        column -= side.get().offset();
      } else {
        return found;
      }
    }
  }

  private static Optional<JoinSide> preserved(LogicalJoin join, int column) {
    return JoinSide.of(join).stream()
        .filter(side -> side.has(column) && side.isPreserved())
        .findFirst();
  }

  /** Whether a conjunct reads a column, once, and nothing else. */
  private static boolean isOf(RexNode conjunct, int column) {
    return conjunct instanceof RexCall call
        && call.getOperands().size() == 1
        && call.getOperands().get(0) instanceof RexInputRef ref
        && ref.getIndex() == column;
  }
}
