package io.auspex.sql.unparse;

import io.auspex.sql.rel.Verbatim;
import io.auspex.sql.rel.VerbatimAggregate;
import java.util.HashSet;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlOperator;

/** Collects what the queries inside of a plan's expressions name. */
final class InnerNames extends RexShuttle {
  private final Set<String> names = new HashSet<>();

  private InnerNames() {}

  static Set<String> of(RelNode plan) {
    InnerNames collected = new InnerNames();
    collected.collect(plan);
    return collected.names;
  }

  private void collect(RelNode node) {
    node.accept(this);
    if (node instanceof Aggregate aggregate) {
      aggregate.getAggCallList().forEach(call -> collect(call.getAggregation()));
    }
    node.getInputs().forEach(this::collect);
  }

  @Override
  public RexNode visitCall(RexCall call) {
    collect(call.getOperator());
    return super.visitCall(call);
  }

  private void collect(SqlOperator operator) {
    if (operator instanceof Verbatim verbatim) {
      names.addAll(verbatim.innerNames());
    } else if (operator instanceof VerbatimAggregate aggregate) {
      names.addAll(aggregate.call().innerNames());
    }
  }
}
