package io.auspex.udf.kernel;

import java.util.ArrayList;
import java.util.Arrays;
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

  /** By any of the groups. */
  private static final double MOST_UNSEEN_OF_ALL = 1.0 / 64;

  /** Of the joint values that there might be, those there are; more tell too little. */
  private static final double MOST_POSSIBLE = 0.5;

  /** Enough to tell that features do not depend on each other. */
  private static final int TRIAL_ROWS = 4096;

  private static final double MOST_UNSEEN_OF_FEW = 0.5;

  private static final double INDEPENDENT = 1;

  private final RowSample sample;

  /** By pair, what share of joint values there seems to be. */
  private final Map<List<Group>, Double> tried = new HashMap<>();

  /**
   * Values by numbers.
   *
   * @param ofRow by row, the ordinal of its value
   * @param count how many values there are
   * @param unseen share of rows with values that no other row has
   */
  private record Codes(int[] ofRow, int count, double unseen) {
    static Codes of(long[] keys) {
      int[] rowAt = new int[Hashing.places(keys.length)];
      Arrays.fill(rowAt, -1);
      int[] codes = new int[keys.length];
      int[] rowsOf = new int[keys.length];
      int count = 0;
      for (int row = 0; row < keys.length; row++) {
        int at = Hashing.place(keys[row], rowAt.length);
        while (rowAt[at] >= 0 && keys[rowAt[at]] != keys[row]) {
          at = (at + 1) & (rowAt.length - 1);
        }
        if (rowAt[at] < 0) {
          rowAt[at] = row;
          codes[row] = count++;
        } else {
          codes[row] = codes[rowAt[at]];
        }
        rowsOf[codes[row]]++;
      }
      long once = IntStream.of(rowsOf).filter(rows -> rows == 1).count();
      return new Codes(codes, count, (double) once / Math.max(1, keys.length));
    }
  }

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
    List<Combinations> found = new ArrayList<>();
    double unseen = 0;
    for (Group group : groups) {
      boolean isSeen = unseen + group.codes().unseen() <= MOST_UNSEEN_OF_ALL;
      if (group.places().length > 1 && isSeen) {
        unseen += group.codes().unseen();
        found.add(known(group));
      }
    }
    return found;
  }

  /** Takes two groups out that depend on each other most, and gives them as one; null for none. */
  private Group closest(List<Group> groups) {
    while (true) {
      List<Group> pair = List.of();
      double least = MOST_POSSIBLE;
      for (int i = 0; i < groups.size(); i++) {
        for (int k = i + 1; k < groups.size(); k++) {
          List<Group> other = List.of(groups.get(i), groups.get(k));
          double possible = tried.computeIfAbsent(other, this::tryFew);
          if (possible < least) {
            least = possible;
            pair = other;
          }
        }
      }
      if (pair.isEmpty()) {
        return null;
      }
      Optional<Group> both = join(pair);
      if (both.isPresent()) {
        groups.removeAll(pair);
        return both.get();
      }
      tried.put(pair, INDEPENDENT);
    }
  }

  /** The share of joint values that some rows have of those that there might be. */
  private double tryFew(List<Group> pair) {
    Codes few = codes(pair, Math.min(TRIAL_ROWS, sample.rows()));
    return few.unseen() > MOST_UNSEEN_OF_FEW ? INDEPENDENT : possible(pair, few);
  }

  private static double possible(List<Group> pair, Codes both) {
    return both.count() / ((double) pair.get(0).codes().count() * pair.get(1).codes().count());
  }

  private Optional<Group> join(List<Group> pair) {
    Codes codes = codes(pair, sample.rows());
    int[] places = pair.stream().flatMapToInt(of -> IntStream.of(of.places())).sorted().toArray();
    return possible(pair, codes) > MOST_POSSIBLE ? Optional.empty() : group(places, codes);
  }

  private Optional<Group> feature(int place) {
    long[] keys = new long[sample.rows()];
    for (int row = 0; row < keys.length; row++) {
      double value = sample.values()[place][row];
      if (Double.isNaN(value)) {
        return Optional.empty();
      }
      // Zeros of both signs are equal.
      keys[row] = Double.doubleToLongBits(value + 0.0);
    }
    return group(new int[] {place}, Codes.of(keys));
  }

  private static Optional<Group> group(int[] places, Codes codes) {
    return codes.count() <= MOST_VALUES && codes.unseen() <= MOST_UNSEEN
        ? Optional.of(new Group(places, codes))
        : Optional.empty();
  }

  private static Codes codes(List<Group> pair, int rows) {
    Codes a = pair.get(0).codes();
    Codes b = pair.get(1).codes();
    long[] keys = new long[rows];
    for (int row = 0; row < rows; row++) {
      keys[row] = (long) a.ofRow()[row] * b.count() + b.ofRow()[row];
    }
    return Codes.of(keys);
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
