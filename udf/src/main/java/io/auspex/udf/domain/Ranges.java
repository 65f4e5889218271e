package io.auspex.udf.domain;

import io.auspex.catalog.ElementType;
import io.auspex.udf.domain.Domain.Numbers;
import io.auspex.udf.domain.Domain.Texts;
import io.auspex.udf.expression.Expression;
import io.auspex.udf.expression.Expression.Binary;
import io.auspex.udf.expression.Expression.Cast;
import io.auspex.udf.expression.Expression.Choice;
import io.auspex.udf.expression.Expression.Column;
import io.auspex.udf.expression.Expression.Literal;
import io.auspex.udf.expression.Expression.Lookup;
import io.auspex.udf.expression.Expression.Unary;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which numbers expressions may give: bounds that hold to the last bit, since steps are rounded the
 * same way here and there. What a step makes of a row whose prediction is NULL is nobody's
 * business: features without NaN are taken to be there.
 */
final class Ranges {
  private static final Numbers WHOLE = Numbers.ALL.missing(false);
  private static final Numbers TRUTH = Numbers.of(List.of(0.0, 1.0), false);

  /** Whole numbers up to it are doubles. */
  private static final double LARGEST_WHOLE = 0x1p53;

  private final Domains domains;
  private final Map<Expression, Numbers> known = new IdentityHashMap<>();

  Ranges(Domains domains) {
    this.domains = domains;
  }

  /** The numbers of an expression that is no text. */
  Numbers of(Expression expression) {
    Numbers range = known.get(expression);
    if (range == null) {
      range = found(expression);
      known.put(expression, range);
    }
    return range;
  }

  /** The texts that a feature may be; nothing where they are not known. */
  Optional<List<String>> texts(Expression expression) {
    return expression instanceof Column column
            && domains.of(column.input(), column.slot()).orElse(null) instanceof Texts texts
        ? Optional.of(texts.values())
        : Optional.empty();
  }

  private Numbers found(Expression expression) {
    if (expression instanceof Literal literal) {
      return number(literal.value());
    } else if (expression instanceof Column column) {
      return column(column);
    } else if (expression instanceof Cast cast) {
      return cast(of(cast.of()), cast.type());
    } else if (expression instanceof Unary unary) {
      return unary(unary, of(unary.of()));
    } else if (expression instanceof Binary binary) {
      return binary(binary, of(binary.left()), of(binary.right()));
    } else if (expression instanceof Choice choice) {
      return choice(choice);
    } else if (expression instanceof Lookup lookup && lookup.type() != ElementType.STRING) {
      return lookup(lookup);
    }
    return all(expression.type());
  }

  private static Numbers number(double value) {
    return Double.isNaN(value) ? Numbers.MISSING : Numbers.between(value, value, false);
  }

  private static Numbers all(ElementType type) {
    boolean isWhole = !type.isFloatingPoint() && type != ElementType.STRING;
    return type == ElementType.BOOL ? TRUTH : isWhole ? WHOLE : Numbers.ALL;
  }

  private Numbers column(Column column) {
    Numbers all = all(column.type());
    return domains.of(column.input(), column.slot()).orElse(null) instanceof Numbers numbers
        ? all.meet(numbers)
        : all;
  }

  private static Numbers cast(Numbers of, ElementType type) {
    boolean isSmall = Math.max(Math.abs(of.low()), Math.abs(of.high())) < LARGEST_WHOLE;
    return switch (type) {
      case FLOAT -> of.map(value -> (float) value);
      case DOUBLE -> of;
      case BOOL -> !of.has(0) ? number(1) : of.isPoint() ? number(0) : TRUTH;
      case INT64 -> isSmall && !of.mayBeMissing() ? of.map(value -> (long) value) : WHOLE;
      default -> all(type);
    };
  }

  private Numbers unary(Unary unary, Numbers of) {
    return switch (unary.operator()) {
      case NEG -> of.map(value -> -value);
      case FLOOR -> of.map(Math::floor);
      case CEIL -> of.map(Math::ceil);
      case RELU -> of.map(value -> value < 0 ? 0 : value);
      case ABS -> of.low() >= 0 ? of : of.high() <= 0 ? of.map(Math::abs) : positive(of);
      case IS_NAN -> of.isEmpty() ? number(1) : of.mayBeMissing() ? TRUTH : number(0);
      case NOT -> of.isPoint() ? number(of.low() == 0 ? 1 : 0) : TRUTH;
      default -> all(unary.type());
    };
  }

  private static Numbers positive(Numbers of) {
    return Numbers.between(0, Math.max(-of.low(), of.high()), of.mayBeMissing());
  }

  private Numbers binary(Binary binary, Numbers left, Numbers right) {
    boolean mayBeMissing = left.mayBeMissing() || right.mayBeMissing();
    boolean isEmpty = left.isEmpty() || right.isEmpty();
    return switch (binary.operator()) {
      case LESS -> truth(!mayBeMissing && left.high() < right.low(), !(left.low() < right.high()));
      case AT_MOST ->
          truth(!mayBeMissing && left.high() <= right.low(), !(left.low() <= right.high()));
      case EQUAL ->
          truth(
              left.isPoint() && right.isPoint() && left.low() == right.low(),
              isEmpty || left.meet(right).isEmpty());
      case AND ->
          truth(
              !left.has(0) && !right.has(0),
              (left.isPoint() && left.low() == 0) || (right.isPoint() && right.low() == 0));
      case OR ->
          truth(
              !left.has(0) || !right.has(0),
              left.isPoint() && left.low() == 0 && right.isPoint() && right.low() == 0);
      case ADD, SUB, MUL, DIV ->
          isEmpty || !binary.type().isFloatingPoint()
              ? all(binary.type())
              : computed(binary, left, right);
    };
  }

  private static Numbers truth(boolean always, boolean never) {
    return always == never ? TRUTH : number(always ? 1 : 0);
  }

  /** Of numbers that are none of them infinite, or of one that is not and no zero. */
  private static Numbers computed(Binary binary, Numbers left, Numbers right) {
    boolean isConstant = right.isPoint() && Double.isFinite(right.low()) && right.low() != 0;
    boolean isFinite = isFinite(left) && isFinite(right);
    boolean isDivision = binary.operator() == Binary.Operator.DIV;
    if (!isConstant && (!isFinite || (isDivision && right.has(0)))) {
      return Numbers.ALL;
    }
    double[] corners = {
      value(binary, left.low(), right.low()),
      value(binary, left.low(), right.high()),
      value(binary, left.high(), right.low()),
      value(binary, left.high(), right.high())
    };
    double low = corners[0];
    double high = corners[0];
    for (double corner : corners) {
      if (Double.isNaN(corner)) {
        return Numbers.ALL;
      }
      low = Math.min(low, corner);
      high = Math.max(high, corner);
    }
    return Numbers.between(low, high, left.mayBeMissing() || right.mayBeMissing());
  }

  private static boolean isFinite(Numbers range) {
    return Double.isFinite(range.low()) && Double.isFinite(range.high());
  }

  private static double value(Binary binary, double left, double right) {
    double value =
        switch (binary.operator()) {
          case ADD -> left + right;
          case SUB -> left - right;
          case MUL -> left * right;
          default -> left / right;
        };
    return binary.type() == ElementType.FLOAT ? (float) value : value;
  }

  private Numbers choice(Choice choice) {
    Numbers condition = of(choice.condition());
    boolean isPoint = condition.isPoint();
    if (isPoint) {
      return of(condition.low() != 0 ? choice.yes() : choice.no());
    }
    Numbers no = of(choice.no());
    // What is missing is not let through where it is filled.
    return of(choice.yes()).join(choice.fillsGaps() ? no.missing(false) : no);
  }

  private Numbers lookup(Lookup lookup) {
    Numbers range = null;
    for (Object result : results(lookup)) {
      Numbers one = number((Double) result);
      range = range == null ? one : range.join(one);
    }
    return range;
  }

  /** Whether a look-up may be asked for an entry of its table. */
  boolean mayBeKey(Lookup lookup, Object entry) {
    if (entry instanceof String text) {
      return texts(lookup.key()).map(texts -> texts.contains(text)).orElse(true);
    }
    Numbers keys = of(lookup.key());
    double key = (Double) entry;
    return Double.isNaN(key) ? keys.mayBeMissing() : keys.has(key);
  }

  /** What a look-up may find; at least one value. */
  List<Object> results(Lookup lookup) {
    List<Object> results = new ArrayList<>();
    lookup
        .table()
        .forEach(
            (key, value) -> {
              if (mayBeKey(lookup, key)) {
                results.add(value);
              }
            });
    if (results.isEmpty() || !findsAll(lookup)) {
      results.add(lookup.otherwise());
    }
    return results;
  }

  /** Whether each key that may be asked for is in the table. */
  private boolean findsAll(Lookup lookup) {
    Map<Object, Object> table = lookup.table();
    if (lookup.key().type() == ElementType.STRING) {
      return texts(lookup.key()).filter(texts -> table.keySet().containsAll(texts)).isPresent();
    }
    Numbers keys = of(lookup.key());
    boolean areListed = !keys.values().isEmpty() || keys.low() == keys.high();
    List<Double> listed = keys.values().isEmpty() ? List.of(keys.low() + 0.0) : keys.values();
    return areListed
        && !keys.mayBeMissing()
        && listed.stream().allMatch(key -> table.keySet().stream().anyMatch(key::equals));
  }
}
