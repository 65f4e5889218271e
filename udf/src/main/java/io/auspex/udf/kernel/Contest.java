package io.auspex.udf.kernel;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds out which of two ways to do the same is faster, on this machine and as far as the JIT has
 * come: the slower one is tried again now and then. Thread-safe; updates that threads lose do no
 * harm.
 */
final class Contest {
  private static final int EVERY = 64;

  /** The first time it is tried soon. */
  private static final int SOON = 8;

  private static final double NEWEST = 1.0 / 8;

  private final AtomicInteger turns = new AtomicInteger();
  private volatile double first;
  private volatile double second = Double.POSITIVE_INFINITY;

  /** Whether the second way is to be taken this time. */
  boolean isForSecond() {
    boolean isFaster = second < first;
    int turn = turns.incrementAndGet();
    return turn == SOON || turn % EVERY == 0 ? !isFaster : isFaster;
  }

  /**
   * Takes note of how long it took.
   *
   * @param nanos for each row, or whatever else both ways do as often
   */
  void took(boolean isSecond, double nanos) {
    if (isSecond) {
      second = average(second, nanos);
    } else {
      first = average(first, nanos);
    }
  }

  /** What got faster is seen at once; what got slower may have been disturbed. */
  private static double average(double last, double newest) {
    boolean isFirst = last == 0 || Double.isInfinite(last);
    return isFirst || newest < last ? newest : last + (newest - last) * NEWEST;
  }
}
