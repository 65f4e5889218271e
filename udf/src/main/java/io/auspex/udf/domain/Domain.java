package io.auspex.udf.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** The values that a feature may have, in the type of its tensor. Immutable. */
public sealed interface Domain {
  /** Whether a value may be NULL or NaN. */
  boolean mayBeMissing();

  /**
   * Numbers from one to another. Zeros of both signs are one number.
   *
   * @param low at least this; above {@code high} where there is no number
   * @param high at most this
   * @param values the only ones between, ascending; empty where all may be
   */
  record Numbers(double low, double high, List<Double> values, boolean mayBeMissing)
      implements Domain {

    /** All numbers, and none. */
    public static final Numbers ALL = between(-1 / 0.0, 1 / 0.0, true);

    /** NULL or NaN. */
    public static final Numbers MISSING = between(1 / 0.0, -1 / 0.0, true);

    public Numbers {
      values = List.copyOf(values);
    }

    public static Numbers between(double low, double high, boolean mayBeMissing) {
      return new Numbers(low, high, List.of(), mayBeMissing);
    }

    /** Some numbers, at least one, none of them NaN. */
    public static Numbers of(List<Double> values, boolean mayBeMissing) {
      List<Double> sorted = values.stream().map(value -> value + 0.0).distinct().sorted().toList();
      return new Numbers(sorted.get(0), sorted.get(sorted.size() - 1), sorted, mayBeMissing);
    }

    public boolean isEmpty() {
      return low > high;
    }

    /** Whether it is one number and nothing else. */
    public boolean isPoint() {
      return low == high && !mayBeMissing;
    }

    /** Whether a number may be it. */
    public boolean has(double value) {
      return low <= value && value <= high && (values.isEmpty() || values.contains(value + 0.0));
    }

    /** What is in both. */
    public Numbers meet(Numbers other) {
      boolean missing = mayBeMissing && other.mayBeMissing;
      if (values.isEmpty() && other.values.isEmpty()) {
        return between(Math.max(low, other.low), Math.min(high, other.high), missing);
      }
      List<Double> both =
          (values.isEmpty() ? other : this)
              .values.stream().filter(value -> has(value) && other.has(value)).toList();
      return both.isEmpty() ? MISSING.missing(missing) : of(both, missing);
    }

    /** What is in either. */
    public Numbers join(Numbers other) {
      boolean missing = mayBeMissing || other.mayBeMissing;
      if (isEmpty() || other.isEmpty()) {
        return (isEmpty() ? other : this).missing(missing);
      } else if (areListed() && other.areListed()) {
        List<Double> either = new ArrayList<>(listed());
        either.addAll(other.listed());
        return of(either, missing);
      }
      return between(Math.min(low, other.low), Math.max(high, other.high), missing);
    }

    private boolean areListed() {
      return !values.isEmpty() || low == high;
    }

    private List<Double> listed() {
      return values.isEmpty() ? List.of(low) : values;
    }

    /** The same numbers, with or without what is missing. */
    public Numbers missing(boolean mayBe) {
      return new Numbers(low, high, values, mayBe);
    }

    /** What a function makes of it that grows, or falls, with its argument, and keeps NaN. */
    Numbers map(DoubleUnaryOperator monotone) {
      if (isEmpty()) {
        return this;
      } else if (!values.isEmpty()) {
        return of(values.stream().map(monotone::applyAsDouble).toList(), mayBeMissing);
      }
      double one = monotone.applyAsDouble(low);
      double other = monotone.applyAsDouble(high);
      return between(Math.min(one, other), Math.max(one, other), mayBeMissing);
    }
  }

  /**
   * Some texts, never NULL.
   *
   * @param values sorted
   */
  record Texts(List<String> values) implements Domain {
    public Texts {
      values = values.stream().distinct().sorted().toList();
    }

    @Override
    public boolean mayBeMissing() {
      return false;
    }

    /** What is in both. */
    public Texts meet(Texts other) {
      return new Texts(values.stream().filter(other.values::contains).toList());
    }
  }
}
