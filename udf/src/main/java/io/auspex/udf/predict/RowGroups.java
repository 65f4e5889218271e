package io.auspex.udf.predict;

import io.auspex.catalog.Batching;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows whose arrays have different lengths, grouped so that each group can be one tensor: of the
 * same lengths, or nearly so where shorter rows are filled up.
 */
final class RowGroups {
  /** What a run may cost: 64 rows of 256 tokens, 1,000 rows of 1,000 numbers. */
  private static final long MOST_COST = 1 << 22;

  /** How much longer than the shortest row of a group another may be, and a few values more. */
  private static final double STRETCH = 1.25;

  private static final int FEW = 4;

  private final List<RowSizes> inputs;
  private final boolean pads;
  private final boolean limited;

  private RowGroups(List<RowSizes> inputs, Batching batching) {
    this.inputs = inputs;
    this.pads = batching.hasDimension() && batching.rows() != 1;
    this.limited = batching.isOpen();
  }

  /**
   * The groups, each the numbers of its rows.
   *
   * @param inputs those whose arrays may have any length
   */
  static List<int[]> of(int rows, List<RowSizes> inputs, Batching batching) {
    return new RowGroups(inputs, batching).group(rows);
  }

  private List<int[]> group(int rows) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, rows).boxed().toList());
    Comparator<Integer> alike = (a, b) -> 0;
    for (boolean padded : new boolean[] {false, true}) {
      for (RowSizes input : inputs) {
        if (isPadded(input) == padded) {
          alike = alike.thenComparing((a, b) -> Arrays.compare(input.of(a), input.of(b)));
        }
      }
    }
    order.sort(alike);
    List<int[]> groups = new ArrayList<>();
    int from = 0;
    while (from < rows) {
      int to = end(order, from);
      groups.add(order.subList(from, to).stream().mapToInt(Integer::intValue).sorted().toArray());
      from = to;
    }
    return groups;
  }

  private boolean isPadded(RowSizes input) {
    return pads && input.padded();
  }

  /** The end of the group that begins with the row at {@code from}. */
  private int end(List<Integer> order, int from) {
    List<int[]> largest =
        new ArrayList<>(inputs.stream().map(input -> input.of(order.get(from))).toList());
    int end = from + 1;
    while (end < order.size() && fits(order, from, end, largest)) {
      end++;
    }
    return end;
  }

  /** Whether the row at {@code at} may join; notes how large the group's rows then are. */
  private boolean fits(List<Integer> order, int from, int at, List<int[]> largest) {
    List<int[]> joined = new ArrayList<>();
    long cost = 0;
    for (int i = 0; i < inputs.size(); i++) {
      RowSizes input = inputs.get(i);
      int[] first = input.of(order.get(from));
      int[] mine = input.of(order.get(at));
      boolean alike = isPadded(input) ? areNear(first, mine) : Arrays.equals(first, mine);
      if (!alike) {
        return false;
      }
      joined.add(RowSizes.larger(largest.get(i), mine));
      cost = Math.max(cost, input.cost(joined.get(i)));
    }
    if (limited && cost * (at - from + 1) > MOST_COST) {
      return false;
    }
    for (int i = 0; i < joined.size(); i++) {
      largest.set(i, joined.get(i));
    }
    return true;
  }

  private static boolean areNear(int[] first, int[] other) {
    boolean near = first.length == other.length;
    for (int i = 0; near && i < first.length; i++) {
      int shorter = Math.min(first[i], other[i]);
      near = Math.max(first[i], other[i]) <= STRETCH * shorter + FEW;
    }
    return near;
  }
}
