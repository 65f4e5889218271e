package io.auspex.udf.domain;

import io.auspex.catalog.ElementType;
import io.auspex.udf.domain.Domain.Numbers;
import io.auspex.udf.ensemble.Ensemble;
import io.auspex.udf.ensemble.Ensemble.Aggregate;
import io.auspex.udf.ensemble.Ensemble.Leaves;
import io.auspex.udf.ensemble.Ensemble.Splits;
import io.auspex.udf.expression.Expression;
import io.auspex.udf.expression.Expression.Cast;
import io.auspex.udf.expression.Expression.Choice;
import io.auspex.udf.expression.Expression.Column;
import io.auspex.udf.expression.Expression.Literal;
import io.auspex.udf.expression.Expression.Trees;
import io.auspex.udf.kernel.SumBound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a feature must be for an ensemble's sum to be wanted, whatever the other features are: its
 * thresholds cut the numbers into pieces, and in each piece the leaves that remain of every tree
 * bound the sum.
 */
public final class NecessaryValues {
  /** The more trees add up, the less one feature tells. */
  private static final int MOST_SPLITS = 2048;

  /** No feature's ordinal. */
  private static final int NONE = -1;

  private final Ensemble ensemble;
  private final Splits splits;
  private final SumBound bound;
  private final List<Extremes> whole;

  private NecessaryValues(Ensemble ensemble, SumBound bound) {
    this.ensemble = ensemble;
    this.splits = ensemble.splits();
    this.bound = bound;
    this.whole =
        Arrays.stream(ensemble.roots())
            .mapToObj(root -> extremes(root, NONE, Numbers.ALL))
            .toList();
  }

  /** The least and the greatest weight. */
  private record Extremes(double least, double greatest) {
    static final Extremes NONE = new Extremes(0, 0);

    Extremes join(Extremes other) {
      return new Extremes(Math.min(least, other.least), Math.max(greatest, other.greatest));
    }

    Extremes plus(Extremes other) {
      return new Extremes(least + other.least, greatest + other.greatest);
    }
  }

  /**
   * The numbers that columns must be one of, or near, for a sum of trees to be wanted. Of columns
   * that are not listed, nothing follows.
   */
  public static Map<Column, Numbers> of(Trees trees, SumBound bound) {
    Aggregate aggregate = trees.ensemble().aggregate();
    boolean isSum = aggregate == Aggregate.SUM || aggregate == Aggregate.AVERAGE;
    return isSum && trees.ensemble().splits().count() <= MOST_SPLITS
        ? new NecessaryValues(trees.ensemble(), bound).of(trees.features())
        : Map.of();
  }

  private Map<Column, Numbers> of(List<Expression> features) {
    Map<Column, Numbers> found = new LinkedHashMap<>();
    for (int feature : splits.read().stream().toArray()) {
      Optional<Origin> origin = origin(features.get(feature));
      if (origin.isPresent()) {
        Numbers numbers = origin.get().ofColumn(of(feature));
        boolean isBounded = Double.isFinite(numbers.low()) || Double.isFinite(numbers.high());
        if (numbers.isEmpty() || isBounded) {
          found.merge(origin.get().column(), around(numbers, origin.get()), Numbers::meet);
        }
      }
    }
    return found;
  }

  /**
   * The column that a feature is, but for gaps and rounding.
   *
   * @param gap what stands for NaN; NaN where nothing does
   * @param isFloat whether it has been a float on the way
   */
  private record Origin(Column column, double gap, boolean isFloat) {
    /** The numbers that the column is to be one of, if the feature is to be one of these. */
    Numbers ofColumn(Numbers numbers) {
      return Double.isNaN(gap) ? numbers : numbers.missing(numbers.has(gap));
    }

    Origin cast(ElementType type) {
      return type == ElementType.FLOAT ? new Origin(column, (float) gap, true) : this;
    }

    Origin filled(double other) {
      return Double.isNaN(gap) ? new Origin(column, other, isFloat) : this;
    }
  }

  private static Optional<Origin> origin(Expression expression) {
    if (expression instanceof Cast cast && cast.type().isFloatingPoint()) {
      return origin(cast.of()).map(of -> of.cast(cast.type()));
    } else if (expression instanceof Choice choice
        && choice.fillsGaps()
        && choice.yes() instanceof Literal gap) {
      return origin(choice.no()).map(of -> of.filled(gap.value()));
    }
    return expression instanceof Column column && isExact(column.type())
        ? Optional.of(new Origin(column, Double.NaN, column.type() == ElementType.FLOAT))
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
  private Numbers around(Numbers numbers, Origin origin) {
    if (numbers.isEmpty()) {
      return numbers;
    }
    boolean isFloat = !ensemble.isDouble() || origin.isFloat();
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
    List<NavigableMap<Double, Extremes>> trees = new ArrayList<>();
    NavigableSet<Double> all = new TreeSet<>();
    Extremes missing = Extremes.NONE;
    Extremes others = Extremes.NONE;
    for (int tree = 0; tree < whole.size(); tree++) {
      int root = ensemble.roots()[tree];
      NavigableSet<Double> thresholds = new TreeSet<>();
      addThresholds(root, feature, thresholds);
      if (thresholds.isEmpty()) {
        others = others.plus(whole.get(tree));
      } else {
        NavigableMap<Double, Extremes> byPiece = new TreeMap<>();
        pieces(thresholds)
            .forEach(piece -> byPiece.put(piece.low(), extremes(root, feature, piece)));
        trees.add(byPiece);
        all.addAll(thresholds);
        missing = missing.plus(extremes(root, feature, Numbers.MISSING));
      }
    }
    Numbers wanted = Numbers.MISSING.missing(false);
    for (Numbers piece : pieces(all)) {
      Extremes sum = others;
      for (NavigableMap<Double, Extremes> tree : trees) {
        sum = sum.plus(tree.floorEntry(piece.low()).getValue());
      }
      if (isWanted(sum)) {
        wanted = wanted.join(piece);
      }
    }
    return wanted.missing(isWanted(others.plus(missing)));
  }

  private boolean isWanted(Extremes sum) {
    return bound.isWithin(sum.least(), sum.greatest());
  }

  /** Adds what a tree compares a feature with. */
  private void addThresholds(int node, int feature, NavigableSet<Double> thresholds) {
    if (node < 0) {
      return;
    }
    if (splits.features()[node] == feature) {
      double[] members = splits.members()[node];
      for (double number : members == null ? new double[] {splits.values()[node]} : members) {
        thresholds.add(Double.isNaN(number) ? 0 : number + 0.0);
      }
    }
    addThresholds(splits.yes()[node], feature, thresholds);
    addThresholds(splits.no()[node], feature, thresholds);
  }

  /** Each threshold, and what is between two of them. */
  private List<Numbers> pieces(NavigableSet<Double> thresholds) {
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
