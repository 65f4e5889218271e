package io.auspex.sql.rule;

import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexNode;

/** One of a join's two inputs. */
record JoinSide(LogicalJoin join, boolean isLeft) {

  static List<JoinSide> of(LogicalJoin join) {
    return List.of(new JoinSide(join, true), new JoinSide(join, false));
  }

  /** Whether it matters to a join which row of one input meets which of the other. */
  static boolean hasCondition(LogicalJoin join) {
    List<Integer> reads = Conditions.reads(join.getCondition()).asList();
    return of(join).stream().allMatch(side -> reads.stream().anyMatch(side::has));
  }

  RelNode input() {
    return (isLeft ? join.getLeft() : join.getRight()).stripped();
  }

  /** The join's other input. */
  RelNode other() {
    return (isLeft ? join.getRight() : join.getLeft()).stripped();
  }

  /** The ordinal of its first column among the join's. */
  int offset() {
    return isLeft ? 0 : join.getLeft().getRowType().getFieldCount();
  }

  int width() {
    return input().getRowType().getFieldCount();
  }

  /** Whether it has a column of the join. */
  boolean has(int ordinal) {
    return ordinal >= offset() && ordinal < offset() + width();
  }

  /** Whether none of its rows is one that the join made of NULLs. */
  boolean isPreserved() {
    return join.getJoinType() == JoinRelType.INNER
        || join.getJoinType() == (isLeft ? JoinRelType.LEFT : JoinRelType.RIGHT);
  }

  /** The join with another input on this side. */
  LogicalJoin with(RelNode input, RexNode condition) {
    return LogicalJoin.create(
        isLeft ? input : join.getLeft(),
        isLeft ? join.getRight() : input,
        join.getHints(),
        condition,
        join.getVariablesSet(),
        join.getJoinType());
  }
}
