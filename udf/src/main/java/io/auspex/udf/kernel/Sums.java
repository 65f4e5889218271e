package io.auspex.udf.kernel;

/**
 * Sums of a block's rows.
 *
 * <p>{@code scores[target][row]} is the sum of weights, or their least or greatest; bit {@code
 * target} of {@code touched[row]} whether there were any, kept only where there may be none.
 */
final class Sums {
  final double[][] scores;
  final long[] touched;
  final int[] rows;

  /** Which of the rows are moved together. */
  final int[] kept;

  final int[] boxes;
  final double[] some;
  final double[] open;
  final char[] ranks;
  final int[] slots;

  /** What only boxes need: values feature by feature. */
  private double[] values = {};

  /** Whether ranks lie by column, for sweeps, rather than row by row. */
  boolean isSwept;

  /** What only sweeps need: ranks by column and row, and their own memory. */
  int[][] columns;

  int[][] sweeping;

  Sums(int targets, int columns, int rows) {
    this.scores = new double[targets][rows];
    this.touched = new long[rows];
    this.rows = new int[rows];
    this.kept = new int[rows];
    this.boxes = new int[rows];
    this.some = new double[rows];
    this.open = new double[rows];
    int places = Math.max(1, rows * columns);
    this.ranks = new char[Integer.highestOneBit(places) * 2];
    this.slots = new int[rows];
  }

  /** Memory for so many values of features, at least. */
  double[] values(int count) {
    values = values.length < count ? new double[count] : values;
    return values;
  }
}
