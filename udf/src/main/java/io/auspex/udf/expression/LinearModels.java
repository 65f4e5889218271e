package io.auspex.udf.expression;

import io.auspex.catalog.ElementType;
import io.auspex.udf.expression.Expression.ArgMax;
import io.auspex.udf.expression.Expression.Binary;
import io.auspex.udf.expression.Expression.Linear;
import io.auspex.udf.expression.Expression.Unary;
import io.auspex.udf.expression.GraphReader.Unread;
import io.auspex.udf.onnx.Attributes;
import io.auspex.udf.onnx.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Products of a row with a constant matrix, and what classifiers make of them. */
final class LinearModels {
  /** Wider layers are faster in ONNX Runtime. */
  private static final int MOST_SUMS = 32;

  /** A layer over one of more units is faster in ONNX Runtime: from 4 units on, by measure. */
  private static final int MOST_HIDDEN = 3;

  private static final int MOST_SUMMED = 64;

  private LinearModels() {}

  static Columns regressor(Attributes attributes, Columns x) {
    int targets = (int) attributes.integer("targets", 1);
    if (!attributes.text("post_transform", "NONE").equals("NONE")) {
      throw new Unread("LinearRegressor with a post_transform");
    }
    double[] bias = attributes.numbers("intercepts");
    return sums(floats(x), rows(attributes.numbers("coefficients"), targets), bias, x.type());
  }

  private static List<Expression> floats(Columns x) {
    if (x.type() != ElementType.FLOAT) {
      throw new Unread("a linear model over " + x.type());
    }
    return x.values();
  }

  private static double[][] rows(double[] all, int count) {
    double[][] rows = new double[count][all.length / count];
    for (int i = 0; i < all.length; i++) {
      rows[i / rows[0].length][i % rows[0].length] = all[i];
    }
    return rows;
  }

  /** The label, and the scores. */
  static List<Columns> classifier(Attributes attributes, Columns x) {
    double[] bias = attributes.numbers("intercepts");
    List<Object> labels = new ArrayList<>(attributes.texts("classlabels_strings"));
    boolean isText = !labels.isEmpty();
    for (long label : attributes.integers("classlabels_ints")) {
      labels.add(Tensor.exact(label));
    }
    if (bias.length < 2 || labels.size() != bias.length) {
      throw new Unread("LinearClassifier of one column");
    }
    Columns sums =
        sums(floats(x), rows(attributes.numbers("coefficients"), bias.length), bias, x.type());
    Expression label =
        Encoders.entry(
            labels, isText ? ElementType.STRING : ElementType.INT64, new ArgMax(sums.values()));
    Columns scores =
        switch (attributes.text("post_transform", "NONE")) {
          case "NONE" -> sums;
          case "LOGISTIC" ->
              Operators.each(
                  sums, sum -> new Unary(Unary.Operator.LOGISTIC, sum, ElementType.FLOAT));
          case "SOFTMAX" ->
              Operators.parts(
                  new Expression.Softmax(sums.values(), ElementType.FLOAT),
                  sums.width(),
                  ElementType.FLOAT);
          default -> throw new Unread("LinearClassifier with this post_transform");
        };
    return List.of(new Columns(List.of(label), 1), scores);
  }

  static Columns gemm(Attributes attributes, Columns a, Columns b, Columns c) {
    boolean isPlain =
        attributes.number("alpha", 1) == 1
            && attributes.number("beta", 1) == 1
            && attributes.integer("transA", 0) == 0;
    if (!isPlain) {
      throw new Unread("Gemm with factors");
    }
    double[][] weights = weights(b.tensor(), attributes.integer("transB", 0) != 0);
    double[] bias = c == null ? new double[0] : c.tensor().numbers();
    return sums(a.values(), weights, bias, checked(a));
  }

  static Columns matMul(Columns a, Tensor b) {
    ElementType type = checked(a);
    if (b.dims().size() == 1) {
      double[][] weights = {b.numbers()};
      return new Columns(sums(a.values(), weights, new double[0], type).values(), 1);
    }
    return sums(a.values(), weights(b, false), new double[0], type);
  }

  /** ReduceSum of each row's values. */
  static Columns sum(Columns x, double[] axes, Attributes attributes) {
    boolean isOfRow = axes.length == 1 && (axes[0] == 1 || axes[0] == -1);
    ElementType type = checked(x);
    if (!isOfRow || x.width() == 0 || x.width() > MOST_SUMMED) {
      throw new Unread("ReduceSum of rows, or of many values");
    }
    double[] weights = new double[x.width()];
    Arrays.fill(weights, 1);
    Expression sum = Terms.linear(x.values(), weights, 0, type);
    return new Columns(List.of(sum), attributes.integer("keepdims", 1) != 0 ? 2 : 1);
  }

  private static ElementType checked(Columns a) {
    boolean isFloating = a.type() == ElementType.FLOAT || a.type() == ElementType.DOUBLE;
    if (!isFloating || a.rank() != 2) {
      throw new Unread("a sum of " + a.type());
    }
    return a.type();
  }

  /** A row a sum. */
  private static double[][] weights(Tensor matrix, boolean isTransposed) {
    int rows = Math.toIntExact(matrix.dims().get(0));
    int columns = Math.toIntExact(matrix.dims().get(1));
    double[][] weights = new double[isTransposed ? rows : columns][isTransposed ? columns : rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double value = matrix.numbers()[i * columns + j];
        if (isTransposed) {
          weights[i][j] = value;
        } else {
          weights[j][i] = value;
        }
      }
    }
    return weights;
  }

  private static Columns sums(
      List<Expression> terms, double[][] weights, double[] bias, ElementType type) {
    boolean isWide = weights.length > MOST_SUMS || (terms.size() > MOST_HIDDEN && areHidden(terms));
    if (isWide || weights[0].length != terms.size()) {
      throw new Unread("a wide layer");
    }
    List<Expression> sums = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      double added = bias.length == 0 ? 0 : bias[bias.length == 1 ? 0 : i];
      int opposite = opposite(weights, bias, i);
      sums.add(
          opposite < i
              ? new Unary(Unary.Operator.NEG, sums.get(opposite), type)
              : Terms.linear(terms, weights[i], added, type));
    }
    return new Columns(sums, 2);
  }

  /** Whether a layer is over another one, of which it has what an activation makes. */
  private static boolean areHidden(List<Expression> terms) {
    return terms.stream().anyMatch(term -> term instanceof Unary of && isSum(of.of()));
  }

  private static boolean isSum(Expression value) {
    return value instanceof Linear
        || (value instanceof Binary binary && (isSum(binary.left()) || isSum(binary.right())));
  }

  /** The sum before this one that is its opposite: of two classes, only one need be added up. */
  private static int opposite(double[][] weights, double[] bias, int of) {
    for (int i = 0; i < of; i++) {
      boolean isOpposite = bias.length <= 1 ? bias.length == 0 : bias[i] == -bias[of];
      for (int j = 0; j < weights[of].length && isOpposite; j++) {
        isOpposite = weights[i][j] == -weights[of][j];
      }
      if (isOpposite) {
        return i;
      }
    }
    return of;
  }
}
