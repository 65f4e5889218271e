package io.auspex.udf.kernel;

import io.auspex.udf.ensemble.Ensemble.Leaves;
import java.util.Arrays;
import java.util.List;

/**
 * Sums of a forest's weights, where those within a bound only are wanted: the others are given up,
 * many before the first tree and most after a few. Thread-safe.
 */
final class BoundedSum {
  /** Fewer rows are walked. */
  private static final int MANY_ROWS = 96;

  private final Forest forest;
  private final Screen.Pace pace;
  private final Contest contest = new Contest();
  private Screen ofGreatest;
  private Screen ofLeast;

  /**
   * @param forest of one sum, should any be asked for
   */
  BoundedSum(Forest forest, Screen.Pace pace) {
    this.forest = forest;
    this.pace = pace;
  }

  /** What tells rows that are out of bounds, of all queries. */
  synchronized Screen screen(SumBound bound) {
    if (bound.isLeast()) {
      ofGreatest = ofGreatest == null ? newScreen(1) : ofGreatest;
      return ofGreatest;
    }
    ofLeast = ofLeast == null ? newScreen(-1) : ofLeast;
    return ofLeast;
  }

  private Screen newScreen(int sign) {
    Leaves leaves = forest.ensemble().leaves();
    double[] weights = new double[leaves.count()];
    for (int leaf = 0; leaf < weights.length; leaf++) {
      boolean hasWeight = leaves.starts()[leaf] < leaves.starts()[leaf + 1];
      weights[leaf] = hasWeight ? sign * leaves.weights()[leaves.starts()[leaf]] : 0;
    }
    List<Forest.Tree> trees = forest.trees();
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
        () -> SumTrees.of(forest.tests(), forest.ensemble().roots(), weights, greatest),
        forest.tests().columns(),
        Boxes.whole(greatest, scale),
        pace);
  }

  /** Begins with a batch of rows, of which those within a bound are wanted. */
  Pass begin(SumBound bound) {
    return new Pass(bound);
  }

  /**
   * One batch: rows are told that may be wanted, gathered by the caller, and summed until it is
   * certain that they are not. For one thread.
   */
  final class Pass {
    private final SumBound bound;
    private final Screen screen;
    private final Boxes boxes;
    private final int sign;
    private final double least;
    private long nanos;
    private long rows;
    private int blocks;
    private long walks;

    private Pass(SumBound bound) {
      this.bound = bound;
      this.screen = screen(bound);
      this.boxes = screen.boxes();
      this.sign = bound.isLeast() ? 1 : -1;
      this.least = boxes.least(sign * bound.limit());
    }

    /**
     * Finds the rows of a block whose boxes have sums that are wanted.
     *
     * @return how many they are; {@code sums.rows} has their places, {@code sums.boxes} their boxes
     */
    int locate(double[][] features, int count, Sums sums) {
      long start = System.nanoTime();
      boxes.locate(features, count, sums);
      int all = boxes.all();
      int left = 0;
      int unknown = 0;
      for (int row = 0; row < count; row++) {
        int box = sums.boxes[row];
        unknown += box == all ? 1 : 0;
        if (!(boxes.bound(box) < least)) {
          sums.rows[left] = row;
          sums.boxes[left++] = box;
        }
      }
      if (!boxes.combinations().isEmpty()) {
        screen.unknown(unknown, features, count, boxes);
      }
      screen.see(features, sums.rows, left);
      rows += count;
      blocks++;
      nanos += System.nanoTime() - start;
      return left;
    }

    /**
     * The same as {@link Forest#sum}, but for rows that turn out to be out of bounds.
     *
     * @param count of rows that were located, whose boxes are in {@code sums.boxes}
     * @return how many rows are not given up; {@code sums.rows} has their places, and their scores
     *     come first
     */
    int sum(double[][] features, int count, Sums sums) {
      long start = System.nanoTime();
      long walksBefore = walks;
      boolean mayBeSwept = count >= MANY_ROWS && forest.isSweepable();
      boolean isSwept = mayBeSwept && contest.isForSecond();
      forest.rank(features, count, sums, isSwept);
      int left = walked(count, sums);
      if (!boxes.isInOrder()) {
        addAgain(left, sums);
      }
      long taken = System.nanoTime() - start;
      nanos += taken;
      if (mayBeSwept) {
        contest.took(isSwept, (double) taken / (walks - walksBefore));
      }
      System.arraycopy(sums.open, 0, sums.scores[forest.sumTarget()], 0, left);
      Arrays.fill(sums.touched, 0, left, 1L << forest.sumTarget());
      return left;
    }

    /**
     * Takes note of what the batch has shown.
     *
     * @return the share of the work that the bound has spared
     */
    double end() {
      if (rows == 0) {
        return 0;
      }
      double walked = (double) walks / (rows * forest.trees().size());
      screen.walked(nanos, walked, blocks);
      // As often as may have been earned.
      for (int block = 0; block < blocks && bound.isSettled(); block++) {
        screen.learn(sign * bound.limit());
      }
      return 1 - walked;
    }

    /** Walks the trees, most telling first, and moves the rows together that are not given up. */
    private int walked(int count, Sums sums) {
      for (int row = 0; row < count; row++) {
        sums.rows[row] = row;
      }
      Arrays.fill(sums.open, 0, count, 0);
      int left = count;
      int stop = 1;
      for (int at = 0; at < boxes.order().length && left > 0; at++) {
        if (stop < boxes.stops().length && boxes.stops()[stop] == at) {
          left = keep(stop++, left, sums);
        }
        walk(boxes.order()[at], left, sums);
      }
      return left;
    }

    private int keep(int stop, int count, Sums sums) {
      int kept = 0;
      for (int row = 0; row < count; row++) {
        double sum = sums.open[row];
        // What is NaN is not known to be out of bounds.
        if (!(sign * sum + boxes.rest(sums.boxes[row], stop) < least)) {
          sums.open[kept] = sum;
          sums.rows[kept] = sums.rows[row];
          sums.boxes[kept] = sums.boxes[row];
          sums.kept[kept++] = row;
        }
      }
      if (kept < count) {
        forest.keep(kept, sums);
      }
      return kept;
    }

    /** Adds up once more in the order in which all sums are, so that the last bits are the same. */
    private void addAgain(int count, Sums sums) {
      Arrays.fill(sums.open, 0, count, 0);
      for (int tree = 0; tree < forest.trees().size() && count > 0; tree++) {
        walk(tree, count, sums);
      }
    }

    private void walk(int tree, int count, Sums sums) {
      forest.walk(tree, count, sums);
      forest.add(forest.trees().get(tree), count, sums.open, sums.slots);
      walks += count;
    }
  }
}
