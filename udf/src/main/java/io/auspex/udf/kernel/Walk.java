package io.auspex.udf.kernel;

/**
 * Leads rows through one tree, from its root to the slots of leaves. Immutable.
 *
 * <p>Ranks lie row by row, {@code stride} of them a row. Rows come in eights, since what delays a
 * step is the one before: eight rows are under way at a time. What lies behind the last row is led
 * through too, so that ranks and slots must have room for whole eights. {@code ranks.length} is a
 * power of two, which spares the check of each place.
 */
sealed interface Walk {

  /** Writes the slot of each row's leaf. */
  void walk(char[] ranks, int stride, int rows, int[] slots);

  /** How many slots there are. */
  int slots();

  /**
   * A tree as a heap: the children of node i are 2i and 2i + 1, the root is 1. All leaves are at
   * the same depth, where the tree has none there two that are equal stand for it.
   *
   * @param tests by node; a power of two of them
   */
  record Heap(int depth, int[] tests) implements Walk {

    @Override
    public int slots() {
      return 1 << depth;
    }

    @Override
    public void walk(char[] ranks, int stride, int rows, int[] slots) {
      int leaves = 1 << depth;
      int row0 = 0;
      for (int row = 0; row < rows; row += 8, row0 += 8 * stride) {
        int row1 = row0 + stride;
        int row2 = row1 + stride;
        int row3 = row2 + stride;
        int row4 = row3 + stride;
        int row5 = row4 + stride;
        int row6 = row5 + stride;
        int row7 = row6 + stride;
        int a = 1;
        int b = 1;
        int c = 1;
        int d = 1;
        int e = 1;
        int f = 1;
        int g = 1;
        int h = 1;
        for (int level = 0; level < depth; level++) {
          a = step(tests, ranks, row0, a);
          b = step(tests, ranks, row1, b);
          c = step(tests, ranks, row2, c);
          d = step(tests, ranks, row3, d);
          e = step(tests, ranks, row4, e);
          f = step(tests, ranks, row5, f);
          g = step(tests, ranks, row6, g);
          h = step(tests, ranks, row7, h);
        }
        slots[row] = a - leaves;
        slots[row + 1] = b - leaves;
        slots[row + 2] = c - leaves;
        slots[row + 3] = d - leaves;
        slots[row + 4] = e - leaves;
        slots[row + 5] = f - leaves;
        slots[row + 6] = g - leaves;
        slots[row + 7] = h - leaves;
      }
    }

    /** Without a branch: the sign of k − rank is the bit to go by. */
    private static int step(int[] tests, char[] ranks, int row, int node) {
      int test = tests[node & (tests.length - 1)];
      int rank = ranks[(row + (test >>> 16)) & (ranks.length - 1)];
      return 2 * node + (((test & 0xffff) - rank) >>> 31);
    }
  }

  /**
   * A tree as nodes with a link to the first of their two children, which stand side by side. A
   * leaf leads to itself.
   *
   * @param tests by node; a power of two of them
   * @param links by node; as many
   * @param nodes how many there are
   */
  record Linked(int[] tests, int[] links, int nodes) implements Walk {
    /** Passed by every rank. */
    static final int LEAF = RankColumn.HIGHEST;

    @Override
    public int slots() {
      return nodes;
    }

    @Override
    public void walk(char[] ranks, int stride, int rows, int[] slots) {
      int row0 = 0;
      for (int row = 0; row < rows; row += 8, row0 += 8 * stride) {
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
          int at = row0;
          int from = a;
          a = step(tests, links, ranks, at, a);
          moved = a ^ from;
          from = b;
          b = step(tests, links, ranks, at += stride, b);
          moved |= b ^ from;
          from = c;
          c = step(tests, links, ranks, at += stride, c);
          moved |= c ^ from;
          from = d;
          d = step(tests, links, ranks, at += stride, d);
          moved |= d ^ from;
          from = e;
          e = step(tests, links, ranks, at += stride, e);
          moved |= e ^ from;
          from = f;
          f = step(tests, links, ranks, at += stride, f);
          moved |= f ^ from;
          from = g;
          g = step(tests, links, ranks, at += stride, g);
          moved |= g ^ from;
          from = h;
          h = step(tests, links, ranks, at + stride, h);
          moved |= h ^ from;
        } while (moved != 0);
        slots[row] = a;
        slots[row + 1] = b;
        slots[row + 2] = c;
        slots[row + 3] = d;
        slots[row + 4] = e;
        slots[row + 5] = f;
        slots[row + 6] = g;
        slots[row + 7] = h;
      }
    }

    private static int step(int[] tests, int[] links, char[] ranks, int row, int node) {
      int test = tests[node & (tests.length - 1)];
      int rank = ranks[(row + (test >>> 16)) & (ranks.length - 1)];
      return links[node & (links.length - 1)] + (((test & 0xffff) - rank) >>> 31);
    }
  }
}
