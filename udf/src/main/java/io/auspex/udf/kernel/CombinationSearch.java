package io.auspex.udf.kernel;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds features that take few joint values, in a sample of rows: those that depend on each other
 * most are joined first, then groups with groups. For one thread.
 */
final class CombinationSearch {
  /** Pairs are tried, so that a model of hundreds of features must not take long. */
  private static final int MOST_FEATURES = 24;

  private static final int MOST_VALUES = 1 << 14;

  /**
   * Of rows, those with joint values that the sample does not show, which are about as many as
   * those with values that it shows once (Good, The population frequencies of species, 1953).
   */
  private static final double MOST_UNSEEN = 1.0 / 128;

  /** Of the joint values that there might be, those there are; more tell too little. */
  private static final double MOST_POSSIBLE = 0.5;

  /** Enough to tell that features do not depend on each other. */
  private static final int TRIAL_ROWS = 4096;

  private static final double MOST_UNSEEN_OF_FEW = 0.5;

  private final RowSample sample;
  private final Map<List<Group>, Optional<Group>> joined = new HashMap<>();

  /**
   * @param ofRow by row, the ordinal of its value
   * @param count how many values there are
   * @param unseen share of rows with values that no other row has
   */
  private record Codes(int[] ofRow, int count, double unseen) {}

  /** Features of a sample, by their places in it. */
  private record Group(int[] places, Codes codes) {}

  private CombinationSearch(RowSample sample) {
    this.sample = sample;
  }

  /**
   * @param apart features that are not joined with others
   */
  static List<Combinations> of(RowSample sample, BitSet apart) {
    return new CombinationSearch(sample).find(apart);
  }

  private List<Combinations> find(BitSet apart) {
    List<Group> groups = new ArrayList<>();
    for (int place = 0; place < sample.features().length; place++) {
      if (groups.size() < MOST_FEATURES && !apart.get(sample.features()[place])) {
        feature(place).ifPresent(groups::add);
      }
    }
    for (Group next = closest(groups); next != null; next = closest(groups)) {
      groups.add(next);
    }
    return groups.stream().filter(group -> group.places().length > 1).map(this::known).toList();
  }

  /** Takes the two groups out that depend on each other most, and gives them as one. */
  private Group closest(List<Group> groups) {
    Group best = null;
    Group one = null;
    Group other = null;
    double least = MOST_POSSIBLE;
    for (int i = 0; i < groups.size(); i++) {
      for (int k = i + 1; k < groups.size(); k++) {
        Group a = groups.get(i);
        Group b = groups.get(k);
        Group both = joined.computeIfAbsent(List.of(a, b), pair -> join(a, b)).orElse(null);
        if (both != null && possible(a, b, both.codes()) < least) {
          least = possible(a, b, both.codes());
          best = both;
          one = a;
          other = b;
        }
      }
    }
    groups.remove(one);
    groups.remove(other);
    return best;
  }

  /** The share of joint values that there are of those that there might be. */
  private static double possible(Group a, Group b, Codes both) {
    return both.count() / ((double) a.codes().count() * b.codes().count());
  }

  private Optional<Group> feature(int place) {
    double[] values = sample.values()[place];
    int[] codes = new int[sample.rows()];
    Map<Double, Integer> seen = new HashMap<>();
    for (int row = 0; row < codes.length; row++) {
      if (Double.isNaN(values[row])) {
        return Optional.empty();
      }
      // Zeros of both signs are equal.
      codes[row] = seen.computeIfAbsent(values[row] + 0.0, value -> seen.size());
    }
    return group(new int[] {place}, codes(codes, seen.size()));
  }

  private Optional<Group> join(Group a, Group b) {
    Codes few = codes(a, b, Math.min(TRIAL_ROWS, sample.rows()));
    if (few.unseen() > MOST_UNSEEN_OF_FEW || possible(a, b, few) > MOST_POSSIBLE) {
      return Optional.empty();
    }
    int[] places =
        IntStream.concat(IntStream.of(a.places()), IntStream.of(b.places())).sorted().toArray();
    return group(places, codes(a, b, sample.rows()));
  }

  private static Optional<Group> group(int[] places, Codes codes) {
    return codes.count() <= MOST_VALUES && codes.unseen() <= MOST_UNSEEN
        ? Optional.of(new Group(places, codes))
        : Optional.empty();
  }

  private static Codes codes(Group a, Group b, int rows) {
    int[] codes = new int[rows];
    Map<Long, Integer> seen = new HashMap<>();
    for (int row = 0; row < rows; row++) {
      long pair = (long) a.codes().ofRow()[row] * b.codes().count() + b.codes().ofRow()[row];
      codes[row] = seen.computeIfAbsent(pair, value -> seen.size());
    }
    return codes(codes, seen.size());
  }

  private static Codes codes(int[] codes, int count) {
    int[] rowsOf = new int[count];
    for (int code : codes) {
      rowsOf[code]++;
    }
    long once = IntStream.of(rowsOf).filter(rows -> rows == 1).count();
    return new Codes(codes, count, (double) once / Math.max(1, codes.length));
  }

  private Combinations known(Group group) {
    int[] places = group.places();
    double[][] values = new double[places.length][group.codes().count()];
    for (int i = 0; i < places.length; i++) {
      for (int row = 0; row < sample.rows(); row++) {
        values[i][group.codes().ofRow()[row]] = sample.values()[places[i]][row];
      }
    }
    int[] features = IntStream.of(places).map(place -> sample.features()[place]).toArray();
    return new Combinations(features, values, group.codes().count());
  }
}
