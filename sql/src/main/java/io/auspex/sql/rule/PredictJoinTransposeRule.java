package io.auspex.sql.rule;

import io.auspex.catalog.OptimizerRule;
import io.auspex.sql.rel.Predict;
import io.auspex.sql.rel.PredictedColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * Predicts before a join that gives more rows than the side that has all the features, by DuckDB's
 * estimates; not on the side that an outer join fills with NULLs, since the model predicts of NULLs
 * too.
 *
 * <pre>
 * Predict(m, features=[a])
 *   Join(condition)
 *     left(id, a)
 *     right
 * </pre>
 *
 * becomes
 *
 * <pre>
 * Project(id, a, …, y)
 *   Join(condition)
 *     Predict(m, features=[a])
 *       left(id, a)
 *     right
 * </pre>
 *
 * <p>and likewise with a projection between the two.
 */
final class PredictJoinTransposeRule extends RelRule<RulePattern> {
  private final boolean hasProject;
  private final Fanout fanout;

  private PredictJoinTransposeRule(RulePattern pattern, boolean hasProject, Fanout fanout) {
    super(pattern);
    this.hasProject = hasProject;
    this.fanout = fanout;
  }

  static PredictJoinTransposeRule of(Fanout fanout) {
    return (PredictJoinTransposeRule)
        new RulePattern(
                OptimizerRule.PREDICT_JOIN_TRANSPOSE,
                predict ->
                    predict.operand(Predict.class).oneInput(PredictJoinTransposeRule::operand),
                pattern -> new PredictJoinTransposeRule(pattern, false, fanout))
            .toRule();
  }

  /** The same with a projection between the two, which passes the features on. */
  static PredictJoinTransposeRule ofProject(Fanout fanout) {
    return (PredictJoinTransposeRule)
        new RulePattern(
                OptimizerRule.PREDICT_JOIN_TRANSPOSE,
                predict ->
                    predict
                        .operand(Predict.class)
                        .oneInput(
                            project ->
                                project
                                    .operand(LogicalProject.class)
                                    .oneInput(PredictJoinTransposeRule::operand)),
                pattern -> new PredictJoinTransposeRule(pattern, true, fanout))
            .toRule();
  }

  private static RelRule.Done operand(RelRule.OperandBuilder join) {
    return join.operand(LogicalJoin.class).predicate(JoinSide::hasCondition).anyInputs();
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    Predict predict = call.rel(0);
    LogicalJoin join = call.rel(hasProject ? 2 : 1);
    Optional<LogicalProject> project = hasProject ? Optional.of(call.rel(1)) : Optional.empty();
    Optional<Predict> onJoin =
        project.map(between -> below(predict, between)).orElse(Optional.of(predict));
    if (onJoin.isEmpty()) {
      return;
    }
    for (JoinSide side : JoinSide.of(join)) {
      if (side.isPreserved() && hasAllFeatures(side, onJoin.get()) && fanout.isMore(side)) {
        RelNode moved = moved(onJoin.get(), side);
        call.transformTo(project.map(between -> projected(moved, between, predict)).orElse(moved));
        return;
      }
    }
  }

  /** The prediction over a projection's input, all of whose columns pass. */
  private static Optional<Predict> below(Predict predict, LogicalProject project) {
    List<RexNode> expressions = project.getProjects();
    boolean arePassed =
        predict.features().stream()
            .allMatch(feature -> expressions.get(feature.column()) instanceof RexInputRef);
    RelDataType input = project.getInput().getRowType();
    return arePassed
        ? Optional.of(
            predict.at(
                project.getInput(),
                predict.features().stream()
                    .map(f -> f.at(((RexInputRef) expressions.get(f.column())).getIndex()))
                    .toList(),
                IntStream.range(0, input.getFieldCount()).boxed().toList(),
                PredictedColumn.unlike(input.getFieldNames(), predict.outputs())))
        : Optional.empty();
  }

  /** What the prediction over the projection gives, of what it gives below. */
  private static RelNode projected(RelNode moved, LogicalProject project, Predict predict) {
    RexBuilder rex = project.getCluster().getRexBuilder();
    List<RexNode> columns = new ArrayList<>();
    predict.passing().forEach(i -> columns.add(project.getProjects().get(i)));
    int passed = project.getInput().getRowType().getFieldCount();
    for (int i = 0; i < predict.outputs().size(); i++) {
      columns.add(rex.makeInputRef(moved, passed + i));
    }
    return LogicalProject.create(
        moved,
        project.getHints(),
        columns,
        predict.getRowType().getFieldNames(),
        project.getVariablesSet());
  }

  private static boolean hasAllFeatures(JoinSide side, Predict predict) {
    return !predict.features().isEmpty()
        && predict.features().stream().allMatch(feature -> side.has(feature.column()));
  }

  private static RelNode moved(Predict predict, JoinSide side) {
    LogicalJoin join = side.join();
    int offset = side.offset();
    int width = side.width();
    List<Integer> all = IntStream.range(0, width).boxed().toList();
    RelNode below =
        predict.at(
            side.input(),
            predict.features().stream().map(f -> f.at(f.column() - offset)).toList(),
            all,
            PredictedColumn.unlike(side.input().getRowType().getFieldNames(), predict.outputs()));
    int more = predict.outputs().size();
    // What stood behind the side in the join's rows stands behind its outputs too.
    int behind = offset + width;
    RelNode joined =
        side.with(below, Conditions.moved(join.getCondition(), i -> i < behind ? i : i + more));
    RexBuilder rex = join.getCluster().getRexBuilder();
    List<RexNode> columns = new ArrayList<>();
    predict
        .passing()
        .forEach(i -> columns.add(rex.makeInputRef(joined, i < behind ? i : i + more)));
    for (int i = 0; i < more; i++) {
      columns.add(rex.makeInputRef(joined, behind + i));
    }
    return LogicalProject.create(
        joined, List.of(), columns, predict.getRowType().getFieldNames(), Set.of());
  }
}
