package io.auspex.udf.predict;

import io.auspex.udf.kernel.Program;
import io.auspex.udf.kernel.SumBound;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bound of predictions as one of the sums that they follow, which grows tighter while the best so
 * far get better. Thread-safe.
 *
 * <p>The best of all are known only at the end. As most queries are run again and again, it expects
 * them to be about as good as those of the query before, and leaves out what is not: where that
 * turns out wrong, it is not complete.
 */
final class WantedRows implements AutoCloseable {
  /** Looking for rows out of bounds takes about this share of the work. */
  private static final double LEAST_SPARED = 0.15;

  /** A bound that spares too little is tried again with one batch of so many. */
  private static final int BATCHES_BETWEEN = 32;

  /**
   * The best may be worse than those of before, by so much of the way from the last to the first of
   * them.
   */
  private static final double MARGIN = 0.1;

  /** After so many the best so far are nearly as good as the best of all will be. */
  private static final long SETTLED_ROWS = 1 << 18;

  private final Program program;
  private final OutputBound bound;
  private final int result;
  private final TopValues top;
  private final SumBound expected;
  private volatile double limit;
  private volatile SumBound sum;
  private volatile boolean pays = true;
  private final AtomicLong seen = new AtomicLong();
  private final AtomicInteger batches = new AtomicInteger();

  private WantedRows(Program program, OutputBound bound, int result, boolean mayExpect) {
    this.program = program;
    this.bound = bound;
    this.result = result;
    this.top = bound.top() > 0 ? new TopValues(bound.top(), bound.isLeast()) : null;
    this.limit = bound.limit();
    SumBound all = program.bound(result, bound.isLeast(), limit);
    SumBound before = top == null || !mayExpect ? null : program.expected(all, bound.top());
    this.expected = before != null && before.isTighterThan(all) ? before : null;
    this.sum = Double.isInfinite(limit) ? null : all;
  }

  /**
   * @param result the ordinal of the value among the program's
   * @param mayExpect whether it may turn out not to be complete
   * @return null where the value follows no sum
   */
  static WantedRows of(Program program, OutputBound bound, int result, boolean mayExpect) {
    return program.hasSum(result) ? new WantedRows(program, bound, result, mayExpect) : null;
  }

  /** The bound to compute the next batch with; null while there is none, or none that pays. */
  SumBound sum() {
    SumBound last = orExpected(sum);
    boolean mayPay = pays || (last != null && program.learns(last));
    if (!mayPay && batches.incrementAndGet() % BATCHES_BETWEEN != 0) {
      return null;
    }
    if (top == null) {
      return sum;
    }
    double reached = top.limit(limit);
    boolean isTighter = bound.isLeast() ? reached > limit : reached < limit;
    if (isTighter) {
      sum = sumOf(reached);
      limit = reached;
    }
    SumBound found = sum;
    boolean isSettled = seen.get() >= SETTLED_ROWS;
    return orExpected(found == null ? null : found.settled(isSettled));
  }

  /** The tighter of this bound and what is expected. */
  private SumBound orExpected(SumBound reached) {
    boolean isExpected = expected != null && (reached == null || expected.isTighterThan(reached));
    return isExpected ? expected : reached;
  }

  /** Takes note of how much of its work a batch was spared by the bound. */
  void spared(double share) {
    pays = share >= LEAST_SPARED;
  }

  /** Takes note of how many rows there were in a batch. */
  void saw(int rows) {
    seen.addAndGet(rows);
  }

  /**
   * Takes note of a block's predictions.
   *
   * @param places of its rows in the batch
   * @param nulls rows of the batch whose prediction is NULL
   */
  void take(double[][] values, int[] places, int rows, BitSet nulls) {
    if (top == null) {
      return;
    }
    double[] within = new double[rows];
    int count = 0;
    for (int row = 0; row < rows; row++) {
      double value = values[result][row];
      boolean isWithin = bound.isLeast() ? value >= limit : value <= limit;
      if (isWithin && !nulls.get(places[row])) {
        within[count++] = value;
      }
    }
    top.offer(within, count);
  }

  /**
   * Whether no row was left out that is one of the best: as many have come up to what it expects.
   */
  boolean isComplete() {
    return expected == null || (top.isFull() && !expected.isTighterThan(sumOf(top.limit(limit))));
  }

  private SumBound sumOf(double value) {
    return program.bound(result, bound.isLeast(), value);
  }

  /** What was not even read has not been wrong. */
  void wasNotComplete() {
    if (seen.get() > 0) {
      program.expectNothing(expected);
    }
  }

  /** Takes note of how good the best are, for later queries. */
  @Override
  public void close() {
    if (top != null && top.isFull() && isComplete()) {
      SumBound last = sumOf(top.limit(limit));
      double margin = MARGIN * (sumOf(top.best()).limit() - last.limit());
      program.expect(last, bound.top(), last.limit() - margin);
    }
  }
}
