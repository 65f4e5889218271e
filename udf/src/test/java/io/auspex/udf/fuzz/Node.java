package io.auspex.udf.fuzz;

import java.util.List;

/** A tree, whatever operator it will be written for. */
sealed interface Node {
  /** In the order of their codes in ai.onnx.ml 5. */
  enum Mode {
    BRANCH_LEQ,
    BRANCH_LT,
    BRANCH_GTE,
    BRANCH_GT,
    BRANCH_EQ,
    BRANCH_NEQ,
    BRANCH_MEMBER
  }

  /**
   * @param members of {@code BRANCH_MEMBER}, else empty
   */
  record Split(
      int feature,
      Mode mode,
      double threshold,
      List<Double> members,
      boolean missingIsTrue,
      Node whenTrue,
      Node whenFalse)
      implements Node {}

  record Leaf(List<Weight> weights) implements Node {}

  record Weight(int target, double value) {}

  /** The same tree again, as other objects. */
  static Node copy(Node node) {
    return node instanceof Split split
        ? new Split(
            split.feature,
            split.mode,
            split.threshold,
            split.members,
            split.missingIsTrue,
            copy(split.whenTrue),
            copy(split.whenFalse))
        : new Leaf(List.copyOf(((Leaf) node).weights));
  }
}
