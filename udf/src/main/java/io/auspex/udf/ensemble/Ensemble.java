package io.auspex.udf.ensemble;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A tree ensemble: each tree leads a row to one of its leaves, whose weights are aggregated by
 * target. Numbers are doubles that hold the operator's own type exactly. Treat the arrays as
 * immutable.
 *
 * @param isDouble whether the operator compares and adds doubles rather than floats
 * @param roots a tree each, in the order in which ONNX Runtime adds them: the ordinal of a split,
 *     or the complement (~) of a leaf's
 * @param targets how many scores a row has
 * @param base what is added to them: one value a target, or none; of a classifier also one for both
 *     classes
 * @param classes of a classifier
 */
public record Ensemble(
    boolean isDouble,
    int[] roots,
    Splits splits,
    Leaves leaves,
    int targets,
    Aggregate aggregate,
    PostTransform postTransform,
    double[] base,
    Optional<Classes> classes) {

  /** How the weights of a row's leaves become a score. */
  public enum Aggregate {
    AVERAGE,
    SUM,
    MIN,
    MAX
  }

  /** What is done to a row's scores; the ordinals are the codes of ONNX's TreeEnsemble. */
  public enum PostTransform {
    NONE,
    LOGISTIC,
    SOFTMAX,
    SOFTMAX_ZERO,
    PROBIT
  }

  /** What a split asks of a feature's value; the first are in the order of ONNX's codes. */
  public enum Test {
    AT_MOST,
    LESS,
    AT_LEAST,
    GREATER,
    EQUAL,
    NOT_EQUAL,
    /** Equal to one of a set. */
    MEMBER,
    /** Equal to one of a set, once cut to a 32-bit integer. */
    MEMBER_CUT
  }

  /**
   * Inner nodes, an entry each.
   *
   * @param values thresholds of comparisons
   * @param members of sets; null for comparisons
   * @param missingIsTrue whether NaN passes the test whatever it says
   * @param yes where those go that pass: the ordinal of a split, or the complement of a leaf's
   */
  public record Splits(
      int[] features,
      Test[] tests,
      double[] values,
      double[][] members,
      boolean[] missingIsTrue,
      int[] yes,
      int[] no) {

    public int count() {
      return features.length;
    }

    /** The features that splits look at. */
    public BitSet read() {
      BitSet read = new BitSet();
      for (int feature : features) {
        read.set(feature);
      }
      return read;
    }
  }

  /**
   * Leaves; those of ordinal i have the weights from {@code starts[i]} to {@code starts[i + 1]}, in
   * the order in which they are added.
   */
  public record Leaves(int[] starts, int[] targets, double[] weights) {

    public int count() {
      return starts.length - 1;
    }
  }

  /**
   * Of a classifier.
   *
   * @param labels String or Long, by class
   * @param isPositive whether no weight is negative
   * @param hasOneColumn whether there are two classes and all weights are for the same one
   */
  public record Classes(List<Object> labels, boolean isPositive, boolean hasOneColumn) {}

  public int trees() {
    return roots.length;
  }

  /** How many columns a row must have at least. */
  public int width() {
    return splits.read().length();
  }
}
