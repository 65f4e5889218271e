package io.auspex.udf.kernel;

import io.auspex.udf.ensemble.Ensemble;
import io.auspex.udf.ensemble.Ensemble.PostTransform;
import io.auspex.udf.expression.Expression;
import io.auspex.udf.expression.Expression.Binary;
import io.auspex.udf.expression.Expression.Cast;
import io.auspex.udf.expression.Expression.Literal;
import io.auspex.udf.expression.Expression.Part;
import io.auspex.udf.expression.Expression.Trees;
import io.auspex.udf.expression.Expression.Unary;
import java.util.Optional;

/**
 * Whether a value only grows with the sum of an ensemble's weights, or only falls; then a bound of
 * the value is one of the sum. Rounding keeps the order of values.
 */
public record Slope(Trees trees, int direction) {

  /** Nothing where the value depends on anything else, or on the sum in another way. */
  public static Optional<Slope> of(Expression value) {
    if (value instanceof Part part && part.whole() instanceof Trees trees) {
      int direction = direction(trees.ensemble(), part.ordinal());
      return direction == 0 ? Optional.empty() : Optional.of(new Slope(trees, direction));
    } else if (value instanceof Cast cast && cast.type().isFloatingPoint()) {
      return of(cast.of());
    } else if (value instanceof Unary unary) {
      return switch (unary.operator()) {
        case NEG -> of(unary.of()).map(Slope::turned);
        case EXP, SIGMOID, LOGISTIC, TANH, RELU -> of(unary.of());
        default -> Optional.empty();
      };
    } else if (value instanceof Binary binary) {
      return binary(binary);
    }
    return Optional.empty();
  }

  private Slope turned() {
    return new Slope(trees, -direction);
  }

  private static Optional<Slope> binary(Binary binary) {
    Expression left = binary.left();
    Expression right = binary.right();
    boolean isLeft = right instanceof Literal;
    Optional<Slope> of = of(isLeft ? left : right);
    if (!isLeft && !(left instanceof Literal)) {
      return Optional.empty();
    }
    double literal = ((Literal) (isLeft ? right : left)).value();
    return switch (binary.operator()) {
      case ADD -> of;
      case SUB -> isLeft ? of : of.map(Slope::turned);
      case MUL -> literal > 0 ? of : literal < 0 ? of.map(Slope::turned) : Optional.empty();
      case DIV -> {
        if (isLeft) {
          yield literal > 0 ? of : Optional.empty();
        }
        yield literal > 0 && isPositive(right) ? of.map(Slope::turned) : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private static boolean isPositive(Expression value) {
    if (value instanceof Literal literal) {
      return literal.value() > 0;
    } else if (value instanceof Unary unary) {
      return unary.operator() == Unary.Operator.EXP;
    }
    return value instanceof Binary binary
        && binary.operator() == Binary.Operator.ADD
        && isPositive(binary.left())
        && isPositive(binary.right());
  }

  /** Of a score, as {@link Finish} makes it of the sum; 0 where it is not known. */
  private static int direction(Ensemble ensemble, int score) {
    PostTransform transform = ensemble.postTransform();
    if (ensemble.classes().isEmpty()) {
      return ensemble.targets() == 1 ? 1 : 0;
    }
    boolean isOneColumn = ensemble.classes().get().hasOneColumn() && ensemble.base().length < 2;
    boolean isKnown = transform == PostTransform.NONE || transform == PostTransform.LOGISTIC;
    if (!isOneColumn || !isKnown || score > 1) {
      return 0;
    }
    int column = ensemble.leaves().targets().length == 0 ? -1 : ensemble.leaves().targets()[0];
    // With the weights at the first class, its sum is the second one's score.
    return column == 0 ? (score == 1 ? 1 : -1) : 0;
  }
}
