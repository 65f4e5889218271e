package io.auspex.udf.expression;

import io.auspex.catalog.ElementType;
import io.auspex.catalog.Input;
import io.auspex.udf.ensemble.Ensemble;
import java.util.List;
import java.util.Map;

/**
 * A value of a row. Expressions share their parts, so that they are a graph and not a tree: compare
 * and keep them by identity.
 *
 * <p>A value of type FLOAT is rounded to a float after every step; booleans are 0 and 1.
 */
public sealed interface Expression {
  ElementType type();

  /** What it is computed of. */
  default List<Expression> operands() {
    return List.of();
  }

  /**
   * A feature.
   *
   * @param slot its place in the input's row
   */
  record Column(Input input, int slot) implements Expression {
    @Override
    public ElementType type() {
      return input.type();
    }
  }

  /** A constant number. */
  record Literal(double value, ElementType type) implements Expression {}

  /** A constant text. */
  record Text(String value) implements Expression {
    @Override
    public ElementType type() {
      return ElementType.STRING;
    }
  }

  record Cast(Expression of, ElementType type) implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of(of);
    }
  }

  record Unary(Operator operator, Expression of, ElementType type) implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of(of);
    }

    /** Names are ONNX's. */
    public enum Operator {
      NEG,
      ABS,
      EXP,
      LOG,
      SQRT,
      FLOOR,
      CEIL,
      SIGMOID,
      TANH,
      RELU,
      NOT,
      IS_NAN,
      /** As ONNX Runtime's linear classifiers have it. */
      LOGISTIC
    }
  }

  record Binary(Operator operator, Expression left, Expression right, ElementType type)
      implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of(left, right);
    }

    /** Comparisons with NaN are false. */
    public enum Operator {
      ADD,
      SUB,
      MUL,
      DIV,
      LESS,
      AT_MOST,
      EQUAL,
      AND,
      OR
    }
  }

  record Choice(Expression condition, Expression yes, Expression no) implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of(condition, yes, no);
    }

    @Override
    public ElementType type() {
      return yes.type();
    }

    /** Whether it is a value with another one in place of NaN, as an imputer has it. */
    public boolean fillsGaps() {
      return condition instanceof Unary test
          && test.operator() == Unary.Operator.IS_NAN
          && test.of() == no;
    }
  }

  /**
   * What a table has for a key: numbers are found by equality, NaN by itself.
   *
   * @param table Double or String to Double or String; results are numbers or texts alike
   */
  record Lookup(Expression key, Map<Object, Object> table, Object otherwise, ElementType type)
      implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of(key);
    }
  }

  /**
   * The sum of the terms, each times its weight, and of the bias, in any order.
   *
   * @param weights as many as terms
   */
  record Linear(List<Expression> terms, double[] weights, double bias, ElementType type)
      implements Expression {
    @Override
    public List<Expression> operands() {
      return terms;
    }
  }

  /** The ordinal of the first of the greatest values, as INT64. */
  record ArgMax(List<Expression> values) implements Expression {
    @Override
    public List<Expression> operands() {
      return values;
    }

    @Override
    public ElementType type() {
      return ElementType.INT64;
    }
  }

  /** One of several values that are computed together. */
  record Part(Whole whole, int ordinal, ElementType type) implements Expression {
    @Override
    public List<Expression> operands() {
      return whole.operands();
    }
  }

  /** Values of a row that are computed together. */
  sealed interface Whole {
    /** What they are computed of. */
    List<Expression> operands();
  }

  /** Powers of e that sum up to 1. */
  record Softmax(List<Expression> values, ElementType type) implements Whole {
    @Override
    public List<Expression> operands() {
      return values;
    }
  }

  /**
   * The scores of a tree ensemble; of a classifier, its class's ordinal comes after them.
   *
   * @param features a column each, of the type that the ensemble compares
   * @param type of the scores
   */
  record Trees(Ensemble ensemble, List<Expression> features, ElementType type) implements Whole {
    @Override
    public List<Expression> operands() {
      return features;
    }
  }
}
