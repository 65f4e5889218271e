package io.auspex.udf.fuzz;

import static io.auspex.udf.onnx.edit.Nodes.attribute;
import static io.auspex.udf.onnx.edit.Nodes.texts;
import static io.auspex.udf.predict.Graphs.string;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.auspex.catalog.ElementType;
import io.auspex.udf.fuzz.Case.Input;
import io.auspex.udf.fuzz.RandomPrefix.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Columns of categories, encoded as ordinals or as columns of zeros and ones. */
final class WordColumns {
  private static final List<String> WORDS =
      List.of("", "red", "green", "Blue", "größer", "a b", "0", "7", "-1", "NaN");

  private final Choice choice;
  private final Graph graph;
  private final int mlVersion;
  private final Set<String> traits;
  private int names;

  WordColumns(Choice choice, Graph graph, int mlVersion, Set<String> traits) {
    this.choice = choice;
    this.graph = graph;
    this.mlVersion = mlVersion;
    this.traits = traits;
  }

  Part part() {
    return switch (choice.between(0, 3)) {
      case 0 -> oneHot(choice.of(ElementType.STRING, ElementType.INT64));
      case 1 -> manyOneHot();
      default -> labels();
    };
  }

  private List<?> categories(ElementType type) {
    if (type == ElementType.STRING) {
      return choice.some(WORDS);
    }
    List<Double> numbers = IntStream.range(-3, 12).mapToObj(i -> (double) i).toList();
    return type == ElementType.INT64
        ? choice.some(numbers)
        : choice.some(Stream.concat(numbers.stream(), Stream.of(0.5, 1e9, Double.NaN)).toList());
  }

  private Input input(ElementType type, List<?> pool) {
    traits.add("column " + type);
    return new Input(
        (type == ElementType.STRING ? "word " : "code ") + names++, type, List.of(pool));
  }

  private Part oneHot(ElementType type) {
    List<?> categories = categories(type);
    Input input = input(type, categories);
    String column = NumberColumns.column(choice, graph, input, traits);
    return new Part(
        oneHot(column, type, categories),
        ElementType.FLOAT,
        bits(categories.size()),
        List.of(input));
  }

  /** {@code [N,1]} becomes {@code [N, categories]}. */
  private String oneHot(String column, ElementType type, List<?> categories) {
    traits.add("OneHotEncoder " + type);
    AttributeProto known =
        type == ElementType.STRING
            ? texts("cats_strings", strings(categories))
            : attribute("cats_int64s", longs(categories));
    String encoded = graph.ml("OneHotEncoder", column, known, attribute("zeros", 1L));
    return choice.chance(0.7)
        ? graph.node("Reshape", List.of(encoded, graph.constant(-1, categories.size())))
        : graph.node("Squeeze", List.of(encoded, graph.constant(1)));
  }

  /** Columns joined, and taken apart again, as skl2onnx does. */
  private Part manyOneHot() {
    List<Input> inputs = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    int count = choice.between(2, 3);
    for (int i = 0; i < count; i++) {
      inputs.add(input(ElementType.STRING, categories(ElementType.STRING)));
      columns.add(NumberColumns.column(choice, graph, inputs.get(i), traits));
    }
    String joined = graph.node("Concat", columns, attribute("axis", 1));
    List<String> encoded = new ArrayList<>();
    List<List<Double>> palettes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<?> categories = inputs.get(i).pools().get(0);
      String column = graph.extract(joined, graph.constant(i));
      encoded.add(oneHot(column, ElementType.STRING, categories));
      palettes.addAll(bits(categories.size()));
    }
    String value = graph.node("Concat", encoded, attribute("axis", 1));
    return new Part(value, ElementType.FLOAT, palettes, inputs);
  }

  private static List<List<Double>> bits(int count) {
    return Collections.nCopies(count, List.of(0.0, 0.5, 1.0));
  }

  private Part labels() {
    if (mlVersion == 1) {
      return firstLabels();
    }
    ElementType from = choice.of(ElementType.STRING, ElementType.INT64, ElementType.FLOAT);
    ElementType to = choice.of(ElementType.STRING, ElementType.INT64, ElementType.FLOAT);
    traits.add("LabelEncoder " + from + " to " + to);
    List<?> keys = categories(from);
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      values.add(
          switch (to) {
            case STRING -> choice.of(WORDS);
            case INT64 -> (double) choice.between(-1, 20);
            default -> (double) choice.of((float) choice.gaussian(), 1f, 2f);
          });
    }
    Input input = input(from, keys);
    List<AttributeProto> attributes = new ArrayList<>();
    attributes.add(list("keys_", from, keys));
    attributes.add(list("values_", to, values));
    if (choice.chance(0.7)) {
      attributes.add(fallback(to));
    }
    String encoded =
        graph.ml(
            "LabelEncoder",
            NumberColumns.column(choice, graph, input, traits),
            attributes.toArray(AttributeProto[]::new));
    return encoded(encoded, to, values, input);
  }

  /** The operator as it was in ai.onnx.ml 1: a text's ordinal, or the text of an ordinal. */
  private Part firstLabels() {
    List<?> words = categories(ElementType.STRING);
    boolean forth = choice.chance(0.7);
    List<Double> ordinals = IntStream.range(0, words.size()).mapToObj(i -> (double) i).toList();
    ElementType from = forth ? ElementType.STRING : ElementType.INT64;
    ElementType to = forth ? ElementType.INT64 : ElementType.STRING;
    traits.add("LabelEncoder 1 " + from + " to " + to);
    Input input = input(from, forth ? words : ordinals);
    String encoded =
        graph.ml(
            "LabelEncoder",
            NumberColumns.column(choice, graph, input, traits),
            texts("classes_strings", strings(words)),
            fallback(to));
    return encoded(encoded, to, forth ? ordinals : words, input);
  }

  private Part encoded(String value, ElementType type, List<?> values, Input input) {
    if (type == ElementType.STRING) {
      List<?> known = values.stream().distinct().toList();
      String bits = oneHot(value, type, known);
      return new Part(bits, ElementType.FLOAT, bits(known.size()), List.of(input));
    }
    List<Double> palette = values.stream().map(Double.class::cast).toList();
    return new Part(value, type, List.of(palette), List.of(input));
  }

  private AttributeProto list(String prefix, ElementType type, List<?> values) {
    return switch (type) {
      case STRING -> texts(prefix + "strings", strings(values));
      case INT64 -> attribute(prefix + "int64s", longs(values));
      default ->
          Attributes.floats(prefix + "floats", values.stream().map(Double.class::cast).toList());
    };
  }

  private AttributeProto fallback(ElementType type) {
    return switch (type) {
      case STRING -> string("default_string", choice.of("", "red", "other"));
      case INT64 -> attribute("default_int64", choice.of(-1L, 0L, 5L));
      default -> Attributes.number("default_float", choice.of(0.0, -1.0, Double.NaN));
    };
  }

  private static List<String> strings(List<?> values) {
    return values.stream().map(String.class::cast).toList();
  }

  private static List<Long> longs(List<?> values) {
    return values.stream().map(value -> ((Double) value).longValue()).toList();
  }
}
