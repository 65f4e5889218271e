package io.auspex.sql.rule;

import io.auspex.catalog.Names;
import io.auspex.catalog.OptimizerRule;
import io.auspex.catalog.Output;
import io.auspex.sql.rel.Predict;
import io.auspex.sql.rel.PredictedColumn;
import io.auspex.sql.rel.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/**
 * Computes the elements of an array that are read, where the array itself is not.
 *
 * <pre>
 * Project(id, probabilities[2])
 *   Predict(outputs=[probabilities])
 *     input
 * </pre>
 *
 * becomes
 *
 * <pre>
 * Project(id, probabilities)
 *   Predict(outputs=[the second of probabilities])
 *     input
 * </pre>
 *
 * <p>and likewise with a filter between the two.
 */
final class OutputPartRule extends RelRule<RulePattern> {
  private final boolean hasFilter;
  private final BiPredicate<Predict, List<PredictedColumn>> computes;

  private OutputPartRule(
      RulePattern pattern,
      boolean hasFilter,
      BiPredicate<Predict, List<PredictedColumn>> computes) {
    super(pattern);
    this.hasFilter = hasFilter;
    this.computes = computes;
  }

  /**
   * @param computes whether such outputs can be computed in place of a prediction's own
   */
  static OutputPartRule ofProject(BiPredicate<Predict, List<PredictedColumn>> computes) {
    return (OutputPartRule)
        new RulePattern(
                OptimizerRule.OUTPUT_PART,
                project ->
                    project
                        .operand(LogicalProject.class)
                        .oneInput(predict -> predict.operand(Predict.class).anyInputs()),
                pattern -> new OutputPartRule(pattern, false, computes))
            .toRule();
  }

  /** The same with a filter between the projection and the prediction. */
  static OutputPartRule ofFilter(BiPredicate<Predict, List<PredictedColumn>> computes) {
    return (OutputPartRule)
        new RulePattern(
                OptimizerRule.OUTPUT_PART,
                project ->
                    project
                        .operand(LogicalProject.class)
                        .oneInput(
                            filter ->
                                filter
                                    .operand(LogicalFilter.class)
                                    .oneInput(
                                        predict -> predict.operand(Predict.class).anyInputs())),
                pattern -> new OutputPartRule(pattern, true, computes))
            .toRule();
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    LogicalProject project = call.rel(0);
    Predict predict = call.rel(hasFilter ? 2 : 1);
    List<RexNode> expressions = new ArrayList<>(project.getProjects());
    if (hasFilter) {
      expressions.add(((LogicalFilter) call.rel(1)).getCondition());
    }
    parts(predict, expressions)
        .filter(parts -> computes.test(predict, List.copyOf(parts.values())))
        .ifPresent(parts -> call.transformTo(rewritten(call, parts)));
  }

  /** What is computed for each part that is read; nothing where arrays are read as such, too. */
  private static Optional<Map<OutputPart, PredictedColumn>> parts(
      Predict predict, List<RexNode> expressions) {
    int passing = predict.passing().size();
    List<String> taken = new ArrayList<>(predict.getRowType().getFieldNames());
    Map<OutputPart, PredictedColumn> parts = new LinkedHashMap<>();
    boolean[] isWhole = new boolean[1];
    RexBuilder rex = predict.getCluster().getRexBuilder();
    RexNode nothing = rex.makeLiteral(true);
    RexShuttle visitor =
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            // What is left of the call reads no more of the elements that were found.
            RexNode rest =
                OutputPart.replaced(
                    call,
                    part -> {
                      if (!isPart(predict, part)) {
                        return Optional.empty();
                      }
                      parts.computeIfAbsent(part, found -> column(predict, found, taken));
                      return Optional.of(nothing);
                    },
                    rex);
            return rest instanceof RexCall other ? super.visitCall(other) : rest;
          }

          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            isWhole[0] |= ref.getIndex() >= passing;
            return ref;
          }
        };
    expressions.forEach(expression -> expression.accept(visitor));
    return isWhole[0] || parts.isEmpty() ? Optional.empty() : Optional.of(parts);
  }

  private static PredictedColumn column(Predict predict, OutputPart part, List<String> taken) {
    Output output = predict.outputs().get(part.column() - predict.passing().size()).output();
    String name = Names.unused(output.column(), taken);
    taken.add(name);
    return new PredictedColumn(name, output.part(part.element()));
  }

  private static boolean isPart(Predict predict, OutputPart part) {
    int ordinal = part.column() - predict.passing().size();
    if (ordinal < 0 || part.element() < 0) {
      return false;
    }
    Output output = predict.outputs().get(ordinal).output();
    return output.keyType().isEmpty()
        && output.shape().size() == 2
        && part.element() < output.shape().get(1);
  }

  private RelNode rewritten(RelOptRuleCall call, Map<OutputPart, PredictedColumn> parts) {
    LogicalProject project = call.rel(0);
    Predict predict = call.rel(hasFilter ? 2 : 1);
    RelNode input =
        predict.with(predict.getInput(), predict.passing(), List.copyOf(parts.values()));
    List<OutputPart> order = List.copyOf(parts.keySet());
    RexBuilder rex = project.getCluster().getRexBuilder();
    RexShuttle replace =
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall expression) {
            RexNode rest = OutputPart.replaced(expression, part -> at(part, order, predict), rex);
            return rest instanceof RexCall other ? super.visitCall(other) : rest;
          }
        };
    if (hasFilter) {
      LogicalFilter filter = call.rel(1);
      input = LogicalFilter.create(input, filter.getCondition().accept(replace));
    }
    return LogicalProject.create(
        input,
        project.getHints(),
        project.getProjects().stream().map(expression -> expression.accept(replace)).toList(),
        project.getRowType().getFieldNames(),
        project.getVariablesSet());
  }

  private static Optional<RexNode> at(OutputPart part, List<OutputPart> order, Predict predict) {
    int at = order.indexOf(part);
    return at < 0
        ? Optional.empty()
        : Optional.of(
            new RexInputRef(
                predict.passing().size() + at, Types.any(predict.getCluster().getTypeFactory())));
  }
}
