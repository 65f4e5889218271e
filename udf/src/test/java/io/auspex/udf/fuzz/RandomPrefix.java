package io.auspex.udf.fuzz;

import static io.auspex.udf.onnx.edit.Nodes.attribute;

import io.auspex.catalog.ElementType;
import io.auspex.udf.fuzz.Ensemble.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Random tree ensembles behind columns that are prepared in the graph, as skl2onnx and onnxmltools
 * write it: imputed, scaled, encoded, and joined to a matrix.
 */
public final class RandomPrefix {
  private RandomPrefix() {}

  /** The same seed makes the same model. */
  public static Case of(long seed) {
    Choice choice = new Choice(~seed);
    Set<String> traits = new TreeSet<>();
    Kind kind = kind(choice);
    Graph graph = new Graph();
    NumberColumns numbers = new NumberColumns(choice, graph, traits);
    WordColumns words = new WordColumns(choice, graph, kind.mlVersion(), traits);
    List<Part> parts = new ArrayList<>();
    for (int i = choice.between(1, 5); i > 0; i--) {
      parts.add(choice.chance(0.5) ? numbers.part() : words.part());
    }
    List<String> values = new ArrayList<>();
    List<List<Double>> palettes = new ArrayList<>();
    for (Part part : parts) {
      values.add(
          part.type() == kind.input() ? part.value() : graph.cast(part.value(), kind.input()));
      palettes.addAll(part.palettes());
    }
    String x =
        values.size() == 1 ? values.get(0) : graph.node("Concat", values, attribute("axis", 1));
    if (choice.chance(0.2)) {
      x = graph.node("Identity", List.of(x));
    }
    new Ensemble(choice, kind, palettes, traits).write(graph, x);
    List<Case.Input> inputs = new ArrayList<>();
    parts.forEach(part -> inputs.addAll(part.inputs()));
    return new Case(seed, graph.model(kind.mlVersion()), inputs, new TreeSet<>(traits));
  }

  private static Kind kind(Choice choice) {
    Kind kind = Kind.any(choice);
    return kind.input() == ElementType.INT64
        ? new Kind(kind.operator(), kind.mlVersion(), ElementType.FLOAT)
        : kind;
  }

  /**
   * Some of the matrix's columns.
   *
   * @param value {@code [N, palettes]}
   * @param palettes for each column, values that it may well have
   */
  record Part(
      String value,
      ElementType type,
      List<? extends List<Double>> palettes,
      List<Case.Input> inputs) {}
}
