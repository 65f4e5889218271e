package io.auspex.udf.expression;

import io.auspex.catalog.ElementType;
import io.auspex.udf.expression.Expression.Binary;
import io.auspex.udf.expression.Expression.Choice;
import io.auspex.udf.expression.Expression.Literal;
import io.auspex.udf.expression.GraphReader.Unread;
import java.util.ArrayList;
import java.util.List;

/** Operators of several operands, column by column; one column goes with each of many. */
final class Broadcast {
  private Broadcast() {}

  static Columns binary(Binary.Operator operator, Columns left, Columns right, ElementType type) {
    int width = width(left, right);
    List<Expression> values = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      values.add(new Binary(operator, left.at(i), right.at(i), type));
    }
    return new Columns(values, Math.max(rank(left), rank(right)));
  }

  private static int rank(Columns operand) {
    return operand.constant().isPresent() ? Math.min(2, operand.rank()) : operand.rank();
  }

  /** Of operands that are broadcast: as wide as each other, or one value for all columns. */
  private static int width(Columns... operands) {
    int width = 1;
    int rank = 0;
    for (Columns operand : operands) {
      width = Math.max(width, operand.width());
      if (operand.constant().isEmpty()) {
        if (rank != 0 && rank != operand.rank()) {
          throw new Unread("a broadcast of rows");
        }
        rank = operand.rank();
      }
    }
    for (Columns operand : operands) {
      boolean isAcross =
          operand.constant().isPresent()
              && rank == 1
              && (operand.width() > 1 || operand.rank() > 1);
      if ((operand.width() != 1 && operand.width() != width) || operand.width() == 0 || isAcross) {
        throw new Unread("a broadcast");
      }
    }
    return width;
  }

  static Columns where(Columns condition, Columns yes, Columns no) {
    int width = width(condition, yes, no);
    List<Expression> values = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      values.add(choice(condition.at(i), yes.at(i), no.at(i)));
    }
    return new Columns(values, Math.max(rank(condition), Math.max(rank(yes), rank(no))));
  }

  private static Expression choice(Expression condition, Expression yes, Expression no) {
    if (condition instanceof Literal literal) {
      return literal.value() != 0 ? yes : no;
    } else if (yes.type() == ElementType.STRING) {
      throw new Unread("a choice of texts");
    }
    return new Choice(condition, yes, no);
  }
}
