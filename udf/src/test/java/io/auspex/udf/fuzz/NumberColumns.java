package io.auspex.udf.fuzz;

import static io.auspex.udf.onnx.edit.Nodes.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.auspex.catalog.ElementType;
import io.auspex.udf.fuzz.Case.Input;
import io.auspex.udf.fuzz.RandomPrefix.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Columns of numbers of one type, imputed and scaled. */
final class NumberColumns {
  private final Choice choice;
  private final Graph graph;
  private final Set<String> traits;
  private int names;

  NumberColumns(Choice choice, Graph graph, Set<String> traits) {
    this.choice = choice;
    this.graph = graph;
    this.traits = traits;
  }

  Part part() {
    ElementType type = choice.of(ElementType.FLOAT, ElementType.DOUBLE, ElementType.INT64);
    traits.add("column " + type);
    Numbers numbers = new Numbers(choice, ElementType.FLOAT);
    List<List<Double>> raw = new ArrayList<>();
    for (int i = choice.between(1, 4); i > 0; i--) {
      List<Double> palette = numbers.palette();
      raw.add(type == ElementType.INT64 ? palette.stream().map(Math::rint).toList() : palette);
    }
    List<Input> inputs = new ArrayList<>();
    String value = inputs(type, raw, inputs);
    Part part = new Part(value, type, raw, inputs);
    if (type != ElementType.DOUBLE && choice.chance(0.5)) {
      part = imputed(part);
    } else if (type == ElementType.DOUBLE && choice.chance(0.4)) {
      part = new Part(graph.cast(value, ElementType.FLOAT), ElementType.FLOAT, raw, inputs);
      part = choice.chance(0.5) ? imputed(part) : part;
    }
    part = choice.chance(0.5) ? scaled(part) : part;
    return choice.chance(0.3) ? selected(part) : part;
  }

  /** One matrix, or an input a column. */
  private String inputs(ElementType type, List<List<Double>> raw, List<Input> inputs) {
    if (choice.chance(0.2)) {
      traits.add("column matrix");
      Input input = new Input("matrix" + names++, type, raw);
      inputs.add(input);
      return graph.input(input.name(), type, raw.size());
    }
    List<String> columns = new ArrayList<>();
    for (List<Double> pool : raw) {
      Input input = new Input("number" + names++, type, List.of(pool));
      inputs.add(input);
      columns.add(column(choice, graph, input, traits));
    }
    return columns.size() == 1 && choice.chance(0.5)
        ? columns.get(0)
        : graph.node("Concat", columns, attribute("axis", 1));
  }

  /** {@code [N,1]}, of an input that may be {@code [N]}. */
  static String column(Choice choice, Graph graph, Input input, Set<String> traits) {
    int rank = choice.chance(0.8) ? 2 : 1;
    String value = graph.input(input.name(), input.type(), rank - 1);
    if (rank == 2) {
      return value;
    }
    String shaping = choice.of("Unsqueeze", "Reshape");
    traits.add(shaping);
    return shaping.equals("Unsqueeze")
        ? graph.node(shaping, List.of(value, graph.constant(1)))
        : graph.node(shaping, List.of(value, graph.constant(-1, 1)));
  }

  private Part imputed(Part part) {
    traits.add("Imputer " + part.type());
    int width = part.palettes().size();
    int count = choice.of(1, width);
    List<Double> filled = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      filled.add(Math.rint(choice.gaussian() * 10));
    }
    boolean integers = part.type() == ElementType.INT64;
    double replaced =
        integers || choice.chance(0.3) ? finite(choice.of(part.palettes().get(0))) : Double.NaN;
    AttributeProto[] attributes =
        integers
            ? new AttributeProto[] {
              attribute("imputed_value_int64s", filled.stream().map(Double::longValue).toList()),
              attribute("replaced_value_int64", (long) replaced)
            }
            : new AttributeProto[] {
              Attributes.floats("imputed_value_floats", filled),
              Attributes.number("replaced_value_float", replaced)
            };
    List<List<Double>> palettes = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      List<Double> palette = new ArrayList<>(part.palettes().get(i));
      palette.add(filled.get(i % count));
      palettes.add(palette);
    }
    return new Part(
        graph.ml("Imputer", part.value(), attributes), part.type(), palettes, part.inputs());
  }

  private static double finite(double value) {
    return Double.isInfinite(value) ? 0 : value;
  }

  /** Floats, whatever the numbers were. */
  private Part scaled(Part part) {
    traits.add("Scaler " + part.type());
    int width = part.palettes().size();
    int count = choice.of(1, width);
    List<Double> scale = new ArrayList<>();
    List<Double> offset = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      scale.add((double) choice.of(1f, 0.1f, (float) choice.gaussian()));
      offset.add((double) choice.of(0f, 0.3f, (float) choice.gaussian()));
    }
    List<List<Double>> palettes = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      double by = scale.get(i % count);
      double from = offset.get(i % count);
      boolean real = part.type() == ElementType.DOUBLE;
      palettes.add(
          part.palettes().get(i).stream()
              .map(
                  value ->
                      real
                          ? (double) (float) ((value - from) * by)
                          : (double) ((float) (value - from) * (float) by))
              .filter(value -> !Double.isNaN(value))
              .toList());
    }
    String value =
        graph.ml(
            "Scaler",
            part.value(),
            Attributes.floats("scale", scale),
            Attributes.floats("offset", offset));
    return new Part(value, ElementType.FLOAT, palettes, part.inputs());
  }

  /** Some of the columns, in any order, one perhaps twice. */
  private Part selected(Part part) {
    String operator = choice.of("ArrayFeatureExtractor", "Gather");
    traits.add(operator);
    List<Integer> all = IntStream.range(0, part.palettes().size()).boxed().toList();
    List<Integer> chosen = new ArrayList<>(choice.some(all));
    if (choice.chance(0.2)) {
      chosen.add(choice.of(all));
    }
    String indices = graph.constant(chosen.stream().mapToLong(Integer::longValue).toArray());
    List<List<Double>> palettes = new ArrayList<>();
    chosen.forEach(i -> palettes.add(part.palettes().get(i)));
    String value =
        operator.equals("Gather")
            ? graph.node(operator, List.of(part.value(), indices), attribute("axis", 1))
            : graph.extract(part.value(), indices);
    return new Part(value, part.type(), Collections.unmodifiableList(palettes), part.inputs());
  }
}
