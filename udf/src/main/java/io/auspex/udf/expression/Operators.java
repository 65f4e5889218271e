package io.auspex.udf.expression;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.auspex.catalog.ElementType;
import io.auspex.udf.ensemble.Ensemble;
import io.auspex.udf.ensemble.EnsembleReader;
import io.auspex.udf.expression.Expression.ArgMax;
import io.auspex.udf.expression.Expression.Binary;
import io.auspex.udf.expression.Expression.Cast;
import io.auspex.udf.expression.Expression.Choice;
import io.auspex.udf.expression.Expression.Literal;
import io.auspex.udf.expression.Expression.Part;
import io.auspex.udf.expression.Expression.Softmax;
import io.auspex.udf.expression.Expression.Trees;
import io.auspex.udf.expression.Expression.Unary;
import io.auspex.udf.expression.GraphReader.Unread;
import io.auspex.udf.onnx.Attributes;
import io.auspex.udf.onnx.OnnxGraph;
import io.auspex.udf.onnx.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Reads one node: what its operator means for a row. Operators are those of ONNX's <a
 * href="https://onnx.ai/onnx/operators/">specification</a>, as ONNX Runtime computes them.
 */
final class Operators {
  /** Since this version of ai.onnx.ml, a LabelEncoder finds NaN. */
  private static final int FINDS_NAN = 4;

  private final GraphReader graph;
  private final NodeProto node;
  private final Attributes attributes;
  private final long opset;
  private final long mlOpset;

  Operators(GraphReader graph, NodeProto node, OnnxGraph of) {
    this.graph = graph;
    this.node = node;
    this.attributes = Attributes.of(node);
    this.opset = of.opset();
    this.mlOpset = of.mlOpset();
  }

  private Columns operand(int i) {
    return graph.value(node.getInput(i));
  }

  private boolean has(int i) {
    return node.getInputCount() > i && !node.getInput(i).isEmpty();
  }

  /** The node's outputs, in order. */
  List<Columns> values() {
    return switch (node.getOpType()) {
      case "TreeEnsemble", "TreeEnsembleRegressor", "TreeEnsembleClassifier" -> trees();
      case "LinearClassifier" -> LinearModels.classifier(attributes, operand(0));
      default -> List.of(value());
    };
  }

  private Columns value() {
    return switch (node.getOpType()) {
      case "Constant" -> constant();
      case "Identity" -> operand(0);
      case "Cast" -> cast();
      case "Concat", "FeatureVectorizer" -> concat();
      case "Reshape", "Flatten", "Squeeze", "Unsqueeze" -> reshaped();
      case "Gather" -> gather();
      case "ArrayFeatureExtractor" -> picked(operand(0), operand(1).tensor());
      case "Imputer" -> Encoders.imputer(attributes, operand(0));
      case "Scaler" -> Encoders.scaler(attributes, operand(0));
      case "Normalizer" -> Encoders.normalizer(attributes, operand(0));
      case "OneHotEncoder" -> Encoders.oneHot(attributes, operand(0));
      case "LabelEncoder" -> Encoders.label(attributes, operand(0), mlOpset >= FINDS_NAN);
      case "LinearRegressor" -> LinearModels.regressor(attributes, operand(0));
      case "Gemm" ->
          LinearModels.gemm(attributes, operand(0), operand(1), has(2) ? operand(2) : null);
      case "MatMul" -> LinearModels.matMul(operand(0), operand(1).tensor());
      case "Softmax" -> softmax();
      case "ArgMax" -> argMax();
      case "Add" -> arithmetic(Binary.Operator.ADD);
      case "Sub" -> arithmetic(Binary.Operator.SUB);
      case "Mul" -> arithmetic(Binary.Operator.MUL);
      case "Div" -> arithmetic(Binary.Operator.DIV);
      case "Neg" -> unary(Unary.Operator.NEG);
      case "Abs" -> unary(Unary.Operator.ABS);
      case "Exp" -> unary(Unary.Operator.EXP);
      case "Log" -> unary(Unary.Operator.LOG);
      case "Sqrt" -> unary(Unary.Operator.SQRT);
      case "Floor" -> unary(Unary.Operator.FLOOR);
      case "Ceil" -> unary(Unary.Operator.CEIL);
      case "Sigmoid" -> unary(Unary.Operator.SIGMOID);
      case "Tanh" -> unary(Unary.Operator.TANH);
      case "Relu" -> unary(Unary.Operator.RELU);
      case "IsNaN" -> truth(Unary.Operator.IS_NAN);
      case "Not" -> truth(Unary.Operator.NOT);
      case "Less" -> comparison(Binary.Operator.LESS, false);
      case "LessOrEqual" -> comparison(Binary.Operator.AT_MOST, false);
      case "Greater" -> comparison(Binary.Operator.LESS, true);
      case "GreaterOrEqual" -> comparison(Binary.Operator.AT_MOST, true);
      case "Equal" -> comparison(Binary.Operator.EQUAL, false);
      case "And" -> comparison(Binary.Operator.AND, false);
      case "Or" -> comparison(Binary.Operator.OR, false);
      case "Where" -> where();
      default -> throw new Unread(node.getOpType());
    };
  }

  private Columns constant() {
    if (!attributes.has("value")) {
      throw new Unread("a constant that is no tensor");
    }
    return Columns.of(attributes.tensor("value"));
  }

  private Columns cast() {
    ElementType to = ElementType.ofOnnx((int) attributes.integer("to", 0));
    boolean fromText = operand(0).type() == ElementType.STRING;
    if (fromText || to == null || to == ElementType.STRING) {
      if (fromText && to == ElementType.STRING) {
        return operand(0);
      }
      throw new Unread("texts as numbers");
    }
    boolean isKnown =
        switch (to) {
          case FLOAT, DOUBLE, INT64, INT32, BOOL -> true;
          default -> false;
        };
    if (!isKnown) {
      throw new Unread("a cast to " + to);
    }
    return each(operand(0), value -> casted(value, to));
  }

  static Expression casted(Expression value, ElementType to) {
    if (value.type() == to) {
      return value;
    } else if (value instanceof Literal literal && to == ElementType.FLOAT) {
      return new Literal((float) literal.value(), to);
    }
    return new Cast(value, to);
  }

  static Columns each(Columns operand, UnaryOperator<Expression> change) {
    return new Columns(operand.values().stream().map(change).toList(), operand.rank());
  }

  /** Of matrices side by side; what a one-hot encoder makes may have a dimension more. */
  private Columns concat() {
    List<Expression> values = new ArrayList<>();
    int rank = operand(0).rank();
    long axis = attributes.integer("axis", 1);
    boolean isLast = axis == rank - 1 || axis == -1 || !attributes.has("axis");
    if (!isLast || rank < 2 || rank > 3) {
      throw new Unread("Concat of rows");
    }
    ElementType type = null;
    for (int i = 0; i < node.getInputCount(); i++) {
      Columns part = operand(i);
      boolean isOne = part.constant().isPresent() && part.constant().get().dims().size() != 2;
      if (part.rank() != rank || isOne || (type != null && part.type() != type)) {
        throw new Unread("Concat of unlike tensors");
      }
      type = part.type();
      values.addAll(part.values());
    }
    return new Columns(values, rank);
  }

  /** Any shape of the same values a row. */
  private Columns reshaped() {
    Columns operand = operand(0);
    if (operand.constant().isPresent()) {
      return operand;
    }
    int width = operand.width();
    switch (node.getOpType()) {
      case "Flatten" -> {
        if (attributes.integer("axis", 1) != 1) {
          throw new Unread("Flatten of rows");
        }
        return new Columns(operand.values(), 2);
      }
      case "Squeeze", "Unsqueeze" -> {
        double[] axes =
            has(1)
                ? operand(1).tensor().numbers()
                : java.util.Arrays.stream(attributes.integers("axes")).asDoubleStream().toArray();
        boolean isColumn = width == 1 && axes.length == 1 && (axes[0] == 1 || axes[0] == -1);
        boolean isMatrix =
            operand.rank() == 3
                && node.getOpType().equals("Squeeze")
                && axes.length == 1
                && (axes[0] == 1 || axes[0] == -2);
        if (isMatrix) {
          return new Columns(operand.values(), 2);
        } else if (!isColumn || operand.rank() > 2) {
          throw new Unread(node.getOpType());
        }
        return new Columns(operand.values(), node.getOpType().equals("Squeeze") ? 1 : 2);
      }
      default -> {
        double[] shape = operand(1).tensor().numbers();
        boolean isKept =
            (shape.length == 2 && shape[0] == -1 && shape[1] == width)
                || (shape.length == 2 && shape[0] == 0 && (shape[1] == width || shape[1] == -1))
                || (shape.length == 1 && shape[0] == -1 && width == 1)
                || (shape.length == 2 && shape[0] == -1 && shape[1] == 1 && width == 1);
        if (!isKept || attributes.integer("allowzero", 0) != 0) {
          throw new Unread("Reshape");
        }
        return new Columns(operand.values(), shape.length);
      }
    }
  }

  /** Columns of a matrix, or the entries of a list by their ordinals. */
  private Columns gather() {
    Columns data = operand(0);
    Columns indices = operand(1);
    long axis = attributes.integer("axis", 0);
    if (data.constant().isPresent() && axis == 0 && data.tensor().dims().size() == 1) {
      checkWithin(indices, data.tensor().size());
      return each(indices, ordinal -> Encoders.entry(data.tensor(), ordinal));
    } else if (axis == 1 && data.rank() == 2 && indices.tensor().dims().size() <= 1) {
      Columns picked = picked(data, indices.tensor());
      return new Columns(picked.values(), indices.tensor().dims().isEmpty() ? 1 : 2);
    }
    throw new Unread("Gather of rows");
  }

  /** An ordinal that a list does not have is an error, which must be ONNX Runtime's. */
  private static void checkWithin(Columns ordinals, int size) {
    for (Expression ordinal : ordinals.values()) {
      boolean isWithin = ordinal instanceof ArgMax argMax && argMax.values().size() <= size;
      if (!isWithin) {
        throw new Unread("Gather by what may be any number");
      }
    }
  }

  private static Columns picked(Columns data, Tensor ordinals) {
    if (data.constant().isPresent() && data.tensor().dims().size() != 2) {
      // As ArrayFeatureExtractor does with a list of labels.
      throw new Unread("a choice of constants");
    }
    List<Expression> values = new ArrayList<>();
    for (double ordinal : ordinals.numbers()) {
      int at = (int) (ordinal < 0 ? ordinal + data.width() : ordinal);
      values.add(data.values().get(at));
    }
    return new Columns(values, 2);
  }

  private static void checkFloating(ElementType type) {
    if (type != ElementType.FLOAT && type != ElementType.DOUBLE) {
      throw new Unread("arithmetic of " + type);
    }
  }

  private Columns unary(Unary.Operator operator) {
    Columns operand = operand(0);
    checkFloating(operand.type());
    return each(operand, value -> new Unary(operator, value, operand.type()));
  }

  private Columns truth(Unary.Operator operator) {
    return each(operand(0), value -> new Unary(operator, value, ElementType.BOOL));
  }

  private Columns arithmetic(Binary.Operator operator) {
    checkFloating(operand(0).type());
    return binary(operator, operand(0), operand(1), operand(0).type());
  }

  private Columns comparison(Binary.Operator operator, boolean isTurned) {
    Columns left = operand(isTurned ? 1 : 0);
    Columns right = operand(isTurned ? 0 : 1);
    if (left.type() == ElementType.STRING) {
      if (operator != Binary.Operator.EQUAL) {
        throw new Unread("an order of texts");
      }
      return Encoders.equalTexts(left, right);
    }
    return binary(operator, left, right, ElementType.BOOL);
  }

  private static Columns binary(
      Binary.Operator operator, Columns left, Columns right, ElementType type) {
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
      boolean isVector = operand.constant().isPresent() && rank == 1 && operand.width() > 1;
      if ((operand.width() != 1 && operand.width() != width) || operand.width() == 0 || isVector) {
        throw new Unread("a broadcast");
      }
    }
    return width;
  }

  private Columns where() {
    Columns condition = operand(0);
    Columns yes = operand(1);
    Columns no = operand(2);
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

  private Columns softmax() {
    Columns operand = operand(0);
    checkFloating(operand.type());
    long axis = attributes.integer("axis", opset < 13 ? 1 : -1);
    if (operand.rank() != 2 || (axis != 1 && axis != -1)) {
      throw new Unread("Softmax of rows");
    }
    Softmax softmax = new Softmax(operand.values(), operand.type());
    return parts(softmax, operand.width(), operand.type());
  }

  static Columns parts(Expression.Whole whole, int count, ElementType type) {
    List<Expression> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(new Part(whole, i, type));
    }
    return new Columns(parts, 2);
  }

  private Columns argMax() {
    Columns operand = operand(0);
    long axis = attributes.integer("axis", 0);
    boolean isLast = attributes.integer("select_last_index", 0) != 0;
    if (operand.rank() != 2 || (axis != 1 && axis != -1) || isLast) {
      throw new Unread("ArgMax of rows");
    }
    int rank = attributes.integer("keepdims", 1) != 0 ? 2 : 1;
    return new Columns(List.of(new ArgMax(operand.values())), rank);
  }

  private List<Columns> trees() {
    Columns operand = operand(0);
    boolean isDouble = operand.type() == ElementType.DOUBLE;
    boolean isClassifier = node.getOpType().equals("TreeEnsembleClassifier");
    boolean isWhole = operand.type() == ElementType.INT64 || operand.type() == ElementType.INT32;
    boolean isTaken = isDouble || operand.type() == ElementType.FLOAT || (isWhole && isClassifier);
    if (!isTaken || operand.rank() != 2) {
      throw new Unread("trees over " + operand.type());
    }
    ElementType compared = isDouble ? ElementType.DOUBLE : ElementType.FLOAT;
    List<Expression> features =
        operand.values().stream().map(value -> casted(value, compared)).toList();
    Ensemble ensemble =
        EnsembleReader.read(node, isDouble)
            .filter(found -> found.width() <= features.size())
            .orElseThrow(() -> new Unread("an odd tree ensemble"));
    boolean isOld = !node.getOpType().equals("TreeEnsemble");
    ElementType type = isOld ? ElementType.FLOAT : compared;
    Trees trees = new Trees(ensemble, features, type);
    Columns scores = parts(trees, ensemble.targets(), type);
    if (!isClassifier) {
      return List.of(scores);
    }
    Part ordinal = new Part(trees, ensemble.targets(), ElementType.INT64);
    return List.of(
        new Columns(List.of(Encoders.classOf(ensemble.classes().get(), ordinal)), 1), scores);
  }
}
