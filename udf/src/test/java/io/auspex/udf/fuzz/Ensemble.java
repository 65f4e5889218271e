package io.auspex.udf.fuzz;

import static io.auspex.udf.onnx.edit.Nodes.attribute;
import static io.auspex.udf.onnx.edit.Nodes.texts;
import static io.auspex.udf.predict.Graphs.string;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.auspex.catalog.ElementType;
import io.auspex.udf.fuzz.Forest.Leaves;
import io.auspex.udf.fuzz.Node.Leaf;
import io.auspex.udf.fuzz.Node.Mode;
import io.auspex.udf.fuzz.Numbers.Weights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One operator with random trees.
 *
 * <p>Left out is what ONNX Runtime does not define: scores of the second class that it does not
 * write, and rows for which no class has a score.
 */
final class Ensemble {
  private static final List<String> TRANSFORMS =
      List.of("NONE", "LOGISTIC", "SOFTMAX", "SOFTMAX_ZERO", "PROBIT");
  private static final List<String> AGGREGATES = List.of("AVERAGE", "SUM", "MIN", "MAX");

  private final Choice choice;
  private final Kind kind;
  private final Set<String> traits;
  private final ElementType tensors;
  private final Numbers numbers;
  private final List<List<Double>> palettes;
  private List<List<Double>> used;

  /** An operator, and in which type it computes. */
  record Kind(String operator, int mlVersion, ElementType input) {
    static Kind any(Choice choice) {
      String operator =
          choice.of("TreeEnsembleRegressor", "TreeEnsembleClassifier", "TreeEnsemble");
      int version = operator.equals("TreeEnsemble") ? 5 : choice.of(1, 3);
      ElementType input =
          operator.equals("TreeEnsembleClassifier")
              ? choice.of(ElementType.FLOAT, ElementType.DOUBLE, ElementType.INT64)
              : choice.of(ElementType.FLOAT, ElementType.DOUBLE);
      return new Kind(operator, version, input);
    }

    /** Thresholds and weights. */
    ElementType precision() {
      return input == ElementType.DOUBLE ? ElementType.DOUBLE : ElementType.FLOAT;
    }
  }

  /**
   * @param given for each feature the values that matter, none for the ensemble's own choice
   */
  Ensemble(Choice choice, Kind kind, List<List<Double>> given, Set<String> traits) {
    this.choice = choice;
    this.kind = kind;
    this.traits = traits;
    boolean asTensors = kind.mlVersion() == 5 || kind.mlVersion() == 3 && choice.chance(0.5);
    this.tensors = asTensors ? kind.precision() : null;
    this.numbers = new Numbers(choice, asTensors ? kind.precision() : ElementType.FLOAT);
    this.palettes =
        given.stream()
            .map(values -> values.isEmpty() ? numbers.palette() : values)
            .map(values -> values.stream().map(numbers::rounded).toList())
            .toList();
    traits.add(kind.operator() + " " + kind.mlVersion());
    traits.add("input " + kind.input());
    traits.add("numbers as " + (asTensors ? "tensors of " + tensors : "floats"));
  }

  /** What the features are compared with, once written. */
  List<List<Double>> used() {
    return used;
  }

  void write(Graph graph, String x) {
    switch (kind.operator()) {
      case "TreeEnsembleClassifier" -> classifier(graph, x);
      case "TreeEnsembleRegressor" -> regressor(graph, x);
      default -> ensemble(graph, x);
    }
  }

  private void ensemble(Graph graph, String x) {
    int targets = choice.between(1, 5);
    String transform = transform(TRANSFORMS);
    Forest forest = forest(choice.of(Leaves.BY_TREE, Leaves.ANY_ONE), targets, choice.chance(0.2));
    List<AttributeProto> attributes = new ArrayList<>();
    attributes.addAll(NewOperator.attributes(trees(forest), forest.hasMissing(), tensors));
    attributes.add(attribute("n_targets", targets));
    attributes.add(attribute("aggregate_function", AGGREGATES.indexOf(aggregate())));
    attributes.add(attribute("post_transform", TRANSFORMS.indexOf(transform)));
    graph.ml(kind.operator(), List.of(x), List.of("scores"), attributes);
    graph.output("scores", kind.precision(), targets);
  }

  private void regressor(Graph graph, String x) {
    int targets = choice.between(1, 5);
    String transform = transform(TRANSFORMS);
    Forest forest = forest(choice.of(Leaves.values()), targets, choice.chance(0.2));
    List<AttributeProto> attributes = old(forest, "target", choice.between(0, targets - 1));
    attributes.add(attribute("n_targets", targets));
    attributes.add(string("aggregate_function", aggregate()));
    attributes.add(string("post_transform", transform));
    base(choice.of(0, targets), attributes);
    graph.ml(kind.operator(), List.of(x), List.of("scores"), attributes);
    graph.output("scores", ElementType.FLOAT, targets);
  }

  private void classifier(Graph graph, String x) {
    int classes = choice.of(2, 2, choice.between(3, 6));
    boolean positive = choice.chance(0.5);
    List<AttributeProto> attributes =
        classes > 2 ? many(classes, positive) : choice.chance(0.6) ? one(positive) : two(positive);
    ElementType labels = labels(classes, attributes);
    graph.ml(kind.operator(), List.of(x), List.of("label", "scores"), attributes);
    graph.output("label", labels, 0);
    graph.output("scores", ElementType.FLOAT, classes);
  }

  private List<AttributeProto> many(int classes, boolean positive) {
    int base = choice.of(0, classes);
    Leaves leaves =
        base > 0
            ? choice.of(Leaves.values())
            : choice.of(Leaves.BY_TREE, Leaves.ANY_ONE, Leaves.ALL);
    traits.add("classes many");
    String transform = transform(TRANSFORMS);
    List<AttributeProto> attributes = old(forest(leaves, classes, positive), "class", 0);
    attributes.add(string("post_transform", transform));
    base(base, attributes);
    return attributes;
  }

  /** Two classes, and weights for one of them. */
  private List<AttributeProto> one(boolean positive) {
    int only = choice.between(0, 1);
    traits.add("classes two, weights for " + only);
    boolean probit = only == 1 && choice.chance(0.2);
    Leaves leaves = probit ? Leaves.ALL : choice.of(Leaves.values());
    String transform = transform(probit ? List.of("PROBIT") : TRANSFORMS.subList(0, 4));
    Forest forest = forest(leaves, List.of(only), positive);
    List<AttributeProto> attributes = old(forest, "class", only);
    attributes.add(string("post_transform", transform));
    base(choice.between(0, 2), attributes);
    return attributes;
  }

  /** Two classes, and weights for both. */
  private List<AttributeProto> two(boolean positive) {
    traits.add("classes two, weights for both");
    boolean all = choice.chance(0.5);
    Leaves leaves = all ? Leaves.ALL : choice.of(Leaves.values());
    String transform = transform(TRANSFORMS.subList(0, all ? 5 : 4));
    Forest forest = forest(leaves, 2, positive);
    List<AttributeProto> attributes = old(forest, "class", 1);
    attributes.add(string("post_transform", transform));
    base(all ? choice.between(0, 2) : choice.of(0, 2), attributes);
    return attributes;
  }

  private ElementType labels(int classes, List<AttributeProto> attributes) {
    boolean words = choice.chance(0.5);
    traits.add("labels " + (words ? "STRING" : "INT64"));
    if (words) {
      List<String> labels = List.of("", "no", "Yes", "größer", "7", " a b ");
      attributes.add(texts("classlabels_strings", choice.shuffled(labels).subList(0, classes)));
      return ElementType.STRING;
    }
    List<Long> labels = IntStream.range(0, classes).mapToObj(i -> (long) i).toList();
    if (choice.chance(0.5)) {
      labels = choice.shuffled(List.of(5L, -3L, 0L, 1L, Long.MAX_VALUE, 42L)).subList(0, classes);
    }
    attributes.add(attribute("classlabels_int64s", labels));
    return ElementType.INT64;
  }

  private List<AttributeProto> old(Forest forest, String prefix, int target) {
    return new ArrayList<>(
        OldOperator.attributes(
            choice, trees(forest), forest.hasMissing(), prefix, tensors, target, traits));
  }

  private void base(int count, List<AttributeProto> attributes) {
    traits.add("base " + count);
    if (count > 0) {
      List<Double> values = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        values.add(numbers.weight(choice.of(Weights.REAL, Weights.COARSE)));
      }
      attributes.add(OldOperator.numbers("base_values", tensors, values));
    }
  }

  private String aggregate() {
    String name = choice.chance(0.4) ? "SUM" : choice.of(AGGREGATES);
    traits.add("aggregate " + name);
    return name;
  }

  private String transform(List<String> names) {
    String name = choice.of(names);
    traits.add("transform " + name);
    return name;
  }

  private Forest forest(Leaves leaves, int targets, boolean positive) {
    List<Integer> all = IntStream.range(0, targets).boxed().toList();
    traits.add("targets " + targets);
    return forest(leaves, all, positive);
  }

  private Forest forest(Leaves leaves, List<Integer> targets, boolean positive) {
    boolean shares = traits.contains("transform PROBIT") && choice.chance(0.9);
    Weights weights = shares ? Weights.SMALL : choice.of(Weights.values());
    List<Mode> modes = modes();
    traits.add(modes.size() == 1 ? "modes one" : "modes mixed");
    return new Forest(choice, numbers, palettes, modes, leaves, targets, weights, positive, traits);
  }

  private List<Mode> modes() {
    List<Mode> all = List.of(Mode.values()).subList(0, kind.mlVersion() == 5 ? 7 : 6);
    return switch (choice.between(0, 9)) {
      case 0, 1 -> List.of(Mode.BRANCH_LEQ);
      case 2, 3, 4 -> List.of(choice.of(all));
      default -> choice.some(all);
    };
  }

  /**
   * A first tree that is a leaf gets the weights that ONNX Runtime loses when it makes a set of
   * tests for equality, so it comes later.
   */
  private List<Node> trees(Forest forest) {
    List<Node> trees = forest.grow();
    used = forest.used();
    for (int i = 0; i < trees.size() && trees.get(0) instanceof Leaf; i++) {
      Collections.swap(trees, 0, i);
    }
    return trees;
  }
}
