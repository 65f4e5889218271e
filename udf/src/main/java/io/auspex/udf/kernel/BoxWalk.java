package io.auspex.udf.kernel;

import java.util.Arrays;

/**
 * Leads rows to boxes, by the values of their features: most rows need no ranks. Does not change
 * once its nodes are put.
 *
 * <p>Nodes have a link to the first of their two children, which stand side by side; a box leads to
 * itself. All of a node lies in two words, and a node's children in one line of the cache.
 */
final class BoxWalk {
  /** Values of a feature that are kept room for: a block's. */
  private static final int ROWS = Forest.MOST_ROWS;

  /** Steps that all rows take: most boxes are about as deep. */
  private static final int FIRST_STEPS = 12;

  /** Steps that those take then, again and again, that have come to no box. */
  private static final int STEPS = 4;

  private static final int PLACE_BITS = 30;
  private static final long PLACES = (1 << PLACE_BITS) - 1;

  /**
   * Link, a bit whether there are children, another whether NaN goes to the second, and where the
   * feature's values begin; then the limit.
   */
  private final long[] nodes;

  private final int[] boxOf;

  /** Ordinals of the features that nodes look at. */
  private int[] features = {};

  /**
   * @param places for nodes, at least
   */
  BoxWalk(int places) {
    this.nodes = new long[4 * Integer.highestOneBit(Math.max(1, places))];
    this.boxOf = new int[nodes.length / 2];
  }

  /**
   * A node: values up to the limit go to the child at {@code link}, others to the one behind.
   *
   * @param limit finite: infinities less infinities are no numbers
   */
  void putNode(int place, int feature, double limit, boolean missingIsLow, int link) {
    long missing = missingIsLow ? 0 : 1L << PLACE_BITS;
    long isNode = 1L << (PLACE_BITS + 1);
    long from = (long) ordinal(feature) * ROWS;
    nodes[2 * place] = (long) link << Integer.SIZE | isNode | missing | from;
    nodes[2 * place + 1] = Double.doubleToRawLongBits(limit);
  }

  private int ordinal(int feature) {
    int ordinal = 0;
    while (ordinal < features.length && features[ordinal] != feature) {
      ordinal++;
    }
    if (ordinal == features.length) {
      features = Arrays.copyOf(features, ordinal + 1);
      features[ordinal] = feature;
    }
    return ordinal;
  }

  void putBox(int place, int box) {
    nodes[2 * place] = (long) place << Integer.SIZE;
    boxOf[place] = box;
  }

  /**
   * Writes the box of each row to {@code sums.boxes}.
   *
   * @param columns the values by feature
   */
  void walk(double[][] columns, int rows, Sums sums) {
    // In one array, since a step may look at any: that there is a value is then seen once.
    double[] values = sums.values(Math.max(1, features.length) * ROWS);
    for (int i = 0; i < features.length; i++) {
      System.arraycopy(columns[features[i]], 0, values, i * ROWS, rows);
    }
    for (int row = 0; row < rows; row++) {
      sums.rows[row] = row;
    }
    Arrays.fill(sums.boxes, 0, rows, 0);
    int steps = FIRST_STEPS;
    for (int open = rows; open > 0; steps = STEPS) {
      advance(values, steps, sums.rows, open, sums.boxes);
      open = between(sums.rows, open, sums.boxes);
    }
    for (int row = 0; row < rows; row++) {
      sums.boxes[row] = boxOf[sums.boxes[row]];
    }
  }

  /** Moves the rows to the front that have come to no box, and says how many they are. */
  private int between(int[] rows, int count, int[] at) {
    int left = 0;
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      rows[left] = row;
      left += (int) (nodes[2 * at[row]] >>> (PLACE_BITS + 1)) & 1;
    }
    return left;
  }

  private void advance(double[] values, int steps, int[] rows, int count, int[] at) {
    int i = 0;
    // Eight rows side by side, since each step of one waits for the step before.
    for (; i + 8 <= count; i += 8) {
      int rowA = rows[i];
      int rowB = rows[i + 1];
      int rowC = rows[i + 2];
      int rowD = rows[i + 3];
      int rowE = rows[i + 4];
      int rowF = rows[i + 5];
      int rowG = rows[i + 6];
      int rowH = rows[i + 7];
      int a = at[rowA];
      int b = at[rowB];
      int c = at[rowC];
      int d = at[rowD];
      int e = at[rowE];
      int f = at[rowF];
      int g = at[rowG];
      int h = at[rowH];
      for (int step = 0; step < steps; step++) {
        a = step(nodes, values, rowA, a);
        b = step(nodes, values, rowB, b);
        c = step(nodes, values, rowC, c);
        d = step(nodes, values, rowD, d);
        e = step(nodes, values, rowE, e);
        f = step(nodes, values, rowF, f);
        g = step(nodes, values, rowG, g);
        h = step(nodes, values, rowH, h);
      }
      at[rowA] = a;
      at[rowB] = b;
      at[rowC] = c;
      at[rowD] = d;
      at[rowE] = e;
      at[rowF] = f;
      at[rowG] = g;
      at[rowH] = h;
    }
    for (; i < count; i++) {
      int node = at[rows[i]];
      for (int step = 0; step < steps; step++) {
        node = step(nodes, values, rows[i], node);
      }
      at[rows[i]] = node;
    }
  }

  /** Without a branch that is not foreseen: the sign of limit − value is the bit to go by. */
  private static int step(long[] nodes, double[] values, int row, int node) {
    long head = nodes[2 * node & (nodes.length - 1)];
    double limit = Double.longBitsToDouble(nodes[(2 * node + 1) & (nodes.length - 1)]);
    double value = values[(int) (head & PLACES) + row];
    int isAbove = (int) (Double.doubleToRawLongBits(limit - value) >>> 63);
    if (value != value) {
      isAbove = (int) (head >>> PLACE_BITS) & 1;
    }
    return (int) (head >>> Integer.SIZE) + (isAbove & (int) (head >>> (PLACE_BITS + 1)));
  }
}
