package io.auspex.udf.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.udf.ensemble.Ensemble;
import io.auspex.udf.ensemble.Ensemble.Aggregate;
import io.auspex.udf.ensemble.Ensemble.Leaves;
import io.auspex.udf.ensemble.Ensemble.PostTransform;
import io.auspex.udf.ensemble.Ensemble.Splits;
import io.auspex.udf.ensemble.Ensemble.Test;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;

/** Random sums of trees, random limits: rows that are given up, soon or late, are out of bounds. */
final class ScreenTest {
  private static final int FEATURES = 4;
  private static final int BLOCKS = 12;

  /** Learns from few rows, at once, whatever it costs. */
  private static final Screen.Pace HASTY = new Screen.Pace(200, 1, 1e6, 1_000_000);

  private static final double[] SPECIAL = {
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0, Double.MIN_VALUE
  };

  private int learnt;
  private int joined;
  private int forgotten;
  private long atOnce;
  private long later;
  private long wanted;

  @org.junit.jupiter.api.Test
  void aSample() {
    checkAll(0, 300);
    assertThat(learnt).isGreaterThan(100);
    assertThat(joined).isGreaterThan(50);
    assertThat(forgotten).isGreaterThan(10);
    assertThat(atOnce).isGreaterThan(50_000);
    assertThat(later).isGreaterThan(50_000);
    assertThat(wanted).isGreaterThan(10_000);
  }

  @org.junit.jupiter.api.Test
  @Tag("full")
  void tenThousand() {
    checkAll(300, 10_000);
  }

  private void checkAll(long from, long to) {
    for (long seed = from; seed < to; seed++) {
      try {
        check(new Random(seed));
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError("seed " + seed, failure);
      }
    }
  }

  private void check(Random random) {
    Ensemble ensemble = ensemble(random, 20 + random.nextInt(60));
    Forest forest = Forest.of(ensemble, HASTY).orElseThrow();
    Sums sums = forest.sums();
    int rows = forest.blockRows();
    Rows data = new Rows(random);
    double[][] first = data.next(rows);
    forest.sum(first, rows, sums);
    double[] all = Arrays.copyOf(sums.scores[0], rows);
    Arrays.sort(all);
    for (int block = 0; block < BLOCKS; block++) {
      boolean isLeast = block % 5 > 0;
      int of = block < BLOCKS / 2 ? 9 : 8;
      double limit = all[isLeast ? rows * of / 10 : rows / 10];
      SumBound bound = new SumBound(0, isLeast, limit, true);
      // Blocks end with some rows that fill no eight.
      int count = rows - random.nextInt(8);
      data.block = block;
      double[][] features = data.next(count);
      forest.sum(features, count, sums);
      double[] expected = Arrays.copyOf(sums.scores[0], count);
      Boxes boxes = forest.bounded().screen(bound).boxes();
      BoundedSum.Pass pass = forest.bounded().begin(bound);
      int located = pass.locate(features, count, sums);
      int[] places = Arrays.copyOf(sums.rows, located);
      int left = pass.sum(gathered(features, places), located, sums);
      pass.end();
      Boxes after = forest.bounded().screen(bound).boxes();
      boolean isForgotten = after.combinations().size() < boxes.combinations().size();
      joined += boxes.combinations().isEmpty() ? 0 : 1;
      forgotten += isForgotten ? 1 : 0;
      int[] found = new int[rows];
      int[] rowsLeft = Arrays.stream(sums.rows, 0, left).map(row -> places[row]).toArray();
      double[] scores = Arrays.copyOf(sums.scores[0], left);
      boxes.locate(features, count, sums);
      System.arraycopy(sums.boxes, 0, found, 0, count);
      double least = boxes.least(isLeast ? limit : -limit);
      boolean[] isLeft = new boolean[count];
      for (int i = 0; i < left; i++) {
        isLeft[rowsLeft[i]] = true;
        assertThat(scores[i]).isEqualTo(expected[rowsLeft[i]]);
      }
      for (int row = 0; row < count; row++) {
        boolean isWanted = isLeast ? expected[row] >= limit : expected[row] <= limit;
        wanted += isWanted ? 1 : 0;
        if (!isLeft[row]) {
          assertThat(isWanted).as("%s of %s", expected[row], bound).isFalse();
          boolean isSoon = !boxes.isInOrder() && boxes.bound(found[row]) < least;
          atOnce += isSoon ? 1 : 0;
          later += isSoon ? 0 : 1;
        }
      }
    }
    SumBound any = new SumBound(0, true, 0, true);
    learnt += forest.bounded().screen(any).boxes().isInOrder() ? 0 : 1;
  }

  private static double[][] gathered(double[][] features, int[] places) {
    return Arrays.stream(features)
        .map(feature -> Arrays.stream(places).mapToDouble(place -> feature[place]).toArray())
        .toArray(double[][]::new);
  }

  /** Values on thresholds and between them; those of some features often come together. */
  static final class Rows {
    final Random random;
    final double[][] together;

    /** Of so many rows one has other values, once a sample has been taken. */
    final int strangers;

    int block;

    Rows(Random random) {
      this.random = random;
      this.strangers = new int[] {2, 20, 100}[random.nextInt(3)];
      this.together = new double[random.nextBoolean() ? 0 : 6][];
      for (int i = 0; i < together.length; i++) {
        together[i] = new double[] {value(), value(), value()};
      }
    }

    private double value() {
      return (random.nextInt(40) - 20) / 2.0;
    }

    double[][] next(int rows) {
      double[][] features = new double[FEATURES][rows];
      for (int row = 0; row < rows; row++) {
        for (double[] feature : features) {
          boolean isSpecial = random.nextInt(12) == 0;
          feature[row] = isSpecial ? SPECIAL[random.nextInt(SPECIAL.length)] : value();
        }
        boolean isStranger = block > 3 && random.nextInt(strangers) == 0;
        if (together.length > 0 && !isStranger) {
          double[] values = together[random.nextInt(together.length)];
          for (int i = 0; i < values.length; i++) {
            features[i][row] = values[i];
          }
        }
      }
      return features;
    }
  }

  /** Splits in the order in which trees are read: a node, its "yes", its "no". */
  private static final class Growing {
    final Random random;
    final List<Integer> features = new ArrayList<>();
    final List<Test> tests = new ArrayList<>();
    final List<Double> values = new ArrayList<>();
    final List<double[]> members = new ArrayList<>();
    final List<Boolean> missing = new ArrayList<>();
    final List<Integer> yes = new ArrayList<>();
    final List<Integer> no = new ArrayList<>();
    final List<Double> weights = new ArrayList<>();

    final boolean isDouble;

    Growing(Random random) {
      this.random = random;
      this.isDouble = random.nextBoolean();
    }

    int grow(int depth) {
      if (depth == 0 || random.nextInt(10) == 0) {
        double weight = random.nextGaussian();
        weights.add(isDouble ? weight : (float) weight);
        return ~(weights.size() - 1);
      }
      int split = features.size();
      Test test = Test.values()[random.nextInt(random.nextInt(4) == 0 ? 7 : 4)];
      features.add(random.nextInt(FEATURES));
      tests.add(test);
      values.add((double) random.nextInt(21) - 10);
      members.add(test == Test.MEMBER ? random.doubles(3, -9, 9).map(Math::rint).toArray() : null);
      missing.add(random.nextBoolean());
      yes.add(0);
      no.add(0);
      yes.set(split, grow(depth - 1));
      no.set(split, grow(depth - 1));
      return split;
    }
  }

  /** Trees of one sum. */
  static Ensemble ensemble(Random random, int trees) {
    Growing growing = new Growing(random);
    int depth = 1 + random.nextInt(5);
    int[] roots = IntStream.range(0, trees).map(tree -> growing.grow(depth)).toArray();
    boolean[] missing = new boolean[growing.missing.size()];
    for (int i = 0; i < missing.length; i++) {
      missing[i] = growing.missing.get(i);
    }
    Splits splits =
        new Splits(
            ints(growing.features),
            growing.tests.toArray(Test[]::new),
            growing.values.stream().mapToDouble(Double::doubleValue).toArray(),
            growing.members.toArray(double[][]::new),
            missing,
            ints(growing.yes),
            ints(growing.no));
    int leaves = growing.weights.size();
    Leaves weights =
        new Leaves(
            IntStream.rangeClosed(0, leaves).toArray(),
            new int[leaves],
            growing.weights.stream().mapToDouble(Double::doubleValue).toArray());
    return new Ensemble(
        growing.isDouble,
        roots,
        splits,
        weights,
        1,
        Aggregate.SUM,
        PostTransform.NONE,
        new double[0],
        Optional.empty());
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
