package io.auspex.sql.rule;

import io.auspex.catalog.ElementType;
import io.auspex.udf.domain.Domain;
import io.auspex.udf.domain.Domain.Numbers;
import io.auspex.udf.domain.Domain.Texts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The values of a feature, from what filters say of its column. A filter compares the column's own
 * values, a feature is cast from them: casts keep the order, so that bounds are cast as values are.
 * Where it is not certain as what type DuckDB compares, or how exactly it casts, bounds are a few
 * units in the last place wider.
 */
final class FeatureDomain {
  private static final Pattern WIDE = Pattern.compile("U?HUGEINT|DECIMAL\\(.*\\)");

  /** Whole numbers below are doubles, and none beside it is the same. */
  private static final BigDecimal LARGEST_WHOLE = BigDecimal.valueOf(1L << 53);

  /** The same of floats. */
  private static final double LARGEST_FLOAT = 1 << 24;

  /** The powers of ten that are doubles. */
  private static final int EXACT_POWERS = 22;

  /** Units in the last place by which DuckDB's casts of wide types may be off, and more. */
  private static final int SLACK = 4;

  private final String column;
  private final ElementType feature;

  private FeatureDomain(String column, ElementType feature) {
    this.column = column;
    this.feature = feature;
  }

  /**
   * Nothing where nothing follows.
   *
   * @param column DuckDB's type of it; of VARCHAR, equal texts must be the same
   */
  static Optional<Domain> of(List<Restriction> restrictions, String column, ElementType feature) {
    FeatureDomain domain = new FeatureDomain(column, feature);
    if (column.equals("VARCHAR")) {
      return feature == ElementType.STRING ? domain.texts(restrictions) : Optional.empty();
    }
    boolean isNumber =
        domain.isWhole() || domain.isFloating() || domain.isWide() || column.equals("BOOLEAN");
    boolean isTaken =
        switch (feature) {
          case FLOAT, DOUBLE -> isNumber;
          case INT64, INT32, INT16, INT8, UINT8 -> isNumber && !column.equals("BOOLEAN");
          case BOOL -> column.equals("BOOLEAN");
          default -> false;
        };
    if (!isTaken) {
      return Optional.empty();
    }
    Numbers all = Numbers.ALL;
    for (Restriction restriction : restrictions) {
      all = domain.numbers(restriction).map(all::meet).orElse(all);
    }
    return all.equals(Numbers.ALL) ? Optional.empty() : Optional.of(all);
  }

  private Optional<Domain> texts(List<Restriction> restrictions) {
    return restrictions.stream()
        .filter(of -> of.test() == Restriction.Test.IN && of.constants().get(0) instanceof String)
        .map(of -> new Texts(of.constants().stream().map(String.class::cast).toList()))
        .reduce(Texts::meet)
        .map(Domain.class::cast);
  }

  private boolean isWhole() {
    return NumericTypes.isWhole(column);
  }

  private boolean isWide() {
    return WIDE.matcher(column).matches();
  }

  private boolean isFloating() {
    return NumericTypes.isFloating(column);
  }

  /** What one restriction says; nothing where that is not certain. */
  private Optional<Numbers> numbers(Restriction restriction) {
    List<Object> constants = restriction.constants();
    switch (restriction.test()) {
      case IS_NULL -> {
        return feature.isFloatingPoint() ? Optional.of(Numbers.MISSING) : Optional.empty();
      }
      case IS_NOT_NULL -> {
        // NaN is not NULL.
        return isFloating() ? Optional.empty() : Optional.of(Numbers.ALL.missing(false));
      }
      default -> {
        if (constants.get(0) instanceof Boolean) {
          return truths(restriction);
        }
        boolean areNumbers =
            !column.equals("BOOLEAN")
                && constants.stream()
                    .allMatch(of -> of instanceof BigDecimal number && isKnown(number));
        return areNumbers ? Optional.of(compared(restriction)) : Optional.empty();
      }
    }
  }

  private Optional<Numbers> truths(Restriction restriction) {
    return column.equals("BOOLEAN") && restriction.test() == Restriction.Test.IN
        ? Optional.of(
            Numbers.of(
                restriction.constants().stream().map(of -> (Boolean) of ? 1.0 : 0.0).toList(),
                false))
        : Optional.empty();
  }

  /** Beyond, numbers may be compared as doubles that are neither. */
  private boolean isKnown(BigDecimal number) {
    return isFloating() || number.abs().compareTo(LARGEST_WHOLE) < 0;
  }

  private Numbers compared(Restriction restriction) {
    List<BigDecimal> constants =
        restriction.constants().stream().map(BigDecimal.class::cast).toList();
    BigDecimal first = constants.get(0);
    double all = Double.POSITIVE_INFINITY;
    // NaN is greater than all numbers.
    return switch (restriction.test()) {
      case GREATER -> Numbers.between(low(first, true), all, isFloating());
      case AT_LEAST -> Numbers.between(low(first, false), all, isFloating());
      case LESS -> Numbers.between(-all, high(first, true), false);
      case AT_MOST -> Numbers.between(-all, high(first, false), false);
      case BETWEEN -> Numbers.between(low(first, false), high(constants.get(1), false), false);
      default -> listed(constants);
    };
  }

  private Numbers listed(List<BigDecimal> constants) {
    List<Double> values = new ArrayList<>();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (BigDecimal constant : constants) {
      double least = low(constant, false);
      double greatest = high(constant, false);
      if (least == greatest) {
        values.add(least);
      }
      low = Math.min(low, least);
      high = Math.max(high, greatest);
    }
    return values.size() == constants.size()
        ? Numbers.of(values, false)
        : Numbers.between(low, high, false);
  }

  /** The least that the feature is where the column is above a number, or it. */
  private double low(BigDecimal number, boolean isOpen) {
    return -greatest(number.negate(), isOpen);
  }

  private double high(BigDecimal number, boolean isOpen) {
    return greatest(number, isOpen);
  }

  /** The greatest that the feature is where the column is at most a number, or below it. */
  private double greatest(BigDecimal number, boolean isOpen) {
    if (isWhole()) {
      BigDecimal whole = atMost(number).setScale(0, RoundingMode.FLOOR);
      boolean isBelow = isOpen && whole.compareTo(number) == 0;
      return rounded((isBelow ? whole.subtract(BigDecimal.ONE) : whole).doubleValue());
    } else if (!feature.isFloatingPoint()) {
      return atMost(number).setScale(0, RoundingMode.CEILING).doubleValue();
    } else if (isWide()) {
      return wider(rounded(number.doubleValue()), feature == ElementType.FLOAT);
    }
    boolean isFloat = column.equals("FLOAT");
    double value = isFloat ? number.floatValue() : number.doubleValue();
    if (!isExact(value, number, isFloat)) {
      return rounded(wider(value, isFloat));
    }
    return rounded(isOpen ? below(value, isFloat) : value);
  }

  /** A constant of many digits is a double to DuckDB. */
  private static BigDecimal atMost(BigDecimal number) {
    double value = number.doubleValue();
    return isSame(value, number) ? number : new BigDecimal(Math.nextUp(value));
  }

  private double rounded(double value) {
    return feature == ElementType.FLOAT ? (float) value : value;
  }

  private static double below(double value, boolean isFloat) {
    return isFloat ? Math.nextDown((float) value) : Math.nextDown(value);
  }

  private static double wider(double value, boolean isFloat) {
    double wider = value;
    for (int i = 0; i < SLACK; i++) {
      wider = isFloat ? Math.nextUp((float) wider) : Math.nextUp(wider);
    }
    return wider;
  }

  /**
   * Whether a constant is this value to DuckDB, too, which divides a decimal's digits by a power of
   * ten: that gives the very number where both are exact.
   */
  private static boolean isExact(double value, BigDecimal number, boolean isFloat) {
    double digits = number.unscaledValue().abs().doubleValue();
    boolean areFew = digits <= (isFloat ? LARGEST_FLOAT : LARGEST_WHOLE.doubleValue());
    return isSame(value, number) && areFew && number.scale() <= EXACT_POWERS;
  }

  private static boolean isSame(double value, BigDecimal number) {
    return Double.isFinite(value) && new BigDecimal(value).compareTo(number) == 0;
  }
}
