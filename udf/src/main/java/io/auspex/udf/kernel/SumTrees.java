package io.auspex.udf.kernel;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * The trees of one sum, their leaves as boxes of ranks. Immutable.
 *
 * @param columns how many ranks a row has
 * @param tests of all splits
 * @param roots by tree, a split's ordinal or the complement of a leaf's
 * @param weights by leaf; turned so that the greatest sums are wanted
 * @param greatest by tree, of its weights
 * @param low by leaf and column, the least rank with which rows come there
 * @param high the greatest
 * @param ranks by column, how many different ones tests tell apart, but for the last
 */
record SumTrees(
    int columns,
    Tests tests,
    int[] roots,
    float[] weights,
    float[] greatest,
    char[] low,
    char[] high,
    int[] ranks) {
  private static final int MOST_LEAVES = 1 << 16;
  private static final int MOST_RANGES = 1 << 22;

  /** Of a tree: each cut sorts them. */
  private static final int MOST_OF_TREE = 1024;

  private record Open(int child, char[] low, char[] high) {}

  /** Nothing where the trees are too large, or share leaves. */
  static Optional<SumTrees> of(Tests tests, int[] roots, double[] weights, float[] greatest) {
    int columns = tests.columns().size();
    if (columns == 0
        || weights.length > MOST_LEAVES
        || (long) weights.length * columns > MOST_RANGES) {
      return Optional.empty();
    }
    char[] low = new char[weights.length * columns];
    char[] high = new char[low.length];
    boolean[] isSeen = new boolean[weights.length];
    for (int root : roots) {
      if (!readLeaves(tests, root, columns, low, high, isSeen)) {
        return Optional.empty();
      }
    }
    float[] rounded = new float[weights.length];
    for (int leaf = 0; leaf < rounded.length; leaf++) {
      // What no row comes to adds to none.
      rounded[leaf] = isSeen[leaf] ? (float) weights[leaf] : Float.NEGATIVE_INFINITY;
    }
    int[] ranks = new int[columns];
    for (int test : tests.tests()) {
      ranks[test >>> 16] = Math.max(ranks[test >>> 16], (test & 0xffff) + 1);
    }
    return Optional.of(new SumTrees(columns, tests, roots, rounded, greatest, low, high, ranks));
  }

  private static boolean readLeaves(
      Tests tests, int root, int columns, char[] low, char[] high, boolean[] isSeen) {
    Deque<Open> open = new ArrayDeque<>();
    char[] all = new char[columns];
    Arrays.fill(all, (char) RankColumn.HIGHEST);
    open.push(new Open(root, new char[columns], all));
    int leaves = 0;
    while (!open.isEmpty()) {
      Open next = open.pop();
      if (next.child() >= 0) {
        split(tests, next, open);
      } else if (isSeen[~next.child()] || ++leaves > MOST_OF_TREE) {
        return false;
      } else {
        isSeen[~next.child()] = true;
        System.arraycopy(next.low(), 0, low, ~next.child() * columns, columns);
        System.arraycopy(next.high(), 0, high, ~next.child() * columns, columns);
      }
    }
    return true;
  }

  /** Children that no row comes to are left out. */
  private static void split(Tests tests, Open node, Deque<Open> open) {
    int column = tests.tests()[node.child()] >>> 16;
    int rank = tests.tests()[node.child()] & 0xffff;
    if (node.low()[column] <= rank) {
      char[] high = node.high().clone();
      high[column] = (char) Math.min(high[column], rank);
      open.push(new Open(tests.passed()[node.child()], node.low(), high));
    }
    if (node.high()[column] > rank) {
      char[] low = node.low().clone();
      low[column] = (char) Math.max(low[column], rank + 1);
      open.push(new Open(tests.failed()[node.child()], low, node.high()));
    }
  }

  /** Whether boxes are cut along this column: it compares with numbers. */
  boolean isCompared(int column) {
    return tests.columns().get(column) instanceof RankColumn.Thresholds compared
        && Arrays.stream(compared.thresholds(), 0, ranks[column])
            .noneMatch(threshold -> Double.isInfinite(threshold));
  }

  RankColumn.Thresholds compared(int column) {
    return (RankColumn.Thresholds) tests.columns().get(column);
  }

  int trees() {
    return roots.length;
  }
}
