package io.auspex.udf.kernel;

/**
 * Leads rows to boxes, by the values of their features: most rows need no ranks. Immutable.
 *
 * <p>Nodes have a link to the first of their two children, which stand side by side; a box leads to
 * itself. All of a node lies in two words, and a node's children in one line of the cache.
 */
final class BoxWalk {
  private static final int FEATURE_BITS = 16;
  private static final long FEATURES = (1 << FEATURE_BITS) - 1;

  /**
   * Link, a bit whether there are children, another whether NaN goes to the second, and feature;
   * then the limit.
   */
  private final long[] nodes;

  private final int[] boxOf;

  /**
   * @param places for nodes, at least
   */
  BoxWalk(int places) {
    this.nodes = new long[4 * Integer.highestOneBit(Math.max(1, places))];
    this.boxOf = new int[nodes.length / 2];
  }

  /** Whether there is room for a feature's ordinal. */
  static boolean mayLookAt(int feature) {
    return feature <= FEATURES;
  }

  /**
   * A node: values up to the limit go to the child at {@code link}, others to the one behind.
   *
   * @param limit finite: infinities less infinities are no numbers
   */
  void putNode(int place, int feature, double limit, boolean missingIsLow, int link) {
    long missing = missingIsLow ? 0 : 1L << FEATURE_BITS;
    long isNode = 1L << (FEATURE_BITS + 1);
    nodes[2 * place] = (long) link << Integer.SIZE | isNode | missing | feature;
    nodes[2 * place + 1] = Double.doubleToRawLongBits(limit);
  }

  /**
   * A box.
   *
   * @param feature any that there is
   */
  void putBox(int place, int feature, int box) {
    nodes[2 * place] = (long) place << Integer.SIZE | feature;
    boxOf[place] = box;
  }

  /** Writes the box of each row. */
  void walk(double[][] values, int rows, int[] boxes) {
    int row = 0;
    // Eight rows side by side, since each step of one waits for the step before.
    for (; row + 8 <= rows; row += 8) {
      int a = 0;
      int b = 0;
      int c = 0;
      int d = 0;
      int e = 0;
      int f = 0;
      int g = 0;
      int h = 0;
      int moved;
      do {
        int from = a;
        a = step(nodes, values, row, a);
        moved = a ^ from;
        from = b;
        b = step(nodes, values, row + 1, b);
        moved |= b ^ from;
        from = c;
        c = step(nodes, values, row + 2, c);
        moved |= c ^ from;
        from = d;
        d = step(nodes, values, row + 3, d);
        moved |= d ^ from;
        from = e;
        e = step(nodes, values, row + 4, e);
        moved |= e ^ from;
        from = f;
        f = step(nodes, values, row + 5, f);
        moved |= f ^ from;
        from = g;
        g = step(nodes, values, row + 6, g);
        moved |= g ^ from;
        from = h;
        h = step(nodes, values, row + 7, h);
        moved |= h ^ from;
      } while (moved != 0);
      boxes[row] = boxOf[a];
      boxes[row + 1] = boxOf[b];
      boxes[row + 2] = boxOf[c];
      boxes[row + 3] = boxOf[d];
      boxes[row + 4] = boxOf[e];
      boxes[row + 5] = boxOf[f];
      boxes[row + 6] = boxOf[g];
      boxes[row + 7] = boxOf[h];
    }
    for (; row < rows; row++) {
      int at = 0;
      for (int next = step(nodes, values, row, at); next != at; ) {
        at = next;
        next = step(nodes, values, row, at);
      }
      boxes[row] = boxOf[at];
    }
  }

  /** Without a branch that is not foreseen: the sign of limit − value is the bit to go by. */
  private static int step(long[] nodes, double[][] values, int row, int node) {
    long head = nodes[2 * node & (nodes.length - 1)];
    double limit = Double.longBitsToDouble(nodes[(2 * node + 1) & (nodes.length - 1)]);
    double value = values[(int) (head & FEATURES)][row];
    int isAbove = (int) (Double.doubleToRawLongBits(limit - value) >>> 63);
    if (value != value) {
      isAbove = (int) (head >>> FEATURE_BITS) & 1;
    }
    return (int) (head >>> Integer.SIZE) + (isAbove & (int) (head >>> (FEATURE_BITS + 1)));
  }
}
