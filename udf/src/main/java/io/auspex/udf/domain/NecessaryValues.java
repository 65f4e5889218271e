package io.auspex.udf.domain;

import io.auspex.catalog.ElementType;
import io.auspex.udf.domain.Domain.Numbers;
import io.auspex.udf.ensemble.Ensemble;
import io.auspex.udf.ensemble.Ensemble.Aggregate;
import io.auspex.udf.ensemble.Ensemble.Leaves;
import io.auspex.udf.ensemble.Ensemble.Splits;
import io.auspex.udf.expression.Expression;
import io.auspex.udf.expression.Expression.Cast;
import io.auspex.udf.expression.Expression.Column;
import io.auspex.udf.expression.Expression.Trees;
import io.auspex.udf.kernel.Program;
import io.auspex.udf.kernel.Slope;
import io.auspex.udf.kernel.SumBound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a feature must be for an ensemble's sum to be wanted, whatever the other features are: its
 * thresholds cut the numbers into pieces, and in each piece the leaves that remain of every tree
 * bound the sum.
 */
public final class NecessaryValues {
  /**
   * Time grows with the square of the splits; and the more trees add up, the less one feature
   * tells.
   */
  private static final int MOST_SPLITS = 2048;

  private final Ensemble ensemble;
  private final Splits splits;
  private final SumBound bound;
  private final Extremes[] whole;
  private final BitSet[] reads;

  private NecessaryValues(Ensemble ensemble, SumBound bound) {
    this.ensemble = ensemble;
    this.splits = ensemble.splits();
    this.bound = bound;
    this.whole =
        Arrays.stream(ensemble.roots())
            .mapToObj(root -> extremes(root, -1, Numbers.ALL))
            .toArray(Extremes[]::new);
    this.reads =
        Arrays.stream(ensemble.roots())
            .mapToObj(root -> reads(root, new BitSet()))
            .toArray(BitSet[]::new);
  }

  /** The features that a tree looks at. */
  private BitSet reads(int node, BitSet features) {
    if (node >= 0) {
      features.set(splits.features()[node]);
      reads(splits.yes()[node], features);
      reads(splits.no()[node], features);
    }
    return features;
  }

  /** The least and the greatest weight. */
  private record Extremes(double least, double greatest) {
    Extremes join(Extremes other) {
      return new Extremes(Math.min(least, other.least), Math.max(greatest, other.greatest));
    }

    Extremes plus(Extremes other) {
      return new Extremes(least + other.least, greatest + other.greatest);
    }
  }

  /**
   * The numbers that columns must be one of, or near, for a value to be wanted that follows a sum.
   * Of columns that are not listed, nothing follows.
   *
   * @param isLeast whether values from the limit up are wanted, rather than those down from it
   */
  public static Map<Column, Numbers> of(Expression value, boolean isLeast, double limit) {
    Optional<Trees> trees = Slope.of(value).map(Slope::trees).filter(NecessaryValues::isSmallSum);
    Optional<Program> program = trees.flatMap(of -> Program.of(List.of(value)));
    if (program.isEmpty() || !program.get().hasSum(0)) {
      return Map.of();
    }
    SumBound bound = program.get().bound(0, isLeast, limit);
    return new NecessaryValues(trees.get().ensemble(), bound).of(trees.get().features());
  }

  private static boolean isSmallSum(Trees trees) {
    Aggregate aggregate = trees.ensemble().aggregate();
    return (aggregate == Aggregate.SUM || aggregate == Aggregate.AVERAGE)
        && trees.ensemble().splits().count() <= MOST_SPLITS;
  }

  private Map<Column, Numbers> of(List<Expression> features) {
    Map<Column, Numbers> found = new LinkedHashMap<>();
    for (int feature : splits.read().stream().toArray()) {
      Optional<Column> column = column(features.get(feature));
      if (column.isPresent()) {
        Numbers numbers = of(feature);
        boolean isBounded = Double.isFinite(numbers.low()) || Double.isFinite(numbers.high());
        if (numbers.isEmpty() || isBounded) {
          found.merge(column.get(), around(numbers, column.get()), Numbers::meet);
        }
      }
    }
    return found;
  }

  /** The feature that an expression is, but for rounding. */
  private static Optional<Column> column(Expression expression) {
    if (expression instanceof Cast cast && cast.type().isFloatingPoint()) {
      return column(cast.of());
    }
    return expression instanceof Column column && isExact(column.type())
        ? Optional.of(column)
        : Optional.empty();
  }

  /** Whether a column's numbers are no further from the feature's than floats are. */
  private static boolean isExact(ElementType type) {
    return switch (type) {
      case FLOAT, DOUBLE, INT64, INT32, INT16, INT8, UINT8 -> true;
      default -> false;
    };
  }

  /** The numbers between which a column is that is one of these once it is rounded. */
  private Numbers around(Numbers numbers, Column column) {
    if (numbers.isEmpty()) {
      return numbers;
    }
    boolean isFloat = !ensemble.isDouble() || column.type() == ElementType.FLOAT;
    double high = roundedUp(numbers.high(), isFloat);
    return Numbers.between(-roundedUp(-numbers.low(), isFloat), high, numbers.mayBeMissing());
  }

  /** The least number of the type that none rounds to a number up to this from. */
  private static double roundedUp(double number, boolean isFloat) {
    if (!isFloat) {
      return Math.nextUp(number);
    }
    float near = (float) number;
    return near > number ? near : Math.nextUp(near);
  }

  private Numbers of(int feature) {
    Numbers wanted = Numbers.MISSING.missing(false);
    for (Numbers piece : pieces(feature)) {
      if (isWanted(feature, piece)) {
        wanted = wanted.join(Numbers.between(piece.low(), piece.high(), false));
      }
    }
    return wanted.missing(isWanted(feature, Numbers.MISSING));
  }

  /** Each threshold, and what is between two of them. */
  private List<Numbers> pieces(int feature) {
    TreeSet<Double> thresholds = new TreeSet<>();
    for (int split = 0; split < splits.count(); split++) {
      if (splits.features()[split] == feature && splits.members()[split] == null) {
        thresholds.add(splits.values()[split] + 0.0);
      } else if (splits.features()[split] == feature) {
        Arrays.stream(splits.members()[split]).forEach(member -> thresholds.add(member + 0.0));
      }
    }
    thresholds.removeIf(threshold -> threshold.isNaN());
    List<Numbers> pieces = new ArrayList<>();
    double from = Double.NEGATIVE_INFINITY;
    for (double threshold : thresholds) {
      add(pieces, from, below(threshold));
      add(pieces, threshold, threshold);
      from = above(threshold);
    }
    add(pieces, from, Double.POSITIVE_INFINITY);
    return pieces;
  }

  private static void add(List<Numbers> pieces, double low, double high) {
    if (low <= high) {
      pieces.add(Numbers.between(low, high, false));
    }
  }

  private double below(double number) {
    return ensemble.isDouble() ? Math.nextDown(number) : Math.nextDown((float) number);
  }

  private double above(double number) {
    return ensemble.isDouble() ? Math.nextUp(number) : Math.nextUp((float) number);
  }

  private boolean isWanted(int feature, Numbers piece) {
    Extremes sum = new Extremes(0, 0);
    for (int tree = 0; tree < whole.length; tree++) {
      sum =
          sum.plus(
              reads[tree].get(feature)
                  ? extremes(ensemble.roots()[tree], feature, piece)
                  : whole[tree]);
    }
    return bound.isWithin(sum.least(), sum.greatest());
  }

  private Extremes extremes(int node, int feature, Numbers piece) {
    if (node < 0) {
      return leaf(~node);
    }
    Optional<Boolean> outcome =
        splits.features()[node] == feature
            ? SplitOutcome.of(splits, node, piece)
            : Optional.empty();
    if (outcome.isPresent()) {
      return extremes(outcome.get() ? splits.yes()[node] : splits.no()[node], feature, piece);
    }
    return extremes(splits.yes()[node], feature, piece)
        .join(extremes(splits.no()[node], feature, piece));
  }

  private Extremes leaf(int leaf) {
    Leaves leaves = ensemble.leaves();
    double weight = 0;
    for (int i = leaves.starts()[leaf]; i < leaves.starts()[leaf + 1]; i++) {
      weight += leaves.weights()[i];
    }
    return new Extremes(weight, weight);
  }
}
