package io.auspex.udf.kernel;

import java.util.Arrays;
import java.util.List;

/**
 * Some of the rows that were seen, by the features that trees look at. For one thread at a time.
 */
final class RowSample {
  /** So that a model of hundreds of features does not take much memory. */
  private static final int MOST_VALUES = 1 << 21;

  /** There is room for, at first. */
  private static final int FEW_ROWS = 1024;

  private final int[] features;
  private final double[][] values;
  private final int most;
  private final int every;
  private int rows;
  private int seen;

  /**
   * @param columns as the trees look at features
   * @param most how many rows it takes
   * @param every of which one is taken
   */
  RowSample(List<RankColumn> columns, int most, int every) {
    this.features = columns.stream().mapToInt(RankColumn::feature).distinct().toArray();
    this.most = Math.min(most, MOST_VALUES / Math.max(1, features.length));
    this.every = every;
    this.values = new double[features.length][Math.min(FEW_ROWS, this.most)];
  }

  /**
   * Takes some of these rows, until it is full.
   *
   * @param columns the values by feature
   * @param places of {@code count} rows
   */
  void take(double[][] columns, int[] places, int count) {
    for (int i = 0; i < count && !isFull(); i++) {
      if (seen++ % every == 0) {
        makeRoom();
        for (int k = 0; k < features.length; k++) {
          values[k][rows] = columns[features[k]][places[i]];
        }
        rows++;
      }
    }
  }

  private void makeRoom() {
    for (int i = 0; i < values.length && rows == values[i].length; i++) {
      values[i] = Arrays.copyOf(values[i], Math.min(most, 2 * rows));
    }
  }

  boolean isFull() {
    return rows == most;
  }

  int rows() {
    return rows;
  }

  /** Their ordinals. */
  int[] features() {
    return features;
  }

  /** By feature, in the order of {@link #features}, and row. */
  double[][] values() {
    return values;
  }

  /** By column and row. */
  char[][] ranks(List<RankColumn> columns) {
    char[][] ranks = new char[columns.size()][rows];
    for (int i = 0; i < ranks.length; i++) {
      RankColumn column = columns.get(i);
      column.rank(values[column.placeIn(features)], rows, ranks[i], 0, 1);
    }
    return ranks;
  }
}
