package io.auspex.udf.predict;

import io.auspex.udf.kernel.Program;
import io.auspex.udf.kernel.SumBound;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bound of predictions as one of the sums that they follow, which grows tighter while the best so
 * far get better. Thread-safe.
 */
final class WantedRows {
  /** Looking for rows out of bounds takes about this share of the work. */
  private static final double LEAST_SPARED = 0.15;

  /** A bound that spares too little is tried again with one batch of so many. */
  private static final int BATCHES_BETWEEN = 32;

  /** After so many the best so far are nearly as good as the best of all will be. */
  private static final long SETTLED_ROWS = 1 << 18;

  private final Program program;
  private final OutputBound bound;
  private final int result;
  private final TopValues top;
  private volatile double limit;
  private volatile SumBound sum;
  private volatile boolean pays = true;
  private final AtomicLong seen = new AtomicLong();
  private final AtomicInteger batches = new AtomicInteger();

  private WantedRows(Program program, OutputBound bound, int result) {
    this.program = program;
    this.bound = bound;
    this.result = result;
    this.top = bound.top() > 0 ? new TopValues(bound.top(), bound.isLeast()) : null;
    this.limit = bound.limit();
    this.sum = Double.isInfinite(limit) ? null : program.bound(result, bound.isLeast(), limit);
  }

  /**
   * @param result the ordinal of the value among the program's
   * @return null where the value follows no sum
   */
  static WantedRows of(Program program, OutputBound bound, int result) {
    return program.hasSum(result) ? new WantedRows(program, bound, result) : null;
  }

  /** The bound to compute the next batch with; null while there is none, or none that pays. */
  SumBound sum() {
    SumBound last = sum;
    boolean mayPay = pays || (last != null && program.learns(last));
    if (!mayPay && batches.incrementAndGet() % BATCHES_BETWEEN != 0) {
      return null;
    }
    if (top == null) {
      return sum;
    }
    boolean isSettled = seen.get() >= SETTLED_ROWS;
    double reached = top.limit(limit);
    boolean isTighter = bound.isLeast() ? reached > limit : reached < limit;
    if (isTighter) {
      sum = program.bound(result, bound.isLeast(), reached);
      limit = reached;
    }
    SumBound found = sum;
    return found == null ? null : found.settled(isSettled);
  }

  /** Takes note of how much of its work a batch was spared by the bound. */
  void spared(double share) {
    pays = share >= LEAST_SPARED;
  }

  /** Takes note of a block's predictions. */
  void take(double[][] values, int rows, BitSet unwanted) {
    if (top == null) {
      return;
    }
    seen.addAndGet(rows);
    double[] wanted = new double[rows];
    int count = 0;
    for (int row = unwanted.nextClearBit(0); row < rows; row = unwanted.nextClearBit(row + 1)) {
      double value = values[result][row];
      boolean isWithin = bound.isLeast() ? value >= limit : value <= limit;
      if (isWithin) {
        wanted[count++] = value;
      }
    }
    top.offer(wanted, count);
  }
}
