package io.auspex.udf.trees;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.auspex.catalog.ElementType;
import io.auspex.udf.trees.TreeModel.Feature;
import io.auspex.udf.trees.TreeModel.Link;
import io.auspex.udf.trees.TreeModel.Link.Kind;
import io.auspex.udf.trees.TreeModel.Rounding;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Reads LightGBM's models from the text that {@code save_model} writes. LightGBM computes in
 * doubles and goes left on {@code <=}.
 */
final class Lightgbm {
  static final String NAME = "LightGBM";

  private final LightgbmText text;
  private final Source source;

  Lightgbm(LightgbmText text, Source source) {
    this.text = text;
    this.source = source;
  }

  TreeModel read() {
    int width = source.count(integer(text.header(), "max_feature_idx") + 1, "features");
    int sums = source.count(integer(text.header(), "num_tree_per_iteration"), "targets");
    if (sums < 1 || text.trees().isEmpty()) {
      throw source.damaged("it has no trees");
    }
    BitSet zeroIsMissing = new BitSet();
    BitSet categorical = new BitSet();
    List<LightgbmTree> read = new ArrayList<>();
    List<Tree> trees = new ArrayList<>();
    for (int i = 0; i < text.trees().size(); i++) {
      LightgbmTree tree = new LightgbmTree(text.trees().get(i), i, width, source);
      read.add(tree);
      trees.add(tree.read(i % sums));
      zeroIsMissing.or(tree.zeroIsMissing());
      categorical.or(tree.categorical());
    }
    read.forEach(tree -> tree.checkZeros(zeroIsMissing));
    boolean isAverage = text.header().containsKey("average_output");
    String objective = text.header().getOrDefault("objective", "");
    return new TreeModel(
        (NAME + " " + text.header().getOrDefault("version", "")).strip(),
        ElementType.DOUBLE,
        ElementType.DOUBLE,
        features(width, zeroIsMissing, categorical),
        trees,
        sums,
        isAverage ? Math.max(1, trees.size() / sums) : 1,
        link(objective),
        classes(objective, sums),
        Map.of("objective", objective));
  }

  private int integer(Map<String, String> section, String key) {
    try {
      return Integer.parseInt(section.getOrDefault(key, ""));
    } catch (NumberFormatException missing) {
      throw source.damaged("it has no " + key);
    }
  }

  private Link link(String objective) {
    String[] words = objective.split(" ");
    double sigmoid = 1;
    boolean isSquareRoot = false;
    for (String word : words) {
      if (word.startsWith("sigmoid:")) {
        sigmoid = Double.parseDouble(word.substring("sigmoid:".length()));
      }
      isSquareRoot |= word.equals("sqrt");
    }
    return switch (words[0]) {
      case "regression", "regression_l2" ->
          Link.of(isSquareRoot ? Kind.SIGNED_SQUARE : Kind.IDENTITY);
      case "regression_l1",
          "huber",
          "fair",
          "quantile",
          "mape",
          "lambdarank",
          "rank_xendcg",
          "custom",
          "" ->
          Link.of(Kind.IDENTITY);
      case "poisson", "gamma", "tweedie" -> Link.of(Kind.EXP);
      case "binary", "multiclassova" -> new Link(Kind.SIGMOID, sigmoid);
      case "multiclass" -> Link.of(Kind.SOFTMAX);
      case "cross_entropy" -> Link.of(Kind.SIGMOID);
      case "cross_entropy_lambda" -> Link.of(Kind.SOFTPLUS);
      default ->
          throw source.unsupported(
              "its objective is " + words[0],
              "Auspex knows LightGBM's own objectives; export it with onnxmltools instead.");
    };
  }

  private static List<Long> classes(String objective, int sums) {
    return switch (objective.split(" ")[0]) {
      case "binary" -> List.of(0L, 1L);
      case "multiclass", "multiclassova" -> LongStream.range(0, sums).boxed().toList();
      default -> List.of();
    };
  }

  private List<Feature> features(int width, BitSet zeroIsMissing, BitSet categorical) {
    List<String> names = names(width);
    Map<Integer, List<String>> texts = texts();
    List<Feature> features = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      features.add(
          new Feature(
              names.isEmpty() ? (texts.isEmpty() ? "" : "Column_" + i) : names.get(i),
              zeroIsMissing.get(i),
              categorical.get(i) ? Rounding.TO_ZERO : Rounding.NONE,
              texts.getOrDefault(i, List.of())));
    }
    return features;
  }

  /** Empty where they are those that LightGBM makes up. */
  private List<String> names(int width) {
    List<String> names = List.of(text.header().getOrDefault("feature_names", "").split(" "));
    if (names.size() != width) {
      throw source.damaged("it names " + names.size() + " of " + width + " features");
    }
    for (int i = 0; i < width; i++) {
      if (!names.get(i).equals("Column_" + i)) {
        return names;
      }
    }
    return List.of();
  }

  /**
   * The texts of the columns that were categories of pandas, which LightGBM told apart by their
   * codes. The file lists them in the order of the categorical features.
   */
  private Map<Integer, List<String>> texts() {
    Map<Integer, List<String>> texts = new HashMap<>();
    JsonNode lists = pandasCategories();
    boolean haveTexts = false;
    for (JsonNode list : lists) {
      for (JsonNode category : list) {
        haveTexts |= category.isTextual();
      }
    }
    if (!haveTexts) {
      return texts;
    }
    List<Integer> columns =
        Stream.of(text.parameters().getOrDefault("categorical_feature", "").split(","))
            .filter(column -> column.matches("\\d+"))
            .map(Integer::valueOf)
            .sorted()
            .toList();
    if (columns.size() != lists.size()) {
      throw source.unsupported(
          "it does not say which of its columns hold the texts of pandas_categorical",
          "Train on codes (0, 1, …) in place of texts.");
    }
    for (int i = 0; i < columns.size(); i++) {
      List<String> categories = new ArrayList<>();
      boolean areTexts = true;
      for (JsonNode category : lists.get(i)) {
        areTexts &= category.isTextual();
        categories.add(category.asText());
      }
      if (!areTexts) {
        throw source.unsupported(
            "the categories of its column " + columns.get(i) + " are not texts, but others are",
            "Train on codes (0, 1, …), or on texts alone.");
      }
      texts.put(columns.get(i), categories);
    }
    return texts;
  }

  private JsonNode pandasCategories() {
    String json = text.pandasCategories();
    try {
      JsonNode lists = new ObjectMapper().readTree(json.isEmpty() ? "[]" : json);
      return lists.isArray() ? lists : new ObjectMapper().createArrayNode();
    } catch (JsonProcessingException damaged) {
      throw source.damaged("its pandas_categorical is no JSON").causedBy(damaged);
    }
  }
}
