package io.auspex.sql.rule;

import io.auspex.catalog.OptimizerRule;
import io.auspex.sql.rel.Predict;
import io.auspex.sql.rel.PredictedColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
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
 */
final class PredictJoinTransposeRule extends RelRule<RulePattern> {
  private final Fanout fanout;

  private PredictJoinTransposeRule(RulePattern pattern, Fanout fanout) {
    super(pattern);
    this.fanout = fanout;
  }

  static PredictJoinTransposeRule of(Fanout fanout) {
    return (PredictJoinTransposeRule)
        new RulePattern(
                OptimizerRule.PREDICT_JOIN_TRANSPOSE,
                predict ->
                    predict
                        .operand(Predict.class)
                        .oneInput(
                            join ->
                                join.operand(LogicalJoin.class)
                                    .predicate(JoinSide::hasCondition)
                                    .anyInputs()),
                pattern -> new PredictJoinTransposeRule(pattern, fanout))
            .toRule();
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    Predict predict = call.rel(0);
    LogicalJoin join = call.rel(1);
    for (JoinSide side : JoinSide.of(join)) {
      if (side.isPreserved() && hasAllFeatures(side, predict) && fanout.isMore(side)) {
        call.transformTo(moved(predict, side));
        return;
      }
    }
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
