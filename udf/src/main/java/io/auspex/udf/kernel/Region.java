package io.auspex.udf.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A box of ranks, no larger than what the joint values that are possible in it need. Immutable.
 *
 * @param low by column, the least rank
 * @param high the greatest
 * @param possible by {@link Joint}, the ordinals of its joint values
 */
record Region(char[] low, char[] high, char[][] possible) {

  /**
   * Joint values as ranks.
   *
   * @param columns that they have a part in
   * @param ranks by such column and joint value
   */
  record Joint(int[] columns, char[][] ranks) {

    static Joint of(Combinations combinations, List<RankColumn> columns) {
      int[] features = combinations.features();
      int[] places =
          IntStream.range(0, columns.size())
              .filter(i -> columns.get(i).placeIn(features) >= 0)
              .toArray();
      char[][] ranks = new char[places.length][combinations.count()];
      for (int i = 0; i < places.length; i++) {
        RankColumn column = columns.get(places[i]);
        double[] values = combinations.values(column.placeIn(features));
        column.rank(values, combinations.count(), ranks[i], 0, 1);
      }
      return new Joint(places, ranks);
    }

    int count() {
      return ranks[0].length;
    }

    /** The place of a column among those that it has; −1 where it is none of them. */
    int place(int column) {
      return Arrays.binarySearch(columns, column);
    }
  }

  /** All that there may be. */
  static Region whole(int columns, List<Joint> joints) {
    char[] low = new char[columns];
    char[] high = new char[columns];
    Arrays.fill(high, (char) RankColumn.HIGHEST);
    char[][] possible = new char[joints.size()][];
    for (int i = 0; i < possible.length; i++) {
      possible[i] = new char[joints.get(i).count()];
      for (int value = 0; value < possible[i].length; value++) {
        possible[i][value] = (char) value;
      }
    }
    Region all = new Region(low, high, possible);
    for (int i = 0; i < possible.length; i++) {
      all.narrow(joints.get(i), possible[i]);
    }
    return all;
  }

  /**
   * What is left of it on one side of a cut; nothing may be.
   *
   * @param joints as it was made with
   * @param isUpTo whether the side with ranks up to {@code rank}, rather than above
   */
  Region half(List<Joint> joints, int column, int rank, boolean isUpTo) {
    Region half = new Region(low.clone(), high.clone(), possible.clone());
    if (isUpTo) {
      half.high[column] = (char) rank;
    } else {
      half.low[column] = (char) (rank + 1);
    }
    for (int i = 0; i < possible.length; i++) {
      Joint joint = joints.get(i);
      int place = joint.place(column);
      if (place >= 0) {
        char[] ranks = joint.ranks()[place];
        half.possible[i] = filtered(possible[i], ranks, rank, isUpTo);
        half.narrow(joint, half.possible[i]);
      }
    }
    return half;
  }

  private static char[] filtered(char[] values, char[] ranks, int rank, boolean isUpTo) {
    char[] left = new char[values.length];
    int count = 0;
    for (char value : values) {
      if (ranks[value] <= rank == isUpTo) {
        left[count++] = value;
      }
    }
    return Arrays.copyOf(left, count);
  }

  /** How much memory its joint values take, at most. */
  int weight() {
    int weight = 0;
    for (char[] values : possible) {
      weight += values.length;
    }
    return weight;
  }

  /** While it is being made. */
  private void narrow(Joint joint, char[] values) {
    for (int i = 0; i < joint.columns().length; i++) {
      char[] ranks = joint.ranks()[i];
      int least = RankColumn.HIGHEST;
      int most = 0;
      for (char value : values) {
        least = Math.min(least, ranks[value]);
        most = Math.max(most, ranks[value]);
      }
      int column = joint.columns()[i];
      low[column] = (char) Math.max(low[column], least);
      high[column] = (char) Math.min(high[column], most);
    }
  }
}
