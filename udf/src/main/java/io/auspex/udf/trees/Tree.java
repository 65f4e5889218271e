package io.auspex.udf.trees;

import java.util.List;

/**
 * A decision tree that adds one of its leaves to one target. The root is the first split; a tree
 * without splits has one leaf.
 *
 * @param target the target's ordinal
 * @param leaves their values
 */
record Tree(int target, List<Split> splits, double[] leaves) {

  /** How a value is compared; the ordinals are the codes of ONNX's TreeEnsemble. */
  enum Mode {
    AT_MOST,
    LESS,
    AT_LEAST,
    GREATER,
    EQUAL,
    NOT_EQUAL,
    MEMBER
  }

  /**
   * An inner node.
   *
   * @param threshold of a comparison
   * @param members of a set of categories; empty for a comparison
   * @param missingIsTrue the way of NaN
   * @param whenTrue the ordinal of a split, or the complement (~) of a leaf's
   */
  record Split(
      int feature,
      Mode mode,
      double threshold,
      int[] members,
      boolean missingIsTrue,
      int whenTrue,
      int whenFalse) {
    private static final int[] NONE = {};

    static Split comparing(
        int feature, Mode mode, double threshold, boolean missingIsTrue, int yes, int no) {
      return new Split(feature, mode, threshold, NONE, missingIsTrue, yes, no);
    }

    /** A set without members has one that no category is. */
    static Split among(int feature, int[] members, boolean missingIsTrue, int yes, int no) {
      int[] some = members.length == 0 ? new int[] {-1} : members;
      return new Split(feature, Mode.MEMBER, 0, some, missingIsTrue, yes, no);
    }
  }

  /** A tree that adds the same to every row. */
  static Tree constant(int target, double value) {
    return new Tree(target, List.of(), new double[] {value});
  }
}
