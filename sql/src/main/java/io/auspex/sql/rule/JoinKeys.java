package io.auspex.sql.rule;

import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.rel.Verbatim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * The columns that a join's condition says are equal, where {@code =} means what a unique key does.
 */
final class JoinKeys {
  private static final List<String> EQUALS = List.of("", " = ", "");

  /** Types of which no two different values are equal, as of numbers −0.0 and 0.0 are. */
  private static final Pattern EXACT =
      Pattern.compile(
          "U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|BOOLEAN|DATE|TIMESTAMP|UUID|DECIMAL\\(.*\\)");

  private final Function<RelNode, List<String>> types;
  private final PlanningContext context;

  JoinKeys(Function<RelNode, List<String>> types, PlanningContext context) {
    this.types = types;
    this.context = context;
  }

  /**
   * Two equal columns.
   *
   * @param own the ordinal in the side that is asked about
   * @param others the ordinal in the other one
   */
  record Pair(int own, int others) {}

  /** The pairs of a side's columns and the other side's. */
  List<Pair> of(JoinSide side) {
    List<Pair> pairs = new ArrayList<>();
    for (RexNode conjunct : Conditions.conjuncts(side.join().getCondition())) {
      pair(conjunct, side).filter(pair -> isExact(pair, side)).ifPresent(pairs::add);
    }
    return pairs;
  }

  private static Optional<Pair> pair(RexNode conjunct, JoinSide side) {
    if (conjunct instanceof RexCall call
        && call.getOperator() instanceof Verbatim verbatim
        && verbatim.pieces().equals(EQUALS)
        && call.getOperands().get(0) instanceof RexInputRef one
        && call.getOperands().get(1) instanceof RexInputRef two
        && side.has(one.getIndex()) != side.has(two.getIndex())) {
      boolean isFirst = side.has(one.getIndex());
      int own = (isFirst ? one : two).getIndex();
      int others = (isFirst ? two : one).getIndex();
      int otherOffset = side.isLeft() ? side.width() : 0;
      return Optional.of(new Pair(own - side.offset(), others - otherOffset));
    }
    return Optional.empty();
  }

  /** Columns of two types are compared as a third, in which more of them may be equal. */
  private boolean isExact(Pair pair, JoinSide side) {
    String type = types.apply(side.input()).get(pair.own());
    String other = types.apply(side.other()).get(pair.others());
    // Any two are compared as a type that has all values of both.
    if (NumericTypes.isWhole(type) && NumericTypes.isWhole(other)) {
      return true;
    }
    return type.equals(other)
        && (EXACT.matcher(type).matches()
            || type.equals("VARCHAR")
                && isBinary(side.input(), pair.own())
                && isBinary(side.other(), pair.others()));
  }

  /** Whether texts of a column are equal only if they are the same: no collation is about. */
  private boolean isBinary(RelNode plan, int ordinal) {
    return Lineage.of(plan, ordinal)
        .filter(origin -> !context.keys(origin.table()).collates())
        .isPresent();
  }
}
