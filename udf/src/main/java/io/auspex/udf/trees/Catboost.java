package io.auspex.udf.trees;

import com.fasterxml.jackson.databind.JsonNode;
import io.auspex.catalog.ElementType;
import io.auspex.udf.trees.TreeModel.Feature;
import io.auspex.udf.trees.TreeModel.Link;
import io.auspex.udf.trees.TreeModel.Link.Kind;
import io.auspex.udf.trees.TreeModel.Rounding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What CatBoost's two formats have in common. CatBoost compares floats with {@code >} and adds
 * doubles.
 *
 * @param names of its float features, in their order; empty texts where it has none
 * @param targets values a leaf
 * @param bias a value a target, or one for all
 * @param classes {@code class_params}: what it knows of the labels
 */
record Catboost(
    Source source,
    List<String> names,
    List<CatboostTree> trees,
    int targets,
    double scale,
    double[] bias,
    String loss,
    Optional<Part> classes) {
  static final String NAME = "CatBoost";

  static final String ADVICE =
      "Auspex reads CatBoost models of numeric features; encode the others before training.";

  TreeModel model() {
    List<Tree> all = new ArrayList<>();
    for (int target = 0; target < targets; target++) {
      double start = bias.length == 0 ? 0 : bias[bias.length == 1 ? 0 : target];
      if (start != 0 || trees.isEmpty()) {
        all.add(Tree.constant(target, start));
      }
    }
    for (CatboostTree tree : trees) {
      for (int target = 0; target < targets; target++) {
        all.add(tree.ofTarget(target, targets, scale));
      }
    }
    boolean areNamed = names.stream().noneMatch(String::isEmpty);
    List<Feature> features =
        names.stream()
            .map(name -> new Feature(areNamed ? name : "", false, Rounding.NONE, List.of()))
            .toList();
    return new TreeModel(
        NAME,
        ElementType.FLOAT,
        ElementType.DOUBLE,
        features,
        all,
        targets,
        1,
        link(),
        labels(),
        Map.of("objective", loss));
  }

  private Link link() {
    return Link.of(
        switch (loss) {
          case "Logloss",
              "CrossEntropy",
              "Focal",
              "MultiClassOneVsAll",
              "MultiLogloss",
              "MultiCrossEntropy" ->
              Kind.SIGMOID;
          case "MultiClass" -> Kind.SOFTMAX;
          case "Poisson", "Tweedie" -> Kind.EXP;
          case "RMSEWithUncertainty" ->
              throw source.unsupported(
                  "its loss function is RMSEWithUncertainty", "Train it with RMSE.");
          default -> Kind.IDENTITY;
        });
  }

  private List<?> labels() {
    int count =
        switch (loss) {
          case "Logloss", "CrossEntropy", "Focal" -> 2;
          case "MultiClass", "MultiClassOneVsAll" -> targets;
          default -> 0;
        };
    if (count == 0) {
      return List.of();
    }
    if (classes.isEmpty() || !classes.get().has("class_names")) {
      return LongStream.range(0, count).boxed().toList();
    }
    List<Object> labels = new ArrayList<>();
    String type = classes.get().text("class_label_type");
    for (Part name : classes.get().parts("class_names")) {
      labels.add(label(name.node(), type));
    }
    if (labels.size() != count) {
      throw source.damaged("it names " + labels.size() + " of " + count + " classes");
    }
    return labels;
  }

  private static Object label(JsonNode name, String type) {
    return switch (type) {
      case "Integer" -> name.asLong();
      case "Float" -> name.asDouble();
      case "Boolean" -> name.asBoolean();
      default -> name.asText();
    };
  }
}
