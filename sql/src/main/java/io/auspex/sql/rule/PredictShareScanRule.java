package io.auspex.sql.rule;

import io.auspex.catalog.Names;
import io.auspex.catalog.OptimizerRule;
import io.auspex.sql.rel.Predict;
import io.auspex.sql.rel.Types;
import io.auspex.sql.rel.Verbatim;
import io.auspex.udf.binding.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/**
 * Computes the features of a prediction below another one, so that what lies between the two only
 * chooses columns and the rows go from model to model without DuckDB.
 *
 * <pre>
 * Predict(n, features=[CAST(b + 1)])
 *   Project(id, b + 1, y)
 *     Predict(m, features=[a])
 *       input(id, a, b)
 * </pre>
 *
 * becomes
 *
 * <pre>
 * Predict(n, features=[f])
 *   Project(id, b + 1, y, f)
 *     Predict(m, features=[a])
 *       Project(id, a, b, CAST(b + 1) AS f)
 *         input(id, a, b)
 * </pre>
 */
final class PredictShareScanRule extends RelRule<RulePattern> {
  static final PredictShareScanRule INSTANCE =
      (PredictShareScanRule)
          new RulePattern(
                  OptimizerRule.PREDICT_SHARE_SCAN,
                  predict -> predict.operand(Predict.class).anyInputs(),
                  PredictShareScanRule::new)
              .toRule();

  private PredictShareScanRule(RulePattern pattern) {
    super(pattern);
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    Predict predict = call.rel(0);
    List<RelNode> path = path(predict);
    if (predict.features().stream().anyMatch(feature -> isComputed(feature, path))) {
      call.transformTo(moved(predict, path, values(predict, path).orElseThrow()));
    }
  }

  /** The way down to the last prediction on whose outputs no feature depends; empty without one. */
  private static List<RelNode> path(Predict predict) {
    List<RelNode> path = new ArrayList<>();
    int length = 0;
    RelNode node = predict.getInput().stripped();
    while (node instanceof LogicalProject || node instanceof Predict) {
      path.add(node);
      if (node instanceof Predict && values(predict, path).isPresent()) {
        length = path.size();
      }
      node = node.getInput(0).stripped();
    }
    return path.subList(0, length);
  }

  /** Whether a feature is something else than a column of the rows below the path. */
  private static boolean isComputed(Feature feature, List<RelNode> path) {
    if (path.isEmpty()) {
      return false;
    }
    Optional<Integer> column = Optional.of(feature.column());
    for (RelNode node : path) {
      column = column.flatMap(ordinal -> Lineage.below(node, ordinal));
    }
    return feature.cast() || column.isEmpty();
  }

  /** The features over what is below the path; empty where one depends on it. */
  private static Optional<List<RexNode>> values(Predict predict, List<RelNode> path) {
    RexBuilder rex = predict.getCluster().getRexBuilder();
    List<RexNode> values = new ArrayList<>();
    for (Feature feature : predict.features()) {
      Optional<RexNode> value = Optional.of(rex.makeInputRef(predict.getInput(), feature.column()));
      for (RelNode node : path) {
        value = value.flatMap(expression -> Expansion.over(node, expression));
      }
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(feature.cast() ? cast(rex, value.get(), feature) : value.get());
    }
    return Optional.of(values);
  }

  private static RexNode cast(RexBuilder rex, RexNode value, Feature feature) {
    String[] text = feature.expression(Verbatim.HOLE).split(Verbatim.HOLE, -1);
    return rex.makeCall(Types.any(rex.getTypeFactory()), Verbatim.call(text), List.of(value));
  }

  private static RelNode moved(Predict predict, List<RelNode> path, List<RexNode> values) {
    RelNode input = path.get(path.size() - 1).getInput(0);
    RexBuilder rex = predict.getCluster().getRexBuilder();
    List<RexNode> columns = new ArrayList<>();
    List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
    for (int i = 0; i < names.size(); i++) {
      columns.add(rex.makeInputRef(input, i));
    }
    List<Integer> computed = new ArrayList<>();
    for (RexNode value : values) {
      int known = columns.indexOf(value);
      computed.add(known < 0 ? columns.size() : known);
      if (known < 0) {
        columns.add(value);
        names.add(Names.unused("feature", names));
      }
    }
    List<Integer> distinct = computed.stream().distinct().toList();
    RowPath.Passed passed =
        new RowPath(path)
            .passed(LogicalProject.create(input, List.of(), columns, names, Set.of()), distinct);
    List<Feature> features = new ArrayList<>();
    for (int i = 0; i < computed.size(); i++) {
      int ordinal = passed.ordinals().get(distinct.indexOf(computed.get(i)));
      features.add(predict.features().get(i).castAt(ordinal));
    }
    return predict.at(passed.rows(), features, predict.passing(), predict.outputs());
  }
}
