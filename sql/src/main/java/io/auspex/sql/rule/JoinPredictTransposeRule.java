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
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/**
 * Predicts after an inner join that gives at most half as many rows as there are to predict before
 * it, by DuckDB's estimates. What filters the predictions goes with them.
 *
 * <pre>
 * Join(condition without y)
 *   Filter(y &gt; 0.5)
 *     Predict(m, features=[a])
 *       left(id, a)
 *   right
 * </pre>
 *
 * becomes
 *
 * <pre>
 * Project(id, a, y, …)
 *   Filter(y &gt; 0.5)
 *     Predict(m, features=[a])
 *       Join(condition)
 *         left(id, a)
 *         right
 * </pre>
 */
final class JoinPredictTransposeRule extends RelRule<RulePattern> {
  private final Fanout fanout;

  private JoinPredictTransposeRule(RulePattern pattern, Fanout fanout) {
    super(pattern);
    this.fanout = fanout;
  }

  static JoinPredictTransposeRule of(Fanout fanout) {
    return (JoinPredictTransposeRule)
        new RulePattern(
                OptimizerRule.JOIN_PREDICT_TRANSPOSE,
                join ->
                    join.operand(LogicalJoin.class)
                        .predicate(
                            found ->
                                found.getJoinType() == JoinRelType.INNER
                                    && JoinSide.hasCondition(found))
                        .anyInputs(),
                pattern -> new JoinPredictTransposeRule(pattern, fanout))
            .toRule();
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    for (JoinSide side : JoinSide.of(call.rel(0))) {
      List<LogicalFilter> filters = new ArrayList<>();
      RelNode node = side.input();
      while (node instanceof LogicalFilter filter) {
        filters.add(filter);
        node = filter.getInput().stripped();
      }
      if (node instanceof Predict predict && !readsOutputs(side, predict)) {
        LogicalJoin joined = joined(side, predict);
        if (fanout.isFewer(joined, predict.getInput())) {
          call.transformTo(moved(side, joined, filters, predict));
          return;
        }
      }
    }
  }

  private static boolean readsOutputs(JoinSide side, Predict predict) {
    int first = side.offset() + predict.passing().size();
    return Conditions.reads(side.join().getCondition()).asList().stream()
        .anyMatch(ordinal -> ordinal >= first && side.has(ordinal));
  }

  /** The join over what there is to predict. */
  private static LogicalJoin joined(JoinSide side, Predict predict) {
    int offset = side.offset();
    int behind = offset + side.width();
    int grown = predict.getInput().getRowType().getFieldCount() - side.width();
    return side.with(
        predict.getInput(),
        Conditions.moved(
            side.join().getCondition(),
            i ->
                i < offset
                    ? i
                    : i < behind ? offset + predict.passing().get(i - offset) : i + grown));
  }

  private static RelNode moved(
      JoinSide side, LogicalJoin joined, List<LogicalFilter> filters, Predict predict) {
    int offset = side.offset();
    int passing = predict.passing().size();
    int behind = offset + predict.getInput().getRowType().getFieldCount();
    List<Integer> passed = new ArrayList<>();
    IntStream.range(0, offset).forEach(passed::add);
    predict.passing().forEach(i -> passed.add(offset + i));
    IntStream.range(behind, joined.getRowType().getFieldCount()).forEach(passed::add);
    List<String> names = passed.stream().map(joined.getRowType().getFieldNames()::get).toList();
    int outputs = predict.outputs().size();
    RelNode rows =
        predict.at(
            joined,
            predict.features().stream().map(f -> f.at(offset + f.column())).toList(),
            passed,
            PredictedColumn.unlike(names, predict.outputs()));
    for (int i = filters.size() - 1; i >= 0; i--) {
      rows =
          LogicalFilter.create(
              rows,
              Conditions.moved(
                  filters.get(i).getCondition(),
                  c -> c < passing ? offset + c : passed.size() + c - passing));
    }
    RelNode predicted = rows;
    RexBuilder rex = side.join().getCluster().getRexBuilder();
    List<RexNode> columns = new ArrayList<>();
    for (int i = 0; i < side.join().getRowType().getFieldCount(); i++) {
      int output = i - offset - passing;
      int from = output < 0 ? i : output < outputs ? passed.size() + output : i - outputs;
      columns.add(rex.makeInputRef(predicted, from));
    }
    return LogicalProject.create(
        predicted, List.of(), columns, side.join().getRowType().getFieldNames(), Set.of());
  }
}
