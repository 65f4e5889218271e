package io.auspex.sql.rule;

import io.auspex.catalog.Names;
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
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/**
 * Computes equal predictions of a row once: of a model's version over equal features, where between
 * the two stand only nodes that keep rows or drop them.
 *
 * <pre>
 * Predict(m, features=[a], outputs=[y_1])
 *   Project(id, a)
 *     Filter(y &gt; 0.5)
 *       Predict(m, features=[a], outputs=[y])
 *         input(id, a)
 * </pre>
 *
 * becomes
 *
 * <pre>
 * Project(id, a, y AS y_1)
 *   Project(id, a, y)
 *     Filter(y &gt; 0.5)
 *       Predict(m, features=[a], outputs=[y])
 *         input(id, a)
 * </pre>
 */
final class PredictReuseRule extends RelRule<RulePattern> {
  static final PredictReuseRule INSTANCE =
      (PredictReuseRule)
          new RulePattern(
                  OptimizerRule.PREDICT_REUSE,
                  predict -> predict.operand(Predict.class).anyInputs(),
                  PredictReuseRule::new)
              .toRule();

  private PredictReuseRule(RulePattern pattern) {
    super(pattern);
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    Predict predict = call.rel(0);
    List<RelNode> between = new ArrayList<>();
    RelNode node = predict.getInput().stripped();
    while (RowPath.canPass(node)) {
      RowPath path = new RowPath(between);
      if (node instanceof Predict below && path.areEqual(predict, below)) {
        call.transformTo(reused(predict, path, below));
        return;
      }
      between.add(node);
      node = node.getInput(0).stripped();
    }
  }

  private static RelNode reused(Predict predict, RowPath path, Predict below) {
    Predict widened = widened(below, predict.outputs());
    int passing = widened.passing().size();
    List<Integer> outputs =
        predict.outputs().stream()
            .map(output -> passing + find(widened.outputs(), output).orElseThrow())
            .toList();
    RowPath.Passed passed = path.passed(widened, outputs);
    RexBuilder rex = predict.getCluster().getRexBuilder();
    List<RexNode> columns = new ArrayList<>();
    predict.passing().forEach(i -> columns.add(rex.makeInputRef(passed.rows(), i)));
    passed.ordinals().forEach(i -> columns.add(rex.makeInputRef(passed.rows(), i)));
    return LogicalProject.create(
        passed.rows(), List.of(), columns, predict.getRowType().getFieldNames(), Set.of());
  }

  /** The prediction with more outputs at the end of its row, where they are not among its own. */
  private static Predict widened(Predict predict, List<PredictedColumn> more) {
    List<PredictedColumn> outputs = new ArrayList<>(predict.outputs());
    List<String> taken = new ArrayList<>(predict.getRowType().getFieldNames());
    for (PredictedColumn output : more) {
      if (find(outputs, output).isEmpty()) {
        String name = Names.unused(output.name(), taken);
        taken.add(name);
        outputs.add(new PredictedColumn(name, output.output()));
      }
    }
    return predict.with(predict.getInput(), predict.passing(), outputs);
  }

  private static Optional<Integer> find(List<PredictedColumn> columns, PredictedColumn wanted) {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).output().equals(wanted.output()))
        .boxed()
        .findFirst();
  }
}
