package io.auspex.udf.trees;

import io.auspex.udf.trees.Tree.Mode;
import io.auspex.udf.trees.Tree.Split;
import java.util.ArrayList;
import java.util.List;

/**
 * A tree of CatBoost. A leaf has a value a target; ONNX's trees have one, so a tree becomes one for
 * each target.
 *
 * @param leaves leaf by leaf, the targets' values side by side
 */
record CatboostTree(List<Split> splits, double[] leaves) {

  /**
   * A border between floats: true above it.
   *
   * @param missingIsTrue whether NaN counts as above
   */
  record Condition(int feature, float border, boolean missingIsTrue) {
    Split split(int whenTrue, int whenFalse) {
      return Split.comparing(feature, Mode.GREATER, border, missingIsTrue, whenTrue, whenFalse);
    }
  }

  /**
   * A tree that asks the same on each level: the bits of the leaf's ordinal are its conditions, the
   * first the lowest.
   */
  static CatboostTree symmetric(List<Condition> conditions, double[] leaves) {
    List<Split> splits = new ArrayList<>();
    int depth = conditions.size();
    for (int level = 0; level < depth; level++) {
      Condition condition = conditions.get(depth - 1 - level);
      int firstOfNext = (2 << level) - 1;
      for (int place = 0; place < 1 << level; place++) {
        int no = 2 * place;
        splits.add(
            level == depth - 1
                ? condition.split(~(no + 1), ~no)
                : condition.split(firstOfNext + no + 1, firstOfNext + no));
      }
    }
    return new CatboostTree(splits, leaves);
  }

  /** The tree of a target, of {@code targets}. */
  Tree ofTarget(int target, int targets, double scale) {
    double[] values = new double[leaves.length / targets];
    for (int leaf = 0; leaf < values.length; leaf++) {
      values[leaf] = scale * leaves[leaf * targets + target];
    }
    return new Tree(target, splits, values);
  }
}
