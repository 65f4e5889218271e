package io.auspex.udf.kernel;

import java.util.OptionalDouble;

/**
 * Where the best sums of a query lay, for those that come after. After a few that were wrong it
 * says nothing any more. Thread-safe.
 */
final class Expectations {
  private static final int MOST_WRONG = 2;

  private int wrong;
  private int top;
  private double limit = Double.NaN;

  /** What the best {@code top} sums are expected to reach. */
  synchronized OptionalDouble limit(int top) {
    boolean isKnown = top == this.top && wrong < MOST_WRONG && !Double.isNaN(limit);
    return isKnown ? OptionalDouble.of(limit) : OptionalDouble.empty();
  }

  /** Takes note of what a query's best have reached. */
  synchronized void reached(int top, double limit) {
    this.top = top;
    this.limit = Double.isFinite(limit) ? limit : Double.NaN;
  }

  /** What was expected was not reached. */
  synchronized void wereWrong() {
    wrong++;
    limit = Double.NaN;
  }
}
