package io.auspex.udf.kernel;

import io.auspex.udf.ensemble.Ensemble.Test;
import java.util.Arrays;

/**
 * A feature as trees look at it: a small whole number for each value, so that every test of a split
 * is {@code rank <= k}. Immutable.
 */
sealed interface RankColumn {
  /** No rank of a test is as large, so that it fails each of them. */
  int HIGHEST = 0xffff;

  /** Ordinal of the feature. */
  int feature();

  /** The place of its feature among these; −1 where it is none of them. */
  default int placeIn(int[] features) {
    int place = features.length - 1;
    while (place >= 0 && features[place] != feature()) {
      place--;
    }
    return place;
  }

  /** Writes the ranks of {@code rows} values to {@code ranks[at]}, {@code ranks[at + stride]}, … */
  void rank(double[] values, int rows, char[] ranks, int at, int stride);

  /**
   * The rank is the number of thresholds below the value: {@code value <= thresholds[k]} is {@code
   * rank <= k}.
   *
   * @param thresholds ascending, without duplicates; a power of two of them, filled up with
   *     infinities
   * @param missingIsLow whether NaN passes every test, rather than none
   */
  record Thresholds(int feature, double[] thresholds, boolean missingIsLow) implements RankColumn {

    static Thresholds of(int feature, double[] distinct, boolean missingIsLow) {
      int size = Integer.highestOneBit(distinct.length) * 2;
      double[] padded = Arrays.copyOf(distinct, size);
      Arrays.fill(padded, distinct.length, size, Double.POSITIVE_INFINITY);
      return new Thresholds(feature, padded, missingIsLow);
    }

    @Override
    public void rank(double[] values, int rows, char[] ranks, int at, int stride) {
      int missing = missingIsLow ? 0 : HIGHEST;
      int row = 0;
      // Four searches side by side, since each step of one waits for the step before.
      for (int to = at; row + 4 <= rows; row += 4, to += 4 * stride) {
        double a = values[row];
        double b = values[row + 1];
        double c = values[row + 2];
        double d = values[row + 3];
        int ra = 0;
        int rb = 0;
        int rc = 0;
        int rd = 0;
        for (int half = thresholds.length >> 1; half > 0; half >>= 1) {
          ra += thresholds[ra + half - 1] < a ? half : 0;
          rb += thresholds[rb + half - 1] < b ? half : 0;
          rc += thresholds[rc + half - 1] < c ? half : 0;
          rd += thresholds[rd + half - 1] < d ? half : 0;
        }
        ranks[to] = (char) (a != a ? missing : ra);
        ranks[to + stride] = (char) (b != b ? missing : rb);
        ranks[to + 2 * stride] = (char) (c != c ? missing : rc);
        ranks[to + 3 * stride] = (char) (d != d ? missing : rd);
      }
      for (; row < rows; row++) {
        double value = values[row];
        int rank = 0;
        for (int half = thresholds.length >> 1; half > 0; half >>= 1) {
          rank += thresholds[rank + half - 1] < value ? half : 0;
        }
        ranks[at + row * stride] = (char) (value != value ? missing : rank);
      }
    }
  }

  /**
   * The rank is 1 for members of a set, otherwise 0.
   *
   * @param test EQUAL, MEMBER, or MEMBER_CUT
   * @param members ascending
   */
  record Membership(int feature, Test test, double[] members, boolean missingIsMember)
      implements RankColumn {

    @Override
    public void rank(double[] values, int rows, char[] ranks, int at, int stride) {
      for (int row = 0, to = at; row < rows; row++, to += stride) {
        ranks[to] = (char) (isMember(values[row]) ? 1 : 0);
      }
    }

    private boolean isMember(double value) {
      if (value != value && missingIsMember) {
        return true;
      }
      if (test == Test.MEMBER_CUT) {
        // What no 32-bit number is becomes the least of them, as the processor makes it.
        boolean fits = value > Integer.MIN_VALUE - 1.0 && value < Integer.MAX_VALUE + 1.0;
        return contains(fits ? (int) value : Integer.MIN_VALUE);
      }
      // Zeros of both signs are equal.
      return value == value && contains(value + 0.0);
    }

    private boolean contains(double value) {
      return Arrays.binarySearch(members, value) >= 0;
    }
  }
}
