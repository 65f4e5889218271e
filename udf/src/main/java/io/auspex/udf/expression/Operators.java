package io.auspex.udf.expression;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.auspex.catalog.ElementType;
import io.auspex.udf.ensemble.Ensemble;
import io.auspex.udf.ensemble.EnsembleReader;
import io.auspex.udf.expression.Expression.ArgMax;
import io.auspex.udf.expression.Expression.Binary;
import io.auspex.udf.expression.Expression.Cast;
import io.auspex.udf.expression.Expression.Choice;
import io.auspex.udf.expression.Expression.Column;
import io.auspex.udf.expression.Expression.Literal;
import io.auspex.udf.expression.Expression.Lookup;
import io.auspex.udf.expression.Expression.Part;
import io.auspex.udf.expression.Expression.Softmax;
import io.auspex.udf.expression.Expression.Trees;
import io.auspex.udf.expression.Expression.Unary;
import io.auspex.udf.expression.GraphReader.Unread;
import io.auspex.udf.onnx.Attributes;
import io.auspex.udf.onnx.OnnxGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

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
    Columns operand = anyOperand(i);
    if (operand.isAcross()) {
      throw new Unread(node.getOpType() + " of all rows' values");
    }
    return operand;
  }

  /** Also one that lies across, for what does the same with each value however they lie. */
  private Columns anyOperand(int i) {
    return graph.value(node.getInput(i));
  }

  private boolean has(int i) {
    return node.getInputCount() > i && !node.getInput(i).isEmpty();
  }

  private List<Columns> operands() {
    return IntStream.range(0, node.getInputCount()).mapToObj(this::operand).toList();
  }

  /** An operand, or an attribute in older versions. */
  private double[] axes() {
    return has(1)
        ? operand(1).tensor().numbers()
        : LongStream.of(attributes.integers("axes")).asDoubleStream().toArray();
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
      case "Identity" -> anyOperand(0);
      case "Cast" -> cast(anyOperand(0));
      case "Concat" -> Shapes.concat(operands(), attributes);
      case "Flatten" -> Shapes.flatten(operand(0), attributes);
      case "Reshape" -> Shapes.reshape(anyOperand(0), operand(1).tensor().numbers(), attributes);
      case "Squeeze" -> Shapes.squeeze(operand(0), axes());
      case "Unsqueeze" -> Shapes.unsqueeze(operand(0), axes());
      case "Gather" -> Shapes.gather(operand(0), operand(1), attributes.integer("axis", 0));
      case "ArrayFeatureExtractor" -> Shapes.extracted(operand(0), operand(1));
      case "Imputer" -> Encoders.imputer(attributes, operand(0));
      case "Scaler" -> Encoders.scaler(attributes, operand(0));
      case "Normalizer" -> Encoders.normalizer(attributes, operand(0));
      case "OneHotEncoder" -> Encoders.oneHot(attributes, operand(0));
      case "LabelEncoder" -> Encoders.label(attributes, operand(0), mlOpset >= FINDS_NAN);
      case "LinearRegressor" -> LinearModels.regressor(attributes, operand(0));
      case "Gemm" ->
          LinearModels.gemm(attributes, operand(0), operand(1), has(2) ? operand(2) : null);
      case "MatMul" -> LinearModels.matMul(operand(0), operand(1).tensor());
      case "ReduceSum" -> LinearModels.sum(operand(0), axes(), attributes);
      case "Softmax" -> softmax();
      case "ArgMax" -> argMax();
      case "Add" -> arithmetic(Binary.Operator.ADD);
      case "Sub" -> arithmetic(Binary.Operator.SUB);
      case "Mul" -> arithmetic(Binary.Operator.MUL);
      case "Div" -> arithmetic(Binary.Operator.DIV);
      case "Reciprocal" -> reciprocal();
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
      case "Where" -> Broadcast.where(operand(0), operand(1), operand(2));
      default -> throw new Unread(node.getOpType());
    };
  }

  private Columns constant() {
    if (!attributes.has("value")) {
      throw new Unread("a constant that is no tensor");
    }
    return Columns.of(attributes.tensor("value"));
  }

  private Columns cast(Columns from) {
    ElementType to = ElementType.ofOnnx((int) attributes.integer("to", 0));
    boolean fromText = from.type() == ElementType.STRING;
    if (fromText || to == null || to == ElementType.STRING) {
      if (fromText && to == ElementType.STRING) {
        return from;
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
    return each(from, value -> casted(value, to));
  }

  static Expression casted(Expression value, ElementType to) {
    if (value.type() == to) {
      return value;
    } else if (value instanceof Literal literal) {
      return new Literal(casted(literal.value(), to), to);
    } else if (value instanceof Choice choice
        && choice.no() instanceof Column
        && !value.type().isFloatingPoint()) {
      // From the whole number itself: one of 64 bits would be rounded twice.
      return new Choice(choice.condition(), casted(choice.yes(), to), casted(choice.no(), to));
    } else if (value instanceof Lookup lookup && lookup.type() != ElementType.STRING) {
      Map<Object, Object> table = new LinkedHashMap<>();
      lookup.table().forEach((key, found) -> table.put(key, casted((double) found, to)));
      return new Lookup(lookup.key(), table, casted((double) lookup.otherwise(), to), to);
    }
    return new Cast(value, to);
  }

  private static double casted(double value, ElementType to) {
    return switch (to) {
      case FLOAT -> (float) value;
      case INT64 -> whole(value, 0x1p63);
      case INT32 -> whole(value, 0x1p31);
      case BOOL -> value != 0 ? 1 : 0;
      default -> value;
    };
  }

  /** What has no place in an integer is what the processor makes of it. */
  private static double whole(double value, double limit) {
    if (!(value > -limit && value < limit)) {
      throw new Unread("a cast of " + value);
    }
    return (long) value;
  }

  static Columns each(Columns operand, UnaryOperator<Expression> change) {
    return new Columns(operand.values().stream().map(change).toList(), operand.rank());
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

  private Columns reciprocal() {
    Columns operand = operand(0);
    checkFloating(operand.type());
    Literal one = new Literal(1, operand.type());
    return each(operand, value -> new Binary(Binary.Operator.DIV, one, value, operand.type()));
  }

  private Columns truth(Unary.Operator operator) {
    return each(operand(0), value -> new Unary(operator, value, ElementType.BOOL));
  }

  private Columns arithmetic(Binary.Operator operator) {
    checkFloating(operand(0).type());
    return Broadcast.binary(operator, operand(0), operand(1), operand(0).type());
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
    return Broadcast.binary(operator, left, right, ElementType.BOOL);
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
