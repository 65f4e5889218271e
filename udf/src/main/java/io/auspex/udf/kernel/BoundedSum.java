package io.auspex.udf.kernel;

import io.auspex.udf.ensemble.Ensemble.Leaves;
import java.util.Arrays;
import java.util.List;

/**
 * Sums of a forest's weights, where those within a bound only are wanted: the others are given up,
 * many before the first tree and most after a few. Thread-safe.
 */
final class BoundedSum {
  private final Forest forest;
  private final Screen.Pace pace;
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

  /**
   * The same as {@link Forest#sum}, but for rows that turn out to be out of bounds.
   *
   * @return how many rows are not given up; {@code sums.rows} has their places, and their scores
   *     come first
   */
  int sum(double[][] features, int rows, SumBound bound, Forest.Sums sums) {
    long start = System.nanoTime();
    int sign = bound.isLeast() ? 1 : -1;
    Screen screen = screen(bound);
    Boxes boxes = screen.boxes();
    int left = screened(features, rows, screen, boxes, sign, sign * bound.limit(), sums);
    if (!boxes.isInOrder()) {
      addAgain(left, sums);
    }
    sums.walked = (double) sums.walks / ((long) rows * forest.trees().size());
    screen.walked(System.nanoTime() - start, sums.walked);
    if (bound.isSettled()) {
      screen.learn(sign * bound.limit());
    }
    System.arraycopy(sums.open, 0, sums.scores[forest.sumTarget()], 0, left);
    Arrays.fill(sums.touched, 0, left, 1L << forest.sumTarget());
    return left;
  }

  /** Walks the trees, most telling first, and moves the rows together that are not given up. */
  private int screened(
      double[][] features,
      int rows,
      Screen screen,
      Boxes boxes,
      int sign,
      double limit,
      Forest.Sums sums) {
    double least = boxes.least(limit);
    int left = inBoxes(features, rows, screen, boxes, least, sums);
    screen.see(features, sums.rows, left);
    rankSome(features, left, rows, sums);
    Arrays.fill(sums.open, 0, left, 0);
    sums.walks = 0;
    int stop = 1;
    for (int at = 0; at < boxes.order().length && left > 0; at++) {
      if (stop < boxes.stops().length && boxes.stops()[stop] == at) {
        left = keep(boxes, stop++, sign, least, left, sums);
      }
      walk(forest.trees().get(boxes.order()[at]), left, sums);
    }
    return left;
  }

  /** Finds the rows whose boxes have sums that are wanted. */
  private int inBoxes(
      double[][] features, int rows, Screen screen, Boxes boxes, double least, Forest.Sums sums) {
    boxes.locate(features, rows, sums);
    int all = boxes.all();
    int left = 0;
    int unknown = 0;
    for (int row = 0; row < rows; row++) {
      int box = sums.boxes[row];
      unknown += box == all ? 1 : 0;
      if (!(boxes.bound(box) < least)) {
        sums.rows[left] = row;
        sums.boxes[left++] = box;
      }
    }
    if (!boxes.combinations().isEmpty()) {
      screen.unknown(unknown, features, rows);
    }
    return left;
  }

  /** Ranks the rows that are left, which then stand together. */
  private void rankSome(double[][] features, int left, int rows, Forest.Sums sums) {
    if (left == rows) {
      forest.rank(features, rows, sums);
      return;
    }
    List<RankColumn> columns = forest.tests().columns();
    for (int i = 0; i < columns.size(); i++) {
      double[] all = features[columns.get(i).feature()];
      for (int row = 0; row < left; row++) {
        sums.some[row] = all[sums.rows[row]];
      }
      columns.get(i).rank(sums.some, left, sums.ranks, i, columns.size());
    }
  }

  private int keep(Boxes boxes, int stop, int sign, double least, int rows, Forest.Sums sums) {
    int stride = stride();
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

  /** Adds up once more in the order in which all sums are, so that the last bits are the same. */
  private void addAgain(int rows, Forest.Sums sums) {
    Arrays.fill(sums.open, 0, rows, 0);
    if (rows > 0) {
      forest.trees().forEach(tree -> walk(tree, rows, sums));
    }
  }

  private void walk(Forest.Tree tree, int rows, Forest.Sums sums) {
    tree.walk().walk(sums.ranks, stride(), rows, sums.slots);
    forest.add(tree, rows, sums.open, sums.slots);
    sums.walks += rows;
  }

  private int stride() {
    return forest.tests().columns().size();
  }
}
