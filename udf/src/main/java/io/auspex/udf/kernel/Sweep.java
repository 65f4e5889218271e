package io.auspex.udf.kernel;

import java.util.Arrays;
import java.util.Optional;

/**
 * Leads rows through one small tree by looking at all of its nodes for each of them, where {@link
 * Walk} looks at those on a row's way: more work, but in loops over columns that the JIT makes
 * vector instructions of. Each node chooses between its children's slots with a mask. Immutable.
 *
 * @param depth of the heap, at most 6
 * @param tests by node, as {@link Walk.Heap} has them
 */
record Sweep(int depth, int[] tests) {
  /** A deeper tree has too many nodes. */
  private static final int MOST_DEPTH = 6;

  /** Nothing where the tree has another size or form. */
  static Optional<Sweep> of(Walk walk) {
    return walk instanceof Walk.Heap heap && heap.depth() <= MOST_DEPTH
        ? Optional.of(new Sweep(heap.depth(), heap.tests()))
        : Optional.empty();
  }

  /** Memory for slots of {@code rows} rows, on their way up from the leaves. */
  static int[][] memory(int rows) {
    return new int[(1 << (MOST_DEPTH - 2)) + (1 << (MOST_DEPTH - 4))][rows];
  }

  /**
   * Writes the slot of each row's leaf.
   *
   * @param ranks by column and row
   */
  void sweep(int[][] ranks, int rows, int[][] memory, int[] slots) {
    if (depth == 0) {
      Arrays.fill(slots, 0, rows, 0);
    } else if (depth == 1) {
      leaves(ranks[column(1)], rank(1), rows, slots);
    } else {
      sweepUp(ranks, rows, memory, slots);
    }
  }

  /** Two levels of nodes at a time, from the leaves to the root. */
  private void sweepUp(int[][] ranks, int rows, int[][] memory, int[] slots) {
    int count = 1 << (depth - 2);
    for (int i = 0; i < count; i++) {
      leaves(count + i, ranks, rows, 4 * i, count == 1 ? slots : memory[i]);
    }
    int from = 0;
    while (count >= 4) {
      int to = from + count;
      count /= 4;
      for (int i = 0; i < count; i++) {
        int[] chosen = count == 1 ? slots : memory[to + i];
        choose(count + i, ranks, rows, memory, from + 4 * i, chosen);
      }
      from = to;
    }
    if (count == 2) {
      choose(ranks[column(1)], rank(1), memory[from], memory[from + 1], rows, slots);
    }
  }

  private int column(int node) {
    return tests[node] >>> 16;
  }

  private int rank(int node) {
    return tests[node] & 0xffff;
  }

  private static void leaves(int[] own, int ownRank, int rows, int[] slots) {
    for (int row = 0; row < rows; row++) {
      slots[row] = 1 & ((ownRank - own[row]) >> 31);
    }
  }

  /** A node whose grandchildren are leaves, the first of them in {@code slot}. */
  private void leaves(int node, int[][] ranks, int rows, int slot, int[] slots) {
    int[] own = ranks[column(node)];
    int[] left = ranks[column(2 * node)];
    int[] right = ranks[column(2 * node + 1)];
    leaves(own, rank(node), left, rank(2 * node), right, rank(2 * node + 1), slot, rows, slots);
  }

  /** The mask has all bits set where a rank is above the test's. */
  private static void leaves(
      int[] own,
      int ownRank,
      int[] left,
      int leftRank,
      int[] right,
      int rightRank,
      int slot,
      int rows,
      int[] slots) {
    int other = slot + 2;
    for (int row = 0; row < rows; row++) {
      int lower = slot ^ (1 & ((leftRank - left[row]) >> 31));
      int upper = other ^ (1 & ((rightRank - right[row]) >> 31));
      slots[row] = lower ^ ((lower ^ upper) & ((ownRank - own[row]) >> 31));
    }
  }

  /** A node with four grandchildren, whose slots lie one behind the other. */
  private void choose(int node, int[][] ranks, int rows, int[][] memory, int from, int[] slots) {
    choose(
        ranks[column(node)],
        rank(node),
        ranks[column(2 * node)],
        rank(2 * node),
        ranks[column(2 * node + 1)],
        rank(2 * node + 1),
        memory[from],
        memory[from + 1],
        memory[from + 2],
        memory[from + 3],
        rows,
        slots);
  }

  private static void choose(
      int[] own,
      int ownRank,
      int[] left,
      int leftRank,
      int[] right,
      int rightRank,
      int[] first,
      int[] second,
      int[] third,
      int[] fourth,
      int rows,
      int[] slots) {
    for (int row = 0; row < rows; row++) {
      int a = first[row];
      int b = third[row];
      int lower = a ^ ((a ^ second[row]) & ((leftRank - left[row]) >> 31));
      int upper = b ^ ((b ^ fourth[row]) & ((rightRank - right[row]) >> 31));
      slots[row] = lower ^ ((lower ^ upper) & ((ownRank - own[row]) >> 31));
    }
  }

  private static void choose(
      int[] own, int ownRank, int[] lower, int[] upper, int rows, int[] slots) {
    for (int row = 0; row < rows; row++) {
      int a = lower[row];
      slots[row] = a ^ ((a ^ upper[row]) & ((ownRank - own[row]) >> 31));
    }
  }
}
