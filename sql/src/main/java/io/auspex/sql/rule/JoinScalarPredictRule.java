package io.auspex.sql.rule;

import io.auspex.catalog.OptimizerRule;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/**
 * Takes predictions out of an inner join's condition, for {@link FilterScalarPredictRule}.
 *
 * <pre>
 * Join(a.id = b.id AND PREDICT(MODEL m, a.x, b.y) &gt; 0.5)
 * </pre>
 *
 * becomes
 *
 * <pre>
 * Filter(PREDICT(MODEL m, x, y) &gt; 0.5)
 *   Join(a.id = b.id)
 * </pre>
 */
final class JoinScalarPredictRule extends RelRule<RulePattern> {
  static final JoinScalarPredictRule INSTANCE =
      (JoinScalarPredictRule)
          new RulePattern(
                  OptimizerRule.JOIN_SCALAR_PREDICT,
                  join ->
                      join.operand(LogicalJoin.class)
                          .predicate(JoinScalarPredictRule::isInnerWithPredict)
                          .anyInputs(),
                  JoinScalarPredictRule::new)
              .toRule();

  private JoinScalarPredictRule(RulePattern pattern) {
    super(pattern);
  }

  private static boolean isInnerWithPredict(LogicalJoin join) {
    return join.getJoinType() == JoinRelType.INNER && Conditions.hasPredict(join.getCondition());
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    LogicalJoin join = call.rel(0);
    Map<Boolean, List<RexNode>> conjuncts =
        Conditions.split(join.getCondition(), Conditions::hasPredict);
    RexBuilder rex = join.getCluster().getRexBuilder();
    RelNode joined =
        join.copy(
            join.getTraitSet(),
            Conditions.and(rex, conjuncts.get(false)),
            join.getLeft(),
            join.getRight(),
            join.getJoinType(),
            join.isSemiJoinDone());
    call.transformTo(LogicalFilter.create(joined, Conditions.and(rex, conjuncts.get(true))));
  }
}
