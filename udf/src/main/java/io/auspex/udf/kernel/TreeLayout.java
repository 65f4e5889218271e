package io.auspex.udf.kernel;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Lays out one tree: as a heap where that wastes little, otherwise linked.
 *
 * @param leafOf the ordinal of the leaf of each slot; −1 where no leaf is
 */
record TreeLayout(Walk walk, int[] leafOf) {
  /** A tree no deeper may be swept, if it is a heap: {@link Sweep}. */
  private static final int SMALL_DEPTH = 6;

  private static final int MOST_DEPTH = 14;

  /** Slots of a heap to a leaf, at most. */
  private static final int WASTE = 4;

  /**
   * @param root the ordinal of a split, or the complement of a leaf's
   */
  static TreeLayout of(Tests tests, int root) {
    Size size = size(tests, root);
    boolean isFull =
        size.depth() <= SMALL_DEPTH
            || (size.depth() <= MOST_DEPTH && 1L << size.depth() <= WASTE * (long) size.leaves());
    return isFull ? heap(tests, root, size.depth()) : linked(tests, root, size.leaves());
  }

  private record Size(int depth, int leaves) {}

  private record Open(int child, int place, int depth) {}

  private static Size size(Tests tests, int root) {
    int depth = 0;
    int leaves = 0;
    Deque<Open> open = new ArrayDeque<>();
    open.push(new Open(root, 0, 0));
    while (!open.isEmpty()) {
      Open next = open.pop();
      if (next.child() < 0) {
        leaves++;
        depth = Math.max(depth, next.depth());
      } else {
        open.push(new Open(tests.passed()[next.child()], 0, next.depth() + 1));
        open.push(new Open(tests.failed()[next.child()], 0, next.depth() + 1));
      }
    }
    return new Size(depth, leaves);
  }

  private static TreeLayout heap(Tests tests, int root, int depth) {
    int[] nodes = new int[1 << depth];
    Arrays.fill(nodes, Walk.Linked.LEAF);
    int[] leafOf = new int[1 << depth];
    Arrays.fill(leafOf, -1);
    Deque<Open> open = new ArrayDeque<>();
    open.push(new Open(root, 1, 0));
    while (!open.isEmpty()) {
      Open next = open.pop();
      if (next.child() < 0) {
        // What every rank passes leads to the left.
        leafOf[(next.place() << (depth - next.depth())) - (1 << depth)] = ~next.child();
      } else {
        nodes[next.place()] = tests.tests()[next.child()];
        open.push(new Open(tests.passed()[next.child()], 2 * next.place(), next.depth() + 1));
        open.push(new Open(tests.failed()[next.child()], 2 * next.place() + 1, next.depth() + 1));
      }
    }
    return new TreeLayout(new Walk.Heap(depth, nodes), leafOf);
  }

  /** Breadth first, so that what most rows pass lies together. */
  private static TreeLayout linked(Tests tests, int root, int leaves) {
    int count = 2 * leaves - 1;
    int size = Math.max(2, Integer.highestOneBit(count) * 2);
    int[] nodes = new int[size];
    int[] links = new int[size];
    int[] leafOf = new int[count];
    Arrays.fill(leafOf, -1);
    int next = 1;
    Deque<Open> open = new ArrayDeque<>();
    open.add(new Open(root, 0, 0));
    while (!open.isEmpty()) {
      Open node = open.poll();
      if (node.child() < 0) {
        nodes[node.place()] = Walk.Linked.LEAF;
        links[node.place()] = node.place();
        leafOf[node.place()] = ~node.child();
      } else {
        nodes[node.place()] = tests.tests()[node.child()];
        links[node.place()] = next;
        open.add(new Open(tests.passed()[node.child()], next++, 0));
        open.add(new Open(tests.failed()[node.child()], next++, 0));
      }
    }
    return new TreeLayout(new Walk.Linked(nodes, links, count), leafOf);
  }
}
