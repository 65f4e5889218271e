package io.auspex.udf.kernel;

import io.auspex.udf.ensemble.Ensemble;
import io.auspex.udf.ensemble.Ensemble.Aggregate;
import io.auspex.udf.ensemble.Ensemble.Leaves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An ensemble laid out for the processor. A block of rows is led through one tree after the other,
 * so that a tree stays in the first-level cache for all of them; each row's weights are added in
 * the order of the trees, as ONNX Runtime adds them. Thread-safe; all that changes is what it
 * learns about bounds.
 */
final class Forest {
  /** Ranks of a block, so that they stay in the second-level cache beside a tree. */
  private static final int BLOCK_RANKS = 1 << 15;

  private static final int MOST_ROWS = 512;
  private static final int LEAST_ROWS = 32;

  private final Ensemble ensemble;
  private final List<RankColumn> columns;
  private final List<Tree> trees;
  private final long untouched;
  private final Tests tests;
  private final Screen.Pace pace;
  private final AtomicReference<Screen> ofGreatest = new AtomicReference<>();
  private final AtomicReference<Screen> ofLeast = new AtomicReference<>();

  /**
   * @param target to which all leaves add one weight; −1 where they do otherwise
   * @param weights by slot, of such a tree
   */
  private record Tree(Walk walk, int target, double[] weights, int[] leafOf) {}

  private Forest(
      Ensemble ensemble, Tests tests, List<Tree> trees, long untouched, Screen.Pace pace) {
    this.ensemble = ensemble;
    this.columns = tests.columns();
    this.trees = trees;
    this.untouched = untouched;
    this.tests = tests;
    this.pace = pace;
  }

  /** Nothing where the ensemble is too wide for it. */
  static Optional<Forest> of(Ensemble ensemble) {
    return of(ensemble, Screen.Pace.USUAL);
  }

  /**
   * @param pace at which it learns which rows are out of bounds
   */
  static Optional<Forest> of(Ensemble ensemble, Screen.Pace pace) {
    try {
      Tests tests = Tests.of(ensemble.splits());
      List<Tree> trees = new ArrayList<>();
      for (int root : ensemble.roots()) {
        trees.add(tree(ensemble.leaves(), TreeLayout.of(tests, root)));
      }
      long untouched = untouched(ensemble, trees);
      boolean isExtreme = isExtreme(ensemble);
      boolean fits = (untouched == 0 && !isExtreme) || ensemble.targets() <= Long.SIZE;
      // A row without any score is an error to ONNX Runtime.
      boolean mayBeNone =
          ensemble.classes().isPresent()
              && ensemble.base().length == 0
              && Long.bitCount(untouched) == ensemble.targets();
      return fits && !(mayBeNone && ensemble.targets() > 2)
          ? Optional.of(new Forest(ensemble, tests, trees, untouched, pace))
          : Optional.empty();
    } catch (Tests.TooMany tooMany) {
      return Optional.empty();
    }
  }

  private static Tree tree(Leaves leaves, TreeLayout layout) {
    int[] starts = leaves.starts();
    int target = -1;
    double[] weights = new double[layout.leafOf().length];
    for (int slot = 0; slot < weights.length; slot++) {
      int leaf = layout.leafOf()[slot];
      if (leaf < 0) {
        continue;
      }
      int start = starts[leaf];
      boolean isLike =
          starts[leaf + 1] == start + 1 && (target < 0 || leaves.targets()[start] == target);
      if (!isLike) {
        return new Tree(layout.walk(), -1, null, layout.leafOf());
      }
      target = leaves.targets()[start];
      weights[slot] = leaves.weights()[start];
    }
    return new Tree(layout.walk(), target, weights, layout.leafOf());
  }

  /** The targets that a row may get no weight for, as bits. */
  private static long untouched(Ensemble ensemble, List<Tree> trees) {
    boolean[] isTouched = new boolean[ensemble.targets()];
    Leaves leaves = ensemble.leaves();
    for (Tree tree : trees) {
      int[] count = new int[ensemble.targets()];
      int all = 0;
      for (int leaf : tree.leafOf()) {
        if (leaf >= 0) {
          all++;
          for (int target : distinct(leaves, leaf)) {
            count[target]++;
          }
        }
      }
      for (int target = 0; target < count.length; target++) {
        isTouched[target] |= count[target] == all;
      }
    }
    long bits = 0;
    for (int target = 0; target < isTouched.length; target++) {
      bits |= isTouched[target] ? 0 : 1L << target;
    }
    return bits;
  }

  private static int[] distinct(Leaves leaves, int leaf) {
    return Arrays.stream(leaves.targets(), leaves.starts()[leaf], leaves.starts()[leaf + 1])
        .distinct()
        .toArray();
  }

  Ensemble ensemble() {
    return ensemble;
  }

  /** How many rows a block has best; a multiple of 8. */
  int blockRows() {
    int rows = BLOCK_RANKS / Math.max(1, columns.size());
    return Math.max(LEAST_ROWS, Math.min(MOST_ROWS, rows / 8 * 8));
  }

  /** Memory for blocks, for one thread at a time. */
  Sums sums() {
    return new Sums(ensemble.targets(), columns.size(), blockRows());
  }

  /**
   * Sums of a block's rows.
   *
   * <p>{@code scores[target][row]} is the sum of weights, or their least or greatest; bit {@code
   * target} of {@code touched[row]} whether there were any, kept only where there may be none.
   */
  static final class Sums {
    final double[][] scores;
    final long[] touched;
    final int[] rows;

    /** Of the trees that rows within a bound would have passed, the share that they did. */
    double walked;

    private long walks;
    private final int[] boxes;
    private final double[] some;
    private final double[] open;
    private final char[] ranks;
    private final int[] slots;

    private Sums(int targets, int columns, int rows) {
      this.scores = new double[targets][rows];
      this.touched = new long[rows];
      this.rows = new int[rows];
      this.boxes = new int[rows];
      this.some = new double[rows];
      this.open = new double[rows];
      int places = Math.max(1, rows * columns);
      this.ranks = new char[Integer.highestOneBit(places) * 2];
      this.slots = new int[rows];
    }
  }

  /**
   * Adds up the weights of the leaves that rows come to.
   *
   * @param features the values by feature, {@code rows} of each, of the operator's own type
   * @param rows at most a block's
   */
  void sum(double[][] features, int rows, Sums sums) {
    int stride = columns.size();
    rank(features, rows, sums);
    for (double[] scores : sums.scores) {
      Arrays.fill(scores, 0, rows, 0);
    }
    boolean isMarked = untouched != 0 || isExtreme();
    Arrays.fill(sums.touched, 0, rows, isMarked ? 0 : -1);
    for (Tree tree : trees) {
      tree.walk().walk(sums.ranks, stride, rows, sums.slots);
      if (isExtreme()) {
        takeExtremes(tree, rows, sums);
      } else if (tree.target() >= 0) {
        add(tree, rows, sums);
      } else {
        addAll(tree, rows, sums);
      }
    }
  }

  private void rank(double[][] features, int rows, Sums sums) {
    int stride = columns.size();
    for (int i = 0; i < stride; i++) {
      RankColumn column = columns.get(i);
      column.rank(features[column.feature()], rows, sums.ranks, i, stride);
    }
  }

  /** Whether every tree adds one weight to the same target, so that a row has one sum. */
  boolean isOneSum() {
    int target = trees.isEmpty() ? -1 : trees.get(0).target();
    return !isExtreme() && target >= 0 && trees.stream().allMatch(tree -> tree.target() == target);
  }

  /** The target of that sum. */
  int sumTarget() {
    return trees.get(0).target();
  }

  /** What tells rows of a forest of one sum that are out of bounds. */
  Screen screen(SumBound bound) {
    AtomicReference<Screen> known = bound.isLeast() ? ofGreatest : ofLeast;
    if (known.get() == null) {
      known.compareAndSet(null, newScreen(bound.isLeast() ? 1 : -1));
    }
    return known.get();
  }

  private Screen newScreen(int sign) {
    Leaves leaves = ensemble.leaves();
    double[] weights = new double[leaves.count()];
    for (int leaf = 0; leaf < weights.length; leaf++) {
      weights[leaf] = leaves.starts()[leaf] < leaves.starts()[leaf + 1] ? weight(leaf, sign) : 0;
    }
    float[] greatest = new float[trees.size()];
    double scale = 0;
    for (int tree = 0; tree < greatest.length; tree++) {
      double[] ofTree =
          Arrays.stream(trees.get(tree).leafOf())
              .filter(leaf -> leaf >= 0)
              .mapToDouble(leaf -> weights[leaf])
              .toArray();
      greatest[tree] = (float) Arrays.stream(ofTree).max().orElseThrow();
      scale += Arrays.stream(ofTree).map(Math::abs).max().orElseThrow();
    }
    return new Screen(
        SumTrees.of(tests, ensemble.roots(), weights), Boxes.whole(greatest, scale), pace);
  }

  private double weight(int leaf, int sign) {
    return sign * ensemble.leaves().weights()[ensemble.leaves().starts()[leaf]];
  }

  /**
   * The same as {@link #sum}, of a forest of one sum, but for rows that turn out to be out of
   * bounds: those are given up, many before the first tree and most after a few.
   *
   * @return how many rows are not given up; their places come first in {@code sums.rows}
   */
  int sumWithin(double[][] features, int rows, SumBound bound, Sums sums) {
    long start = System.nanoTime();
    Screen screen = screen(bound);
    Boxes boxes = screen.boxes();
    int left = screened(features, rows, boxes, bound, sums);
    if (left > 0 && !boxes.isInOrder()) {
      Arrays.fill(sums.open, 0, left, 0);
      for (Tree tree : trees) {
        tree.walk().walk(sums.ranks, columns.size(), left, sums.slots);
        add(tree, left, sums.open, sums.slots);
      }
      sums.walks += (long) left * trees.size();
    }
    sums.walked = (double) sums.walks / ((long) rows * trees.size());
    screen.walked(System.nanoTime() - start, sums.walked);
    if (bound.isSettled()) {
      screen.learn(sign(bound) * bound.limit());
    }
    double[] scores = sums.scores[sumTarget()];
    for (int i = 0; i < left; i++) {
      scores[sums.rows[i]] = sums.open[i];
    }
    Arrays.fill(sums.touched, 0, rows, 1L << sumTarget());
    return left;
  }

  private static int sign(SumBound bound) {
    return bound.isLeast() ? 1 : -1;
  }

  /** Walks the trees, most telling first, and moves the rows together that are not given up. */
  private int screened(double[][] features, int rows, Boxes boxes, SumBound bound, Sums sums) {
    int sign = sign(bound);
    double least = boxes.least(sign * bound.limit());
    sums.walks = 0;
    boxes.locate(features, rows, sums.boxes);
    int left = 0;
    for (int row = 0; row < rows; row++) {
      if (!(boxes.rest(sums.boxes[row], 0) < least)) {
        sums.rows[left] = row;
        sums.boxes[left++] = sums.boxes[row];
      }
    }
    rankSome(features, left, rows, sums);
    screen(bound).see(sums.ranks, columns.size(), left);
    Arrays.fill(sums.open, 0, left, 0);
    int stop = 1;
    for (int at = 0; at < trees.size() && left > 0; at++) {
      if (stop < boxes.stops().length && boxes.stops()[stop] == at) {
        left = keep(boxes, stop++, sign, least, left, sums);
      }
      Tree tree = trees.get(boxes.order()[at]);
      tree.walk().walk(sums.ranks, columns.size(), left, sums.slots);
      add(tree, left, sums.open, sums.slots);
      sums.walks += left;
    }
    return left;
  }

  /** Ranks the rows that are left, which then stand together. */
  private void rankSome(double[][] features, int left, int rows, Sums sums) {
    if (left == rows) {
      rank(features, rows, sums);
      return;
    }
    double[] some = sums.some;
    for (int i = 0; i < columns.size(); i++) {
      RankColumn column = columns.get(i);
      double[] all = features[column.feature()];
      for (int row = 0; row < left; row++) {
        some[row] = all[sums.rows[row]];
      }
      column.rank(some, left, sums.ranks, i, columns.size());
    }
  }

  private int keep(Boxes boxes, int stop, int sign, double least, int rows, Sums sums) {
    int stride = columns.size();
    int kept = 0;
    for (int row = 0; row < rows; row++) {
      double sum = sums.open[row];
      // What is NaN is not known to be out of bounds.
      if (!(sign * sum + boxes.rest(sums.boxes[row], stop) < least)) {
        if (kept < row) {
          sums.open[kept] = sum;
          sums.rows[kept] = sums.rows[row];
          sums.boxes[kept] = sums.boxes[row];
          System.arraycopy(sums.ranks, row * stride, sums.ranks, kept * stride, stride);
        }
        kept++;
      }
    }
    return kept;
  }

  private boolean isExtreme() {
    return isExtreme(ensemble);
  }

  private static boolean isExtreme(Ensemble ensemble) {
    return ensemble.aggregate() == Aggregate.MIN || ensemble.aggregate() == Aggregate.MAX;
  }

  private void add(Tree tree, int rows, Sums sums) {
    add(tree, rows, sums.scores[tree.target()], sums.slots);
    mark(1L << tree.target(), rows, sums);
  }

  private void add(Tree tree, int rows, double[] scores, int[] slots) {
    double[] weights = tree.weights();
    if (ensemble.isDouble()) {
      for (int row = 0; row < rows; row++) {
        scores[row] += weights[slots[row]];
      }
    } else {
      // The sum of two floats as a double, rounded, is their sum as floats.
      for (int row = 0; row < rows; row++) {
        scores[row] = (float) (scores[row] + weights[slots[row]]);
      }
    }
  }

  private void mark(long target, int rows, Sums sums) {
    if (untouched != 0) {
      for (int row = 0; row < rows; row++) {
        sums.touched[row] |= target;
      }
    }
  }

  private void addAll(Tree tree, int rows, Sums sums) {
    Leaves leaves = ensemble.leaves();
    for (int row = 0; row < rows; row++) {
      int leaf = tree.leafOf()[sums.slots[row]];
      for (int i = leaves.starts()[leaf]; i < leaves.starts()[leaf + 1]; i++) {
        int target = leaves.targets()[i];
        double sum = sums.scores[target][row] + leaves.weights()[i];
        sums.scores[target][row] = ensemble.isDouble() ? sum : (float) sum;
        sums.touched[row] |= 1L << target;
      }
    }
  }

  private void takeExtremes(Tree tree, int rows, Sums sums) {
    Leaves leaves = ensemble.leaves();
    boolean isLeast = ensemble.aggregate() == Aggregate.MIN;
    for (int row = 0; row < rows; row++) {
      int leaf = tree.leafOf()[sums.slots[row]];
      for (int i = leaves.starts()[leaf]; i < leaves.starts()[leaf + 1]; i++) {
        int target = leaves.targets()[i];
        double[] scores = sums.scores[target];
        double weight = leaves.weights()[i];
        boolean isFirst = (sums.touched[row] >>> target & 1) == 0;
        if (isFirst || (isLeast ? weight < scores[row] : weight > scores[row])) {
          scores[row] = weight;
        }
        sums.touched[row] |= 1L << target;
      }
    }
  }
}
