package io.auspex.udf.trees;

import io.auspex.catalog.ElementType;
import io.auspex.udf.trees.TreeModel.Feature;
import io.auspex.udf.trees.TreeModel.Link;
import io.auspex.udf.trees.TreeModel.Link.Kind;
import io.auspex.udf.trees.TreeModel.Rounding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * Reads XGBoost's models: the <a
 * href="https://xgboost.readthedocs.io/en/stable/tutorials/saving_model.html">document</a> that it
 * saves as JSON or UBJSON. XGBoost computes in floats and goes left on {@code <}.
 */
final class Xgboost {
  static final String NAME = "XGBoost";

  private final Source source;
  private final Part document;
  private final Part learner;

  Xgboost(Part document) {
    this.source = document.source();
    this.document = document;
    this.learner = document.part("learner");
  }

  TreeModel read() {
    Part booster = learner.part("gradient_booster");
    double[] treeWeights = null;
    switch (booster.text("name")) {
      case "gbtree" -> {}
      case "dart" -> {
        treeWeights = booster.numbers("weight_drop");
        booster = booster.part("gbtree");
      }
      default ->
          throw source.unsupported(
              "its booster is " + booster.text("name"),
              "Auspex reads the boosters gbtree and dart; train with one of them.");
    }
    Part parameters = learner.part("learner_model_param");
    int classes = source.count(parameters.integer("num_class"), "classes");
    int targets = parameters.has("num_target") ? Math.max(1, parameters.integer("num_target")) : 1;
    int sums = source.count(Math.max(targets, Math.max(1, classes)), "targets");
    String objective = learner.part("objective").text("name");
    Link link = link(objective);
    List<Tree> trees = new ArrayList<>();
    addBase(trees, base(parameters, objective, sums));
    Part model = booster.part("model");
    int[] treeTargets = model.integers("tree_info");
    List<Part> parts = model.parts("trees");
    List<Feature> features =
        features(source.count(parameters.integer("num_feature"), "features"), model);
    for (int i = 0; i < parts.size(); i++) {
      float weight = treeWeights == null ? 1 : (float) treeWeights[i];
      XgboostTree tree = new XgboostTree(parts.get(i), features.size(), weight);
      if (tree.targets() > 1) {
        for (int target = 0; target < tree.targets(); target++) {
          trees.add(tree.read(target, target));
        }
      } else {
        trees.add(tree.read(treeTargets[i], 0));
      }
    }
    return new TreeModel(
        library(),
        ElementType.FLOAT,
        ElementType.FLOAT,
        features,
        trees,
        sums,
        1,
        link,
        classes(objective, sums),
        Map.of("objective", objective));
  }

  private String library() {
    return document.has("version")
        ? NAME + " " + String.join(".", document.texts("version"))
        : NAME;
  }

  private Link link(String objective) {
    return Link.of(
        switch (objective) {
          case "reg:squarederror",
              "reg:linear",
              "reg:squaredlogerror",
              "reg:absoluteerror",
              "reg:quantileerror",
              "reg:expectileerror",
              "reg:pseudohubererror",
              "rank:pairwise",
              "rank:ndcg",
              "rank:map",
              "binary:logitraw" ->
              Kind.IDENTITY;
          case "binary:logistic", "reg:logistic" -> Kind.SIGMOID;
          case "binary:hinge" -> Kind.STEP;
          case "count:poisson", "reg:gamma", "reg:tweedie", "survival:cox", "survival:aft" ->
              Kind.EXP;
          case "multi:softmax", "multi:softprob" -> Kind.SOFTMAX;
          default ->
              throw source.unsupported(
                  "its objective is " + objective,
                  "Auspex knows XGBoost's own objectives; export it with onnxmltools instead.");
        });
  }

  private static List<Long> classes(String objective, int sums) {
    return switch (objective) {
      case "binary:logistic", "binary:hinge" -> sums == 1 ? List.of(0L, 1L) : List.of();
      case "multi:softmax", "multi:softprob" -> LongStream.range(0, sums).boxed().toList();
      default -> List.of();
    };
  }

  /** What every sum begins with; the file has it as a prediction, or a list of them. */
  private double[] base(Part parameters, String objective, int sums) {
    String written = parameters.text("base_score").replaceAll("[\\[\\]\\s]", "");
    double[] base = new double[sums];
    String[] scores = written.split(",");
    if (scores.length != 1 && scores.length != sums) {
      throw source.damaged("its base_score is " + written);
    }
    for (int i = 0; i < sums; i++) {
      try {
        base[i] = margin(Float.parseFloat(scores[scores.length == 1 ? 0 : i]), objective);
      } catch (NumberFormatException noNumber) {
        throw source.damaged("its base_score is " + written);
      }
    }
    return base;
  }

  private static double margin(float prediction, String objective) {
    return switch (objective) {
      case "binary:logistic", "reg:logistic" -> -(float) Math.log(1f / prediction - 1f);
      case "count:poisson", "reg:gamma", "reg:tweedie", "survival:cox", "survival:aft" ->
          (float) Math.log(prediction);
      default -> prediction;
    };
  }

  /** As trees before all others, since floats are summed in that order. */
  private static void addBase(List<Tree> trees, double[] base) {
    for (int target = 0; target < base.length; target++) {
      if (base[target] != 0) {
        trees.add(Tree.constant(target, base[target]));
      }
    }
  }

  private List<Feature> features(int count, Part model) {
    List<String> names = learner.has("feature_names") ? learner.texts("feature_names") : List.of();
    List<String> types = learner.has("feature_types") ? learner.texts("feature_types") : List.of();
    if (!names.isEmpty() && names.size() != count) {
      throw source.damaged("it names " + names.size() + " of " + count + " features");
    }
    Map<Integer, List<String>> categories = categories(model);
    List<Feature> features = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean isCategory = i < types.size() && types.get(i).equals("c");
      List<String> texts = categories.getOrDefault(i, List.of());
      String name = names.isEmpty() ? (categories.isEmpty() ? "" : "f" + i) : names.get(i);
      features.add(new Feature(name, false, isCategory ? Rounding.DOWN : Rounding.NONE, texts));
    }
    return features;
  }

  /** The texts of categories, which XGBoost keeps since 3.1 where it was trained on them. */
  private Map<Integer, List<String>> categories(Part model) {
    Map<Integer, List<String>> categories = new LinkedHashMap<>();
    if (!model.has("cats")) {
      return categories;
    }
    List<Part> columns = model.part("cats").parts("enc");
    for (int i = 0; i < columns.size(); i++) {
      Part column = columns.get(i);
      int[] offsets = column.has("offsets") ? column.integers("offsets") : new int[0];
      if (offsets.length < 2) {
        if (column.has("values") && column.numbers("values").length > 0) {
          throw source.unsupported(
              "the categories of its feature " + i + " are numbers that it recodes",
              "Train on their codes (0, 1, …) or on texts.");
        }
        continue;
      }
      int[] units = column.integers("values");
      List<String> texts = new ArrayList<>();
      boolean isCut = false;
      for (int j = 0; j + 1 < offsets.length; j++) {
        Objects.checkFromToIndex(offsets[j], offsets[j + 1], units.length);
        byte[] text = new byte[offsets[j + 1] - offsets[j]];
        for (int k = 0; k < text.length; k++) {
          text[k] = (byte) units[offsets[j] + k];
          isCut |= text[k] < 0;
        }
        texts.add(new String(text, StandardCharsets.US_ASCII));
      }
      if (isCut) {
        // Up to 3.2 it stores as many bytes of a text as that has characters.
        throw source.unsupported(
            "its feature " + i + " has categories beyond ASCII, which XGBoost cuts short",
            "Train on codes (0, 1, …) in their place.");
      }
      categories.put(i, texts);
    }
    return categories;
  }
}
