package io.auspex.sql.rule;

import io.auspex.catalog.OptimizerRule;
import io.auspex.sql.rel.Builders;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.tools.RelBuilderFactory;

/**
 * What a rule matches, and the rule of it.
 *
 * @param description the name under which EXPLAIN lists the rule
 */
record RulePattern(
    String description,
    RelRule.OperandTransform operandSupplier,
    Function<RulePattern, RelOptRule> rule,
    RelBuilderFactory relBuilderFactory)
    implements RelRule.Config {

  RulePattern(
      OptimizerRule rule,
      RelRule.OperandTransform operands,
      Function<RulePattern, RelOptRule> made) {
    this(rule.ruleName(), operands, made, Builders.AS_WRITTEN);
  }

  @Override
  public RelOptRule toRule() {
    return rule.apply(this);
  }

  @Override
  public RulePattern withRelBuilderFactory(RelBuilderFactory factory) {
    return new RulePattern(description, operandSupplier, rule, factory);
  }

  @Override
  public RulePattern withDescription(String name) {
    return new RulePattern(name, operandSupplier, rule, relBuilderFactory);
  }

  @Override
  public RulePattern withOperandSupplier(RelRule.OperandTransform operands) {
    return new RulePattern(description, operands, rule, relBuilderFactory);
  }
}
