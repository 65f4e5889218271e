package io.auspex.udf.kernel;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

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
    static final Pace USUAL = new Pace(65_536, 2, 1, 10_000_000);
  }

  /** Where more of the rows are wanted, boxes spare too few of them. */
  private static final double MOST_WANTED = 0.5;

  /** With so many boxes it is seen how many of the trees are still walked. */
  private static final int TRIAL_BOXES = 2048;

  /** Boxes pay where no larger share of the trees is walked. */
  private static final double MOST_WALKED = 0.85;

  /** Boxes pay where no larger share of the rows has joint values that were not seen before. */
  private static final double MOST_UNKNOWN = 1.0 / 32;

  /** Whether they are as many is judged by so many times the rows of a sample. */
  private static final int JUDGED_SAMPLES = 4;

  /** Of what is known of the share of trees walked, with each block. */
  private static final double KEPT_SHARE = 15.0 / 16;

  /** Boxes are laid out anew where there are so many times as many. */
  private static final double MORE_BOXES = 1.25;

  /** A limit lower by so many deviations of the sums may still rise to the one known. */
  private static final double NEAR = 2;

  /** Rows out of a limit lower by so many are given up just as soon. */
  private static final double SLIGHTLY = 0.25;

  /** A limit higher by so many is worth another attempt. */
  private static final double FAR = 1;

  /** So that what was earned long ago is not spent on a query that would not earn it. */
  private static final long MOST_CREDIT = 50_000_000;

  private final Supplier<Optional<SumTrees>> readTrees;
  private final List<RankColumn> columns;
  private final Pace pace;
  private final Boxes whole;
  private final Expectations expectations = new Expectations();
  private final ReentrantLock learning = new ReentrantLock();
  private final AtomicLong credit = new AtomicLong();
  private volatile Boxes boxes;
  private volatile boolean isSampled;

  /** Limits from here on have no more to learn, until they are far higher. */
  private volatile double knownFrom = Double.POSITIVE_INFINITY;

  /** For limits below, boxes have to be laid out again, of which some have become one. */
  private volatile double laidOutFrom = Double.NEGATIVE_INFINITY;

  /** Where boxes ran out, for limits from here on they are cut anew. */
  private volatile double farFrom = Double.POSITIVE_INFINITY;

  /** Limits below were tried without success. */
  private volatile double hopelessBelow = Double.NEGATIVE_INFINITY;

  /** A moving average; updates that threads lose do no harm. */
  private volatile double walkedShare;

  /** Another one, over some samples' rows. */
  private volatile double unknownShare;

  /** What is sampled goes when it is ranked. */
  private RowSample sample;

  private char[][] ranks;
  private List<Combinations> combinations;

  /** Features whose joint values were not what the sample had led to expect. */
  private final BitSet apart = new BitSet();

  private int laidOut;
  private BoxTree tree;
  private boolean hasGivenUp;

  /**
   * @param trees whose sums are turned so that the greatest are wanted; none where they are too
   *     large to be cut into boxes. Asked for when there are rows enough
   * @param columns as they look at features
   * @param whole what is known without having seen rows
   */
  Screen(Supplier<Optional<SumTrees>> trees, List<RankColumn> columns, Boxes whole, Pace pace) {
    this.readTrees = trees;
    this.columns = columns;
    this.boxes = whole;
    this.whole = whole;
    this.pace = pace;
  }

  Boxes boxes() {
    return boxes;
  }

  /** Of sums as they are, rather than turned. */
  Expectations expectations() {
    return expectations;
  }

  /** Whether it may still get better at a limit; at none that lets all pass. */
  boolean learns(double limit) {
    boolean isNews = !isKnown(limit) || limit < laidOutFrom;
    return isNews && limit >= hopelessBelow && !Double.isInfinite(limit);
  }

  private boolean isKnown(double limit) {
    return limit >= knownFrom && limit < farFrom;
  }

  /**
   * Takes some rows into its sample, until that is full.
   *
   * @param features the values by feature
   * @param places of {@code count} rows
   */
  void see(double[][] features, int[] places, int count) {
    if (isSampled || !learning.tryLock()) {
      return;
    }
    try {
      if (!isSampled) {
        sample = sample == null ? new RowSample(columns, pace.sample(), pace.every()) : sample;
        sample.take(features, places, count);
        isSampled = sample.isFull();
      }
    } finally {
      learning.unlock();
    }
  }

  /**
   * Takes note of rows whose joint values are not known; where they are too many, it begins anew
   * and does not look at those features together again.
   *
   * @param count how many they are of {@code rows}
   * @param known what they were looked for in; nothing is learnt of boxes that are gone
   */
  void unknown(int count, double[][] features, int rows, Boxes known) {
    if (known != boxes) {
      return;
    }
    double weight = Math.min(1, (double) rows / (JUDGED_SAMPLES * pace.sample()));
    unknownShare += ((double) count / rows - unknownShare) * weight;
    if (unknownShare > MOST_UNKNOWN && count > 0 && learning.tryLock()) {
      try {
        if (unknownShare > MOST_UNKNOWN) {
          forget(features, rows);
        }
      } finally {
        learning.unlock();
      }
    }
  }

  private void forget(double[][] features, int rows) {
    int most = 0;
    Combinations worst = null;
    for (Combinations of : boxes.combinations()) {
      int[] marks = new int[rows];
      of.markOthers(features, rows, new double[rows], new int[rows], marks, 1);
      int unknown = Arrays.stream(marks).sum();
      if (unknown > most) {
        most = unknown;
        worst = of;
      }
    }
    if (worst == null) {
      return;
    }
    Arrays.stream(worst.features()).forEach(apart::set);
    unknownShare = 0;
    boxes = whole;
    if (!hasGivenUp) {
      drop(Double.POSITIVE_INFINITY);
      isSampled = false;
    }
  }

  /** Drops all that was learnt, but for the boxes that are laid out. */
  private void drop(double nowKnownFrom) {
    tree = null;
    sample = null;
    ranks = null;
    knownFrom = nowKnownFrom;
    farFrom = Double.POSITIVE_INFINITY;
    laidOutFrom = Double.NEGATIVE_INFINITY;
    hopelessBelow = Double.NEGATIVE_INFINITY;
  }

  /**
   * Takes note of work done.
   *
   * @param nanos that walking took
   * @param share of trees that were walked
   * @param blocks in which they were
   */
  void walked(long nanos, double share, long blocks) {
    long earned = (long) (nanos * pace.share());
    credit.accumulateAndGet(earned, (some, more) -> Math.min(some + more, MOST_CREDIT));
    walkedShare += (share - walkedShare) * (1 - Math.pow(KEPT_SHARE, blocks));
  }

  /**
   * Learns where it is time to.
   *
   * @param limit of the sums that are wanted
   */
  void learn(double limit) {
    if (!isSampled || !learns(limit) || credit.get() < pace.nanos() || !learning.tryLock()) {
      return;
    }
    long start = System.nanoTime();
    boolean isDone = false;
    try {
      // Another thread may have forgotten everything meanwhile.
      if (isSampled && learns(limit)) {
        grow(limit);
      }
      isDone = true;
    } finally {
      credit.addAndGet(start - System.nanoTime());
      if (!isDone) {
        giveUp();
      }
      learning.unlock();
    }
  }

  /** After a failure the boxes that are laid out stay; there will be no others. */
  private void giveUp() {
    hasGivenUp = true;
    drop(Double.NEGATIVE_INFINITY);
    isSampled = true;
  }

  private void grow(double limit) {
    if (tree == null || limit >= farFrom) {
      Optional<SumTrees> trees = readTrees.get();
      if (trees.isEmpty()) {
        giveUp();
        return;
      }
      if (ranks == null) {
        ranks = sample.ranks(columns);
        combinations = CombinationSearch.of(sample, apart);
        sample = null;
      }
      tree = new BoxTree(trees.get(), combinations, ranks);
      laidOut = 0;
      // Nothing is known of boxes that are cut anew.
      knownFrom = Double.POSITIVE_INFINITY;
      farFrom = Double.POSITIVE_INFINITY;
    }
    if (isHopeless(limit)) {
      hopelessBelow = limit + FAR * tree.deviation();
      return;
    }
    boolean isNew = !isKnown(limit);
    boolean isLeft = isNew && tree.grow(limit, pace.nanos());
    // To lay out what was learnt takes a while; some more has to have been learnt each time.
    if (tree.size() > 1 && (!isLeft || tree.size() >= MORE_BOXES * laidOut)) {
      layOut(limit);
    }
    if (isNew && !isLeft) {
      double near = NEAR * tree.deviation();
      knownFrom = limit - near;
      farFrom = tree.isFull() ? limit + near : Double.POSITIVE_INFINITY;
    }
  }

  private void layOut(double limit) {
    double from = limit - SLIGHTLY * tree.deviation();
    laidOut = tree.size();
    boxes = tree.boxes(from, whole.scale());
    laidOutFrom = from;
    walkedShare = 0;
  }

  private boolean isHopeless(double limit) {
    return tree.size() == 1
        ? tree.share(limit) > MOST_WANTED
        : tree.size() >= TRIAL_BOXES && walkedShare > MOST_WALKED;
  }
}
