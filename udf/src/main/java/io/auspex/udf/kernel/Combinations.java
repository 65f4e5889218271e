package io.auspex.udf.kernel;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Features that take few joint values, such as those of a dimension's row that facts were joined
 * with, and the joint values that are known. Immutable.
 *
 * <p>A row's joint value is found by a sum of its features, each times a factor of its own, and
 * then compared, feature by feature: both are loops over columns.
 */
final class Combinations {
  private final int[] features;

  /** By feature and joint value; one more is none, and equals nothing. */
  private final double[][] values;

  private final double[] factors;
  private final double[] keys;

  /** Joint values by their keys; {@link #count} where there is none. */
  private final int[] table;

  private final int count;

  /**
   * @param features their ordinals
   * @param values by feature and joint value: numbers, none of them NaN
   * @param count how many joint values there are
   */
  Combinations(int[] features, double[][] values, int count) {
    this.features = features;
    this.count = count;
    this.factors = new SplittableRandom(features.length).doubles(features.length).toArray();
    this.values = new double[features.length][];
    this.keys = new double[count + 1];
    for (int i = 0; i < features.length; i++) {
      this.values[i] = Arrays.copyOf(values[i], count + 1);
      this.values[i][count] = Double.NaN;
      for (int value = 0; value < count; value++) {
        keys[value] += values[i][value] * factors[i];
      }
    }
    keys[count] = Double.NaN;
    this.table = new int[Hashing.places(count)];
    Arrays.fill(table, count);
    for (int value = 0; value < count; value++) {
      put(value);
    }
  }

  /** Of joint values with the same key all but one go unknown. */
  private void put(int value) {
    int place = place(keys[value]);
    while (table[place] < count && keys[table[place]] != keys[value]) {
      place = (place + 1) & (table.length - 1);
    }
    table[place] = value;
  }

  private int place(double key) {
    return Hashing.place(Double.doubleToRawLongBits(key), table.length);
  }

  int[] features() {
    return features;
  }

  int count() {
    return count;
  }

  /** The values of one of its features, a joint value after the other. */
  double[] values(int ordinal) {
    return values[ordinal];
  }

  /**
   * Finds the rows whose joint values are not known.
   *
   * @param columns the values by feature
   * @param keyOf memory for {@code rows} numbers
   * @param found memory for {@code rows} ordinals
   * @param marks receives {@code mark} for each such row
   */
  void markOthers(
      double[][] columns, int rows, double[] keyOf, int[] found, int[] marks, int mark) {
    Arrays.fill(keyOf, 0, rows, 0);
    for (int i = 0; i < features.length; i++) {
      add(columns[features[i]], factors[i], rows, keyOf);
    }
    for (int row = 0; row < rows; row++) {
      found[row] = find(keyOf[row]);
    }
    for (int i = 0; i < features.length; i++) {
      compare(columns[features[i]], values[i], rows, found, marks, mark);
    }
  }

  private static void add(double[] column, double factor, int rows, double[] sums) {
    for (int row = 0; row < rows; row++) {
      sums[row] += column[row] * factor;
    }
  }

  private int find(double key) {
    int place = place(key);
    int value = table[place];
    while (value < count && keys[value] != key) {
      place = (place + 1) & (table.length - 1);
      value = table[place];
    }
    return value;
  }

  private static void compare(
      double[] column, double[] known, int rows, int[] found, int[] marks, int mark) {
    for (int row = 0; row < rows; row++) {
      if (column[row] != known[found[row]]) {
        marks[row] = mark;
      }
    }
  }
}
