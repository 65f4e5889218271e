package io.auspex.sql.rule;

import java.util.function.ToLongFunction;
import org.apache.calcite.rel.RelNode;

/**
 * What a join does to the number of its input's rows, by estimates. Between more and fewer there is
 * room for their errors: a prediction that stays where it is lets DuckDB join tables that it knows.
 *
 * @param rows how many rows a plan gives; −1 where unknown
 */
record Fanout(ToLongFunction<RelNode> rows) {
  private static final double MORE = 1.2;
  private static final double FEWER = 0.5;

  /** Whether the join gives clearly more rows than the side has. */
  boolean isMore(JoinSide side) {
    long before = rows.applyAsLong(side.input());
    return before >= 0 && rows.applyAsLong(side.join()) > MORE * before;
  }

  /** Whether a join gives at most half as many rows as one of its inputs. */
  boolean isFewer(RelNode join, RelNode input) {
    long before = rows.applyAsLong(input);
    long after = before < 0 ? -1 : rows.applyAsLong(join);
    return after >= 0 && after <= FEWER * before;
  }
}
