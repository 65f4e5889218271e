package io.auspex.sql.rule;

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
record Pattern(
    String description,
    RelRule.OperandTransform operandSupplier,
    Function<Pattern, RelOptRule> rule,
    RelBuilderFactory relBuilderFactory)
    implements RelRule.Config {

  Pattern(
      String description, RelRule.OperandTransform operands, Function<Pattern, RelOptRule> rule) {
    this(description, operands, rule, Builders.AS_WRITTEN);
  }

  @Override
  public RelOptRule toRule() {
    return rule.apply(this);
  }

  @Override
  public Pattern withRelBuilderFactory(RelBuilderFactory factory) {
    return new Pattern(description, operandSupplier, rule, factory);
  }

  @Override
  public Pattern withDescription(String name) {
    return new Pattern(name, operandSupplier, rule, relBuilderFactory);
  }

  @Override
  public Pattern withOperandSupplier(RelRule.OperandTransform operands) {
    return new Pattern(description, operands, rule, relBuilderFactory);
  }
}
