package io.auspex.udf.trees;

import io.auspex.udf.trees.CatboostTree.Condition;
import io.auspex.udf.trees.Tree.Split;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the JSON that CatBoost writes with {@code save_model(…, format='json')}. */
final class CatboostJson {
  private final Part document;
  private final Source source;
  private final List<Part> features = new ArrayList<>();

  /** The place of a float feature among the inputs. */
  private final Map<Integer, Integer> places = new HashMap<>();

  CatboostJson(Part document) {
    this.document = document;
    this.source = document.source();
  }

  TreeModel read() {
    Part info = document.part("features_info");
    if (info.has("float_features")) {
      for (Part feature : info.parts("float_features")) {
        places.put(feature.integer("feature_index"), features.size());
        features.add(feature);
      }
    }
    List<CatboostTree> trees = new ArrayList<>();
    if (document.has("oblivious_trees")) {
      document.parts("oblivious_trees").forEach(tree -> trees.add(symmetric(tree)));
    } else {
      document.parts("trees").forEach(tree -> trees.add(any(tree)));
    }
    double scale = 1;
    double[] bias = {0};
    if (document.has("scale_and_bias")) {
      List<Part> both = document.parts("scale_and_bias");
      scale = both.get(0).number();
      bias =
          both.get(1).node().isArray()
              ? both.get(1).parts().stream().mapToDouble(Part::number).toArray()
              : new double[] {both.get(1).number()};
    }
    CatboostInfo about = new CatboostInfo(document.part("model_info"));
    return new Catboost(
            source,
            features.stream().map(f -> f.has("feature_id") ? f.text("feature_id") : "").toList(),
            trees,
            targets(trees, bias),
            scale,
            bias,
            about.loss(),
            about.classes())
        .model();
  }

  /** The file does not say it: a leaf's values are as many as leaves go into them. */
  private int targets(List<CatboostTree> trees, double[] bias) {
    if (trees.isEmpty()) {
      return bias.length;
    }
    CatboostTree tree = trees.get(0);
    int leaves = tree.splits().size() + 1;
    if (tree.leaves().length == 0 || tree.leaves().length % leaves != 0) {
      throw source.damaged("its first tree has " + tree.leaves().length + " values");
    }
    return tree.leaves().length / leaves;
  }

  private CatboostTree symmetric(Part tree) {
    List<Condition> conditions = new ArrayList<>();
    if (tree.has("splits")) {
      tree.parts("splits").forEach(split -> conditions.add(condition(split)));
    }
    double[] leaves = tree.numbers("leaf_values");
    if (conditions.size() > CatboostBinary.DEEPEST
        || leaves.length % (1 << conditions.size()) != 0) {
      throw source.damaged(tree.where() + " has " + leaves.length + " values");
    }
    return CatboostTree.symmetric(conditions, leaves);
  }

  private CatboostTree any(Part root) {
    List<Split> splits = new ArrayList<>();
    List<Double> leaves = new ArrayList<>();
    add(root, splits, leaves, new int[1]);
    return new CatboostTree(splits, leaves.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private int add(Part node, List<Split> splits, List<Double> leaves, int[] count) {
    if (!node.has("split")) {
      if (node.part("value").node().isArray()) {
        node.parts("value").forEach(value -> leaves.add(value.number()));
      } else {
        leaves.add(node.number("value"));
      }
      return ~count[0]++;
    }
    Condition condition = condition(node.part("split"));
    int place = splits.size();
    splits.add(null);
    int no = add(node.part("left"), splits, leaves, count);
    int yes = add(node.part("right"), splits, leaves, count);
    splits.set(place, condition.split(yes, no));
    return place;
  }

  private Condition condition(Part split) {
    String type = split.text("split_type");
    if (!type.equals("FloatFeature")) {
      throw source.unsupported("its trees split on categories (" + type + ")", Catboost.ADVICE);
    }
    Integer place = places.get(split.integer("float_feature_index"));
    if (place == null) {
      throw source.damaged(split.where() + " names no feature");
    }
    Part feature = features.get(place);
    boolean missingIsTrue =
        feature.has("nan_value_treatment") && feature.text("nan_value_treatment").equals("AsTrue");
    return new Condition(place, (float) split.number("border"), missingIsTrue);
  }
}
