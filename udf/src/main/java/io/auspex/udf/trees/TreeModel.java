package io.auspex.udf.trees;

import io.auspex.catalog.ElementType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A boosted model as its library computes it: the trees' leaves summed in their order, and then the
 * link.
 *
 * @param library which wrote it, with its version
 * @param input what its features are rounded to: FLOAT or DOUBLE
 * @param type what it compares and adds, and the type of what it predicts: FLOAT or DOUBLE
 * @param targets how many sums there are
 * @param divisor what the sums are divided by
 * @param link from sums to predictions
 * @param classes the labels, by ordinal: all Long, String, Double or Boolean; empty where it
 *     predicts numbers
 */
record TreeModel(
    String library,
    ElementType input,
    ElementType type,
    List<Feature> features,
    List<Tree> trees,
    int targets,
    double divisor,
    Link link,
    List<?> classes,
    Map<String, String> metadata) {

  /** What becomes of a category before it is looked up. */
  enum Rounding {
    NONE,
    DOWN,
    TO_ZERO
  }

  /**
   * A column.
   *
   * @param name empty where the file gives none
   * @param zeroIsMissing whether numbers up to 1e-35 mean NaN
   * @param categories the texts that stand for 0, 1, …; empty for a number
   */
  record Feature(String name, boolean zeroIsMissing, Rounding rounding, List<String> categories) {}

  /**
   * From sums to predictions.
   *
   * @param slope what the sums are multiplied by first
   */
  record Link(Kind kind, double slope) {
    enum Kind {
      IDENTITY,
      EXP,
      SIGMOID,
      SOFTMAX,
      /** x·|x|, the inverse of a signed square root. */
      SIGNED_SQUARE,
      /** log(1 + exp x). */
      SOFTPLUS,
      /** 1 where x > 0, else 0. */
      STEP
    }

    static Link of(Kind kind) {
      return new Link(kind, 1);
    }
  }

  /** The same, with one thing more said of it. */
  TreeModel noting(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(metadata);
    more.put(key, value);
    return new TreeModel(
        library, input, type, features, trees, targets, divisor, link, classes, more);
  }

  boolean isClassifier() {
    return !classes.isEmpty();
  }

  /** Whether some column holds texts, so that columns cannot be one tensor. */
  boolean hasTexts() {
    return features.stream().anyMatch(feature -> !feature.categories().isEmpty());
  }

  /** Whether the classes are 0, 1, …, so that their ordinals say them. */
  boolean hasOrdinalClasses() {
    if (classes.equals(List.of(false, true))) {
      return true;
    }
    for (int i = 0; i < classes.size(); i++) {
      if (!classes.get(i).equals((long) i)) {
        return false;
      }
    }
    return true;
  }
}
