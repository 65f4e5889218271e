package io.auspex.udf.expression;

import io.auspex.catalog.ElementType;
import io.auspex.udf.ensemble.Ensemble;
import io.auspex.udf.expression.Expression.Binary;
import io.auspex.udf.expression.Expression.Choice;
import io.auspex.udf.expression.Expression.Literal;
import io.auspex.udf.expression.Expression.Lookup;
import io.auspex.udf.expression.Expression.Text;
import io.auspex.udf.expression.Expression.Unary;
import io.auspex.udf.expression.GraphReader.Unread;
import io.auspex.udf.onnx.Attributes;
import io.auspex.udf.onnx.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Operators that prepare features, and those that name classes. */
final class Encoders {
  /** More columns than this are not summed up one by one. */
  private static final int MOST_NORMALIZED = 64;

  private Encoders() {}

  static Columns imputer(Attributes attributes, Columns x) {
    if (x.type() == ElementType.INT64) {
      double[] values = numbers(attributes.integers("imputed_value_int64s"));
      double replaced = Tensor.exact(attributes.integer("replaced_value_int64", 0));
      return imputed(x, values, replaced);
    } else if (x.type() != ElementType.FLOAT) {
      throw new Unread("Imputer of " + x.type());
    }
    double[] values = attributes.numbers("imputed_value_floats");
    return imputed(x, values, attributes.number("replaced_value_float", 0));
  }

  private static Columns imputed(Columns x, double[] values, double replaced) {
    List<Expression> imputed = new ArrayList<>();
    for (int i = 0; i < x.width(); i++) {
      Expression value = x.values().get(i);
      Expression isGap =
          Double.isNaN(replaced)
              ? new Unary(Unary.Operator.IS_NAN, value, ElementType.BOOL)
              : new Binary(
                  Binary.Operator.EQUAL, value, new Literal(replaced, x.type()), ElementType.BOOL);
      double filled = values[values.length == 1 ? 0 : i];
      imputed.add(new Choice(isGap, new Literal(filled, x.type()), value));
    }
    return new Columns(imputed, x.rank());
  }

  private static double[] numbers(long[] values) {
    return LongStream.of(values).mapToDouble(Tensor::exact).toArray();
  }

  static Columns scaler(Attributes attributes, Columns x) {
    boolean isWhole = x.type() == ElementType.INT64 || x.type() == ElementType.INT32;
    boolean isDouble = x.type() == ElementType.DOUBLE;
    if (x.type() != ElementType.FLOAT && !isDouble && !isWhole) {
      throw new Unread("Scaler of " + x.type());
    }
    ElementType type = isDouble ? ElementType.DOUBLE : ElementType.FLOAT;
    double[] offset = attributes.numbers("offset");
    double[] scale = attributes.numbers("scale");
    List<Expression> scaled = new ArrayList<>();
    for (int i = 0; i < x.width(); i++) {
      Expression value = Operators.casted(x.values().get(i), type);
      Expression moved =
          binary(Binary.Operator.SUB, value, offset[offset.length == 1 ? 0 : i], type);
      Expression product =
          binary(Binary.Operator.MUL, moved, scale[scale.length == 1 ? 0 : i], type);
      scaled.add(Operators.casted(product, ElementType.FLOAT));
    }
    return new Columns(scaled, x.rank());
  }

  private static Expression binary(
      Binary.Operator operator, Expression left, double right, ElementType type) {
    return new Binary(operator, left, new Literal(right, type), type);
  }

  /** Divides by the sum of the absolute values, unless it is 0. */
  static Columns normalizer(Attributes attributes, Columns x) {
    boolean isKnown = attributes.text("norm", "MAX").equals("L1") && x.type() == ElementType.FLOAT;
    if (!isKnown || x.width() > MOST_NORMALIZED) {
      throw new Unread("Normalizer");
    }
    Expression sum = new Literal(0, ElementType.FLOAT);
    for (Expression value : x.values()) {
      Expression size = new Unary(Unary.Operator.ABS, value, ElementType.FLOAT);
      sum = new Binary(Binary.Operator.ADD, sum, size, ElementType.FLOAT);
    }
    Expression all = sum;
    Expression isZero =
        new Binary(Binary.Operator.EQUAL, all, new Literal(0, ElementType.FLOAT), ElementType.BOOL);
    return Operators.each(
        x,
        value ->
            new Choice(
                isZero, value, new Binary(Binary.Operator.DIV, value, all, ElementType.FLOAT)));
  }

  /** A column a category: 1 where the value is it, otherwise 0. */
  static Columns oneHot(Attributes attributes, Columns x) {
    List<Object> categories = new ArrayList<>(attributes.texts("cats_strings"));
    if (categories.isEmpty()) {
      for (double category : numbers(attributes.integers("cats_int64s"))) {
        categories.add(category);
      }
    }
    boolean isText = categories.get(0) instanceof String;
    boolean fits =
        isText
            ? x.type() == ElementType.STRING
            : x.type() == ElementType.INT64 || x.type() == ElementType.INT32;
    if (!fits || attributes.integer("zeros", 1) == 0) {
      throw new Unread("OneHotEncoder of " + x.type());
    }
    List<Expression> indicators = new ArrayList<>();
    for (Expression value : x.values()) {
      for (Object category : categories) {
        indicators.add(lookup(value, Map.of(category, 1.0), 0.0, ElementType.FLOAT));
      }
    }
    return new Columns(indicators, x.width() == 1 ? 3 : 4);
  }

  static Columns label(Attributes attributes, Columns x, boolean findsNaN) {
    List<Object> keys = entries(attributes, "keys");
    List<Object> values = entries(attributes, "values");
    boolean isOld = keys.isEmpty() && attributes.has("classes_strings");
    if (isOld) {
      // The first version leads from texts to their ordinals, or back.
      boolean isBack = x.type() != ElementType.STRING;
      List<Object> classes = new ArrayList<>(attributes.texts("classes_strings"));
      List<Object> ordinals = new ArrayList<>();
      for (int i = 0; i < classes.size(); i++) {
        ordinals.add((double) i);
      }
      keys = isBack ? ordinals : classes;
      values = isBack ? classes : ordinals;
    }
    boolean isText = keys.get(0) instanceof String;
    if (isText != (x.type() == ElementType.STRING)) {
      throw new Unread("LabelEncoder of " + x.type());
    }
    Map<Object, Object> table = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      if (findsNaN || !keys.get(i).equals(Double.NaN)) {
        table.putIfAbsent(zeroOfOneSign(keys.get(i)), values.get(i));
      }
    }
    boolean isToText = values.get(0) instanceof String;
    ElementType type = isOld && isToText ? ElementType.STRING : valueType(attributes);
    Object otherwise = otherwise(attributes, type);
    return Operators.each(x, value -> lookup(value, table, otherwise, type));
  }

  private static Object zeroOfOneSign(Object key) {
    return key instanceof Double number ? (Object) (number + 0.0) : key;
  }

  private static List<Object> entries(Attributes attributes, String name) {
    List<Object> entries = new ArrayList<>(attributes.texts(name + "_strings"));
    for (double value : numbers(attributes.integers(name + "_int64s"))) {
      entries.add(value);
    }
    for (double value : attributes.numbers(name + "_floats")) {
      entries.add(value);
    }
    if (attributes.has(name + "_tensor")) {
      Tensor tensor = attributes.tensor(name + "_tensor");
      entries.addAll(tensor.texts());
      for (double value : tensor.numbers()) {
        entries.add(value);
      }
    }
    return entries;
  }

  private static ElementType valueType(Attributes attributes) {
    if (attributes.has("values_tensor")) {
      return attributes.tensor("values_tensor").type();
    } else if (attributes.has("values_strings")) {
      return ElementType.STRING;
    }
    return attributes.has("values_floats") ? ElementType.FLOAT : ElementType.INT64;
  }

  private static Object otherwise(Attributes attributes, ElementType type) {
    if (attributes.has("default_tensor")) {
      Tensor tensor = attributes.tensor("default_tensor");
      return type == ElementType.STRING ? tensor.texts().get(0) : (Object) tensor.numbers()[0];
    }
    return switch (type) {
      case STRING -> attributes.text("default_string", "_Unused");
      case FLOAT, DOUBLE -> attributes.number("default_float", -0.0);
      default -> Tensor.exact(attributes.integer("default_int64", -1));
    };
  }

  /** One of the columns is a constant. */
  static Columns equalTexts(Columns left, Columns right) {
    boolean isLeft = left.constant().isPresent();
    Columns constant = isLeft ? left : right;
    Columns x = isLeft ? right : left;
    if (constant.width() != 1 || !(constant.values().get(0) instanceof Text text)) {
      throw new Unread("a comparison of texts");
    }
    return Operators.each(
        x, value -> lookup(value, Map.of(text.value(), 1.0), 0.0, ElementType.BOOL));
  }

  /** A look-up by a text that was looked up itself is one look-up. */
  private static Expression lookup(
      Expression key, Map<Object, Object> table, Object otherwise, ElementType type) {
    if (!(key instanceof Lookup inner) || inner.type() != ElementType.STRING) {
      return new Lookup(key, table, otherwise, type);
    }
    Map<Object, Object> composed = new LinkedHashMap<>();
    inner.table().forEach((from, to) -> composed.put(from, table.getOrDefault(to, otherwise)));
    Object unknown = table.getOrDefault(inner.otherwise(), otherwise);
    return new Lookup(inner.key(), composed, unknown, type);
  }

  /** An entry of a list. */
  static Expression entry(Tensor list, Expression ordinal) {
    List<Object> entries = new ArrayList<>(list.texts());
    for (double number : list.numbers()) {
      entries.add(number);
    }
    return entry(entries, list.type(), ordinal);
  }

  static Expression entry(List<Object> entries, ElementType type, Expression ordinal) {
    Map<Object, Object> table = new HashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      table.put((double) i, entries.get(i));
    }
    return new Lookup(ordinal, table, entries.get(0), type);
  }

  /**
   * The label of a class. Of two classes that have a column each, ONNX Runtime gives the numbers 1
   * and 0, whatever their labels.
   */
  static Expression classOf(Ensemble.Classes classes, Expression ordinal) {
    List<Object> labels = classes.labels();
    if (labels.get(0) instanceof String) {
      return entry(labels, ElementType.STRING, ordinal);
    } else if (labels.size() == 2 && !classes.hasOneColumn()) {
      return ordinal;
    }
    List<Object> numbers = new ArrayList<>();
    labels.forEach(label -> numbers.add(Tensor.exact((Long) label)));
    return entry(numbers, ElementType.INT64, ordinal);
  }
}
