package io.auspex.udf.trees;

import io.auspex.udf.trees.Tree.Mode;
import io.auspex.udf.trees.Tree.Split;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One tree of a LightGBM file. */
final class LightgbmTree {
  private static final int CATEGORICAL = 1;
  private static final int DEFAULT_LEFT = 2;
  private static final int MISSING_ZERO = 1;

  /** Its kZeroThreshold, a float. */
  static final double ZERO = 1e-35f;

  private final Map<String, String> lines;
  private final int ordinal;
  private final int width;
  private final Source source;
  private final int[] features;
  private final int[] decisions;

  LightgbmTree(Map<String, String> lines, int ordinal, int width, Source source) {
    this.lines = lines;
    this.ordinal = ordinal;
    this.width = width;
    this.source = source;
    if (lines.getOrDefault("is_linear", "0").equals("1")) {
      throw source.unsupported("its leaves are linear models", "Train it without linear_tree.");
    }
    this.features = integers("split_feature");
    this.decisions = integers("decision_type");
  }

  Tree read(int target) {
    double[] leaves = numbers("leaf_value");
    if (leaves.length == 0) {
      throw damaged("has no leaves");
    }
    if (features.length == 0) {
      return Tree.constant(target, leaves[0]);
    }
    double[] thresholds = numbers("threshold");
    int[] left = integers("left_child");
    int[] right = integers("right_child");
    int[] boundaries = integers("cat_boundaries");
    String[] words = lines.getOrDefault("cat_threshold", "").split(" ");
    int splits = leaves.length - 1;
    if (Stream.of(features, decisions, left, right).anyMatch(list -> list.length != splits)
        || thresholds.length != splits) {
      throw damaged("has lists that differ in length");
    }
    List<Split> nodes = new ArrayList<>();
    for (int i = 0; i < splits; i++) {
      check(left[i], i, splits);
      check(right[i], i, splits);
      if (features[i] < 0 || features[i] >= width) {
        throw damaged("splits on feature " + features[i]);
      }
      nodes.add(
          isCategorical(i)
              ? Split.among(
                  features[i],
                  members((int) thresholds[i], boundaries, words),
                  false,
                  left[i],
                  right[i])
              : Split.comparing(
                  features[i],
                  Mode.AT_MOST,
                  beyondZero(thresholds[i]),
                  missingIsLeft(i, thresholds[i]),
                  left[i],
                  right[i]));
    }
    return new Tree(target, nodes, leaves);
  }

  private void check(int child, int node, int splits) {
    boolean isSplit = child > node && child < splits;
    boolean isLeaf = child < 0 && ~child <= splits;
    if (!isSplit && !isLeaf) {
      throw damaged("has a node " + node + " whose child is " + child);
    }
  }

  private boolean isCategorical(int node) {
    return (decisions[node] & CATEGORICAL) != 0;
  }

  private int missing(int node) {
    return decisions[node] >> 2 & 3;
  }

  /**
   * LightGBM predicts as if a number were 0 that is no further from it than {@link #ZERO}: a
   * threshold among these moves to their end, so that they all go where 0 goes.
   */
  private static double beyondZero(double threshold) {
    if (Math.abs(threshold) > ZERO) {
      return threshold;
    }
    return threshold >= 0 ? ZERO : Math.nextDown(-ZERO);
  }

  /** Where nothing is missing, LightGBM takes NaN for 0. */
  private boolean missingIsLeft(int node, double threshold) {
    return missing(node) == 0 ? 0 <= threshold : (decisions[node] & DEFAULT_LEFT) != 0;
  }

  /**
   * The categories that go left: the bits of the words of a set.
   *
   * @param boundaries where each set begins among the words of all
   */
  private int[] members(int set, int[] boundaries, String[] words) {
    if (set < 0 || set + 1 >= boundaries.length) {
      throw damaged("has no set of categories " + set);
    }
    BitSet members = new BitSet();
    for (int i = boundaries[set]; i < boundaries[set + 1]; i++) {
      long word = Long.parseLong(words[i]);
      for (int bit = 0; bit < 32; bit++) {
        if ((word >> bit & 1) == 1) {
          members.set((i - boundaries[set]) * 32 + bit);
        }
      }
    }
    return members.stream().toArray();
  }

  BitSet zeroIsMissing() {
    BitSet found = new BitSet();
    for (int i = 0; i < features.length; i++) {
      if (!isCategorical(i) && missing(i) == MISSING_ZERO) {
        found.set(features[i]);
      }
    }
    return found;
  }

  BitSet categorical() {
    BitSet found = new BitSet();
    for (int i = 0; i < features.length; i++) {
      if (isCategorical(i)) {
        found.set(features[i]);
      }
    }
    return found;
  }

  /** Zeros become NaN in the whole column, so all splits on it must take them for missing. */
  void checkZeros(BitSet zeroIsMissing) {
    for (int i = 0; i < features.length; i++) {
      if (zeroIsMissing.get(features[i]) && (isCategorical(i) || missing(i) != MISSING_ZERO)) {
        throw source.unsupported(
            "some of its trees take the zeros of a column for missing and others do not",
            "Train all of it with one zero_as_missing.");
      }
    }
  }

  private int[] integers(String key) {
    double[] numbers = numbers(key);
    int[] integers = new int[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      integers[i] = (int) numbers[i];
    }
    return integers;
  }

  private double[] numbers(String key) {
    String line = lines.getOrDefault(key, "");
    try {
      return line.isBlank()
          ? new double[0]
          : Stream.of(line.split(" +")).mapToDouble(LightgbmTree::number).toArray();
    } catch (NumberFormatException damaged) {
      throw damaged("has no numbers in " + key);
    }
  }

  /** C writes inf and nan in its own way. */
  private static double number(String text) {
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan", "-nan" -> Double.NaN;
      default -> Double.parseDouble(text);
    };
  }

  private RuntimeException damaged(String why) {
    return source.damaged("its tree " + ordinal + " " + why);
  }
}
