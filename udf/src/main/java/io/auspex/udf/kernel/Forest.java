package io.auspex.udf.kernel;

import io.auspex.udf.ensemble.Ensemble;
import io.auspex.udf.ensemble.Ensemble.Aggregate;
import io.auspex.udf.ensemble.Ensemble.Leaves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An ensemble laid out for the processor. A block of rows is led through one tree after the other,
 * so that a tree stays in the first-level cache for all of them; each row's weights are added in
 * the order of the trees, as ONNX Runtime adds them. Thread-safe; all that changes is what it
 * learns about bounds.
 */
final class Forest {
  /** Ranks of a block, so that they stay in the second-level cache beside a tree. */
  private static final int BLOCK_RANKS = 1 << 15;

  /** Rows of a block. */
  static final int MOST_ROWS = 512;

  private static final int LEAST_ROWS = 32;

  /** Fewer rows are walked: they tell too little, and may be all there are. */
  private static final int LONG_ROWS = 256;

  private final Ensemble ensemble;
  private final List<RankColumn> columns;
  private final List<Tree> trees;
  private final long untouched;
  private final Tests tests;
  private final BoundedSum bounded;

  /** Of trees as they come; none where one of them cannot be swept. */
  private final List<Sweep> sweeps;

  private final Contest contest = new Contest();

  /**
   * @param target to which all leaves add one weight; −1 where they do otherwise
   * @param weights by slot, of such a tree
   */
  record Tree(Walk walk, int target, double[] weights, int[] leafOf) {}

  private Forest(
      Ensemble ensemble, Tests tests, List<Tree> trees, long untouched, Screen.Pace pace) {
    this.ensemble = ensemble;
    this.columns = tests.columns();
    this.trees = trees;
    this.untouched = untouched;
    this.tests = tests;
    this.bounded = new BoundedSum(this, pace);
    List<Sweep> found = trees.stream().flatMap(tree -> Sweep.of(tree.walk()).stream()).toList();
    this.sweeps = found.size() == trees.size() ? found : List.of();
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

  Tests tests() {
    return tests;
  }

  List<Tree> trees() {
    return trees;
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
   * Adds up the weights of the leaves that rows come to.
   *
   * @param features the values by feature, {@code rows} of each, of the operator's own type
   * @param rows at most a block's
   */
  void sum(double[][] features, int rows, Sums sums) {
    boolean mayBeSwept = rows >= LONG_ROWS && isSweepable();
    boolean isSwept = mayBeSwept && contest.isForSecond();
    long started = System.nanoTime();
    rank(features, rows, sums, isSwept);
    clear(rows, sums);
    for (int i = 0; i < trees.size(); i++) {
      walk(i, rows, sums);
      aggregate(trees.get(i), rows, sums);
    }
    if (mayBeSwept) {
      contest.took(isSwept, (double) (System.nanoTime() - started) / rows);
    }
  }

  /**
   * Sums of rows of which each comes to another leaf of the only tree, in the leaves' order; all
   * leaves belong to it.
   */
  Sums ofLeaves() {
    Tree tree = trees.get(0);
    int rows = ensemble.leaves().count();
    Sums sums = new Sums(ensemble.targets(), columns.size(), rows);
    for (int slot = 0; slot < tree.leafOf().length; slot++) {
      if (tree.leafOf()[slot] >= 0) {
        sums.slots[tree.leafOf()[slot]] = slot;
      }
    }
    clear(rows, sums);
    aggregate(tree, rows, sums);
    return sums;
  }

  private void clear(int rows, Sums sums) {
    for (double[] scores : sums.scores) {
      Arrays.fill(scores, 0, rows, 0);
    }
    boolean isMarked = untouched != 0 || isExtreme();
    Arrays.fill(sums.touched, 0, rows, isMarked ? 0 : -1);
  }

  /** Takes in the weights of a tree's slots. */
  private void aggregate(Tree tree, int rows, Sums sums) {
    if (isExtreme()) {
      takeExtremes(tree, rows, sums);
    } else if (tree.target() >= 0) {
      add(tree, rows, sums);
    } else {
      addAll(tree, rows, sums);
    }
  }

  /** Whether its trees are small enough to be swept. */
  boolean isSweepable() {
    return !sweeps.isEmpty();
  }

  /** Writes the slots of one tree. */
  void walk(int tree, int rows, Sums sums) {
    if (sums.isSwept) {
      sweeps.get(tree).sweep(sums.columns, rows, sums.sweeping, sums.slots);
    } else {
      trees.get(tree).walk().walk(sums.ranks, columns.size(), rows, sums.slots);
    }
  }

  /** Ranks rows, for sweeps or for walks. */
  void rank(double[][] features, int rows, Sums sums, boolean isSwept) {
    sums.isSwept = isSwept;
    if (isSwept) {
      rankColumns(features, rows, sums);
    } else {
      rankRows(features, rows, sums);
    }
  }

  /** Moves the ranks of the first {@code count} of {@code sums.kept} together. */
  void keep(int count, Sums sums) {
    int[] kept = sums.kept;
    if (sums.isSwept) {
      for (int[] column : sums.columns) {
        for (int row = 0; row < count; row++) {
          column[row] = column[kept[row]];
        }
      }
      return;
    }
    int stride = columns.size();
    for (int row = 0; row < count; row++) {
      System.arraycopy(sums.ranks, kept[row] * stride, sums.ranks, row * stride, stride);
    }
  }

  private void rankColumns(double[][] features, int rows, Sums sums) {
    if (sums.columns == null) {
      sums.columns = new int[columns.size()][sums.slots.length];
      sums.sweeping = Sweep.memory(sums.slots.length);
    }
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).rank(features[columns.get(i).feature()], rows, sums.ranks, 0, 1);
      for (int row = 0; row < rows; row++) {
        sums.columns[i][row] = sums.ranks[row];
      }
    }
  }

  private void rankRows(double[][] features, int rows, Sums sums) {
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

  /** Sums of a forest of one sum of which some only are wanted. */
  BoundedSum bounded() {
    return bounded;
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

  /** Adds the weights of the slots that rows came to. */
  void add(Tree tree, int rows, double[] scores, int[] slots) {
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
