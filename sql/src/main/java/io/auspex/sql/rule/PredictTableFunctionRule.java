package io.auspex.sql.rule;

import io.auspex.sql.rel.PredictTable;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.logical.LogicalTableFunctionScan;
import org.apache.calcite.rex.RexCall;

/**
 * Makes the node of the table form.
 *
 * <pre>
 * TableFunctionScan(PREDICT(MODEL m))
 *   input
 * </pre>
 *
 * becomes
 *
 * <pre>
 * Predict(m, features bound to the input's columns)
 *   input
 * </pre>
 */
final class PredictTableFunctionRule extends RelRule<Pattern> {
  private final Binder binder;

  private PredictTableFunctionRule(Pattern pattern, Binder binder) {
    super(pattern);
    this.binder = binder;
  }

  static PredictTableFunctionRule of(Binder binder) {
    return (PredictTableFunctionRule)
        new Pattern(
                "PredictTableFunction",
                scan ->
                    scan.operand(LogicalTableFunctionScan.class)
                        .predicate(PredictTableFunctionRule::isPredict)
                        .anyInputs(),
                pattern -> new PredictTableFunctionRule(pattern, binder))
            .toRule();
  }

  private static boolean isPredict(LogicalTableFunctionScan scan) {
    return scan.getInputs().size() == 1
        && scan.getCall() instanceof RexCall call
        && call.getOperator() instanceof PredictTable;
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    LogicalTableFunctionScan scan = call.rel(0);
    PredictTable predict = (PredictTable) ((RexCall) scan.getCall()).getOperator();
    call.transformTo(binder.predict(scan.getInput(0), predict.model(), predict.columns()));
  }
}
