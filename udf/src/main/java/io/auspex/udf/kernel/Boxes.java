package io.auspex.udf.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The space of ranks, cut into boxes, and what the trees of a sum add at most in each. Sums are
 * turned so that the greatest are wanted. Immutable.
 *
 * <p>Boxes hold for rows whose joint values are known; the last one is everything, for all others.
 *
 * @param walk leads rows to their boxes; null for the one box that is everything
 * @param combinations what is known of joint values
 * @param order in which trees are walked; those that tell most come first
 * @param stops after how many trees rows are looked at, ascending
 * @param rest by box and stop, what the trees that are left then add at most
 * @param bounds by box, the same at the first stop: all that is read of most rows, and so kept
 *     together
 * @param scale of the sum's rounding: the greatest that could ever be added up
 */
record Boxes(
    BoxWalk walk,
    List<Combinations> combinations,
    int[] order,
    int[] stops,
    float[] rest,
    float[] bounds,
    double scale) {
  private static final int FEW_TREES = 4;

  /** How far the limit itself may be astray. */
  private static final double ROUNDING = 1e-4;

  /** In another order, larger sums of floats might become infinite. */
  private static final double MOST_SCALE = 1e38;

  /** Relative error of adding two floats, twice. */
  private static final double FLOAT = 0x1p-23;

  Boxes(
      BoxWalk walk,
      List<Combinations> combinations,
      int[] order,
      int[] stops,
      float[] rest,
      double scale) {
    this(walk, combinations, order, stops, rest, new float[rest.length / stops.length], scale);
    for (int box = 0; box < bounds.length; box++) {
      bounds[box] = rest[box * stops.length];
    }
  }

  /**
   * The one box that is everything.
   *
   * @param greatest what each tree adds at most
   */
  static Boxes whole(float[] greatest, double scale) {
    int[] order = new int[greatest.length];
    Arrays.setAll(order, tree -> tree);
    int[] stops = stops(greatest.length);
    float[] rest = new float[stops.length];
    putRest(greatest, order, stops, rest, 0);
    return new Boxes(null, List.of(), order, stops, rest, scale);
  }

  /**
   * Writes what is left to add at each stop.
   *
   * @param greatest what each tree adds at most in a box
   * @param at where the box's begin
   */
  static void putRest(float[] greatest, int[] order, int[] stops, float[] rest, int at) {
    double sum = 0;
    int stop = stops.length - 1;
    for (int i = order.length - 1; i >= 0; i--) {
      sum += greatest[order[i]];
      if (stop >= 0 && stops[stop] == i) {
        rest[at + stop--] = (float) sum;
      }
    }
  }

  /**
   * After how many of {@code trees} rows are looked at: before all, after a few, and then always
   * after a sixth more, since most rows are given up early.
   */
  static int[] stops(int trees) {
    return IntStream.iterate(0, at -> at < trees, at -> at + Math.max(FEW_TREES, at / 6)).toArray();
  }

  /** Whether trees are walked as they stand, so that sums come out as those of all rows. */
  boolean isInOrder() {
    return walk == null;
  }

  /** The box that is everything. */
  int all() {
    return bounds.length - 1;
  }

  /** Writes the box of each row. */
  void locate(double[][] features, int rows, Sums sums) {
    if (walk == null) {
      Arrays.fill(sums.boxes, 0, rows, all());
      return;
    }
    walk.walk(features, rows, sums);
    for (Combinations known : combinations) {
      known.markOthers(features, rows, sums.some, sums.slots, sums.boxes, all());
    }
  }

  /** The least that {@code sum + rest} must be for a sum not to be below the limit for certain. */
  double least(double limit) {
    if (!(scale < MOST_SCALE)) {
      return Double.NEGATIVE_INFINITY;
    }
    return limit - ROUNDING * (1 + Math.abs(limit)) - FLOAT * (order.length + 2) * (1 + scale);
  }

  /** What the sums of a box's rows are at most. */
  float bound(int box) {
    return bounds[box];
  }

  /** What is left to add at a stop. */
  float rest(int box, int stop) {
    return rest[box * stops.length + stop];
  }
}
