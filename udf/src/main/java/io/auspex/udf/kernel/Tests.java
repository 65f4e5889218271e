package io.auspex.udf.kernel;

import io.auspex.udf.ensemble.Ensemble.Splits;
import io.auspex.udf.ensemble.Ensemble.Test;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The splits of an ensemble as tests {@code rank <= k}. A test is an int: the ordinal of its {@link
 * RankColumn} in the upper half, k in the lower.
 *
 * @param columns what ranks are of
 * @param tests by split
 * @param passed by split, where those go whose rank is at most k
 * @param failed by split, where the others go
 */
record Tests(List<RankColumn> columns, int[] tests, int[] passed, int[] failed) {
  /** One below {@link RankColumn#HIGHEST}, which no test must pass. */
  private static final int MOST_RANKS = 0xfffe;

  private static final int MOST_COLUMNS = 0xffff;
  private static final double[] NONE = {};

  /** Where too many columns are needed. */
  static final class TooMany extends RuntimeException {
    TooMany() {
      super(null, null, false, false);
    }
  }

  private record Compared(int feature, boolean missingIsLow) {}

  private record Tested(int feature, Test test, List<Double> members, boolean missingIsMember) {}

  /**
   * A split as a comparison or a membership.
   *
   * @param column {@link Compared} or {@link Tested}
   * @param threshold of a comparison {@code value <= threshold}
   * @param isTurned whether those that pass go where the split's "no" goes
   */
  private record Plain(Object column, double threshold, boolean isTurned) {}

  static Tests of(Splits splits) {
    return new Reading(splits).tests();
  }

  private static final class Reading {
    private final Splits splits;
    private final List<Plain> plain = new ArrayList<>();
    private final Map<Compared, List<Double>> thresholds = new LinkedHashMap<>();
    private final Map<Tested, Integer> memberships = new LinkedHashMap<>();
    private final List<RankColumn> columns = new ArrayList<>();

    Reading(Splits splits) {
      this.splits = splits;
    }

    Tests tests() {
      for (int split = 0; split < splits.count(); split++) {
        plain.add(plain(split));
      }
      Map<Compared, double[]> sorted = new HashMap<>();
      Map<Compared, Integer> first = new HashMap<>();
      thresholds.forEach(
          (column, values) -> {
            double[] distinct =
                values.stream().mapToDouble(Double::doubleValue).sorted().distinct().toArray();
            sorted.put(column, distinct);
            first.put(column, addCompared(column, distinct));
          });
      memberships.replaceAll((column, none) -> addTested(column));
      if (columns.size() > MOST_COLUMNS) {
        throw new TooMany();
      }
      int[] tests = new int[splits.count()];
      int[] passed = new int[tests.length];
      int[] failed = new int[tests.length];
      for (int split = 0; split < tests.length; split++) {
        Plain test = plain.get(split);
        if (test.column() instanceof Compared compared) {
          int rank = Arrays.binarySearch(sorted.get(compared), test.threshold());
          int column = first.get(compared) + rank / MOST_RANKS;
          tests[split] = column << 16 | rank % MOST_RANKS;
        } else {
          tests[split] = memberships.get((Tested) test.column()) << 16;
        }
        passed[split] = test.isTurned() ? splits.no()[split] : splits.yes()[split];
        failed[split] = test.isTurned() ? splits.yes()[split] : splits.no()[split];
      }
      return new Tests(List.copyOf(columns), tests, passed, failed);
    }

    private Plain plain(int split) {
      double value = splits.values()[split] + 0.0;
      boolean missingIsTrue = splits.missingIsTrue()[split];
      Test test = splits.tests()[split];
      return switch (test) {
        case AT_MOST -> compared(split, value, false, missingIsTrue);
        case LESS -> compared(split, below(value), false, missingIsTrue);
        // Turned: what is greater fails the comparison.
        case GREATER -> compared(split, value, true, !missingIsTrue);
        case AT_LEAST -> compared(split, below(value), true, !missingIsTrue);
        case EQUAL -> tested(split, Test.EQUAL, only(value), missingIsTrue, true);
        // NaN is not equal to anything.
        case NOT_EQUAL -> tested(split, Test.EQUAL, only(value), false, false);
        case MEMBER, MEMBER_CUT ->
            tested(split, test, splits.members()[split], missingIsTrue, true);
      };
    }

    /** The largest number below; NaN where there is none. */
    private static double below(double value) {
      return value == Double.NEGATIVE_INFINITY ? Double.NaN : Math.nextDown(value);
    }

    private static double[] only(double value) {
      return Double.isNaN(value) ? NONE : new double[] {value};
    }

    private Plain compared(int split, double threshold, boolean isTurned, boolean missingIsLow) {
      if (Double.isNaN(threshold)) {
        return nothingPasses(split, isTurned);
      }
      Compared column = new Compared(splits.features()[split], missingIsLow);
      thresholds.computeIfAbsent(column, none -> new ArrayList<>()).add(threshold + 0.0);
      return new Plain(column, threshold + 0.0, isTurned);
    }

    /** Only what is missing may pass: no number is at most, or at least, NaN. */
    private Plain nothingPasses(int split, boolean isTurned) {
      boolean isBelowAll = !Double.isNaN(splits.values()[split]);
      if (isTurned && isBelowAll) {
        // Every number is at least the lowest: none is not a member of the empty set.
        return tested(split, Test.EQUAL, NONE, !splits.missingIsTrue()[split], false);
      }
      return tested(split, Test.EQUAL, NONE, splits.missingIsTrue()[split], true);
    }

    /** Members have the rank 1, and fail. */
    private Plain tested(
        int split, Test test, double[] members, boolean missingIsMember, boolean membersGoYes) {
      List<Double> sorted =
          Arrays.stream(members).map(value -> value + 0.0).sorted().distinct().boxed().toList();
      Tested column = new Tested(splits.features()[split], test, sorted, missingIsMember);
      memberships.putIfAbsent(column, -1);
      return new Plain(column, 0, membersGoYes);
    }

    /** More thresholds than there are ranks make several columns, one after the other. */
    private int addCompared(Compared column, double[] distinct) {
      int first = columns.size();
      for (int from = 0; from < distinct.length; from += MOST_RANKS) {
        double[] some =
            Arrays.copyOfRange(distinct, from, Math.min(distinct.length, from + MOST_RANKS));
        columns.add(RankColumn.Thresholds.of(column.feature(), some, column.missingIsLow()));
      }
      return first;
    }

    private int addTested(Tested column) {
      double[] members = column.members().stream().mapToDouble(Double::doubleValue).toArray();
      columns.add(
          new RankColumn.Membership(
              column.feature(), column.test(), members, column.missingIsMember()));
      return columns.size() - 1;
    }
  }
}
