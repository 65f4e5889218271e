package io.auspex.sql.rel;

import java.util.function.Predicate;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;

/** The calls in an expression. */
public final class Calls {
  private Calls() {}

  /** Whether the predicate holds for a call, at any depth. */
  public static boolean any(RexNode expression, Predicate<RexCall> predicate) {
    boolean[] found = new boolean[1];
    expression.accept(
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitCall(RexCall call) {
            found[0] |= predicate.test(call);
            return super.visitCall(call);
          }
        });
    return found[0];
  }
}
