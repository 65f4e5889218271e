package io.auspex.udf.kernel;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells early which rows' sums cannot come within a bound, and learns to tell it better the more
 * rows it sees: it may spend a share of the time that walking trees has taken on cutting boxes, so
 * that few rows cost little and many pay for what they save. What was learnt stays for later
 * queries. Thread-safe.
 */
final class Screen {
  /**
   * How it learns.
   *
   * @param sample how many rows it looks at
   * @param every of which one is taken
   * @param share of the time of walking that it may spend
   * @param nanos that it spends at a time
   */
  record Pace(int sample, int every, double share, long nanos) {
    static final Pace USUAL = new Pace(16_384, 8, 0.5, 10_000_000);
  }

  /** With so many boxes it should be seen whether they help. */
  private static final int TRIAL_BOXES = 2048;

  /** They do where less than this share of trees is walked. */
  private static final double HELPFUL = 0.85;

  /** Boxes are laid out anew where there are so many times as many. */
  private static final double NOTEWORTHY = 1.25;

  /** What is near a limit, as a share of the way from there to the greatest sum. */
  private static final double NEAR = 0.05;

  /** So much of it: a limit that has risen by as much is another one. */
  private static final double FAR = 0.125;

  /** So that what was earned long ago is not spent on a query that would not earn it. */
  private static final long MOST_CREDIT = 50_000_000;

  private final Pace pace;
  private final Optional<SumTrees> trees;
  private final double scale;
  private final ReentrantLock learning = new ReentrantLock();
  private final AtomicLong credit = new AtomicLong();
  private volatile Boxes boxes;
  private volatile boolean isSampled;
  private volatile double exhaustedBelow = Double.POSITIVE_INFINITY;
  private volatile double hopelessBelow = Double.NEGATIVE_INFINITY;
  private volatile double walkedShare = 1;
  private char[][] sample;
  private int sampled;
  private int seen;
  private int laidOut;
  private BoxTree tree;

  /**
   * @param trees whose sums are turned so that the greatest are wanted; none where they are too
   *     large to be cut into boxes
   * @param whole what is known without having seen rows
   */
  Screen(Optional<SumTrees> trees, Boxes whole, Pace pace) {
    this.trees = trees;
    this.boxes = whole;
    this.scale = whole.scale();
    this.pace = pace;
    if (trees.isEmpty()) {
      exhaustedBelow = Double.NEGATIVE_INFINITY;
    }
  }

  Boxes boxes() {
    return boxes;
  }

  /** Whether it may still get better at a limit. */
  boolean learns(double limit) {
    return limit < exhaustedBelow && limit >= hopelessBelow;
  }

  /** Takes some rows into its sample, until that is full. */
  void see(char[] ranks, int stride, int rows) {
    if (isSampled || trees.isEmpty() || !learning.tryLock()) {
      return;
    }
    try {
      if (sample == null) {
        sample = new char[stride][pace.sample()];
      }
      for (int row = 0; row < rows && sampled < pace.sample(); row++) {
        if (seen++ % pace.every() == 0) {
          for (int i = 0; i < stride; i++) {
            sample[i][sampled] = ranks[row * stride + i];
          }
          sampled++;
        }
      }
      isSampled = sampled == pace.sample();
    } finally {
      learning.unlock();
    }
  }

  /**
   * Takes note of work done.
   *
   * @param nanos that walking took
   * @param share of trees that were walked
   */
  void walked(long nanos, double share) {
    long earned = (long) (nanos * pace.share());
    credit.accumulateAndGet(earned, (some, more) -> Math.min(some + more, MOST_CREDIT));
    walkedShare += (share - walkedShare) / 16;
  }

  /**
   * Learns where it is time to.
   *
   * @param limit of the sums that are wanted
   */
  void learn(double limit) {
    if (!isSampled || !learns(limit) || Double.isInfinite(limit) || !learning.tryLock()) {
      return;
    }
    try {
      if (credit.get() >= pace.nanos()) {
        grow(limit);
      }
    } finally {
      learning.unlock();
    }
  }

  private void grow(double limit) {
    long start = System.nanoTime();
    if (tree == null) {
      tree = new BoxTree(trees.get(), sample);
    } else if (tree.size() >= TRIAL_BOXES && walkedShare > HELPFUL) {
      // Should the limit rise by much, it is worth another look.
      hopelessBelow = limit + FAR * (tree.bound() - limit);
      return;
    }
    boolean isExhausted = !tree.grow(limit, pace.nanos());
    // To lay out what was learnt takes a while; some more has to have been learnt each time.
    if (isExhausted || tree.size() >= NOTEWORTHY * laidOut) {
      laidOut = tree.size();
      boxes = tree.boxes(scale);
    }
    if (isExhausted) {
      // Of a limit a little lower, which may still rise to this one, as little is to be learnt.
      exhaustedBelow = limit - NEAR * Math.abs(tree.bound() - limit);
    }
    credit.addAndGet(start - System.nanoTime());
  }
}
