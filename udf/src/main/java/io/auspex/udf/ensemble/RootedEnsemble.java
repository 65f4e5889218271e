package io.auspex.udf.ensemble;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.auspex.udf.ensemble.Ensemble.Aggregate;
import io.auspex.udf.ensemble.Ensemble.PostTransform;
import io.auspex.udf.ensemble.Ensemble.Test;
import io.auspex.udf.ensemble.EnsembleReader.Odd;
import io.auspex.udf.onnx.Attributes;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * The operator <a href="https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsemble.html">
 * TreeEnsemble</a>, whose trees are given by their roots.
 */
final class RootedEnsemble {
  /** Of sets within these bounds, ONNX Runtime compares the value as it is. */
  private static final double SMALL_SET = 30;

  private final Attributes attributes;
  private final int[] features;
  private final double[] modes;
  private final double[] values;
  private final long[] missing;
  private final int[] yes;
  private final int[] yesIsLeaf;
  private final int[] no;
  private final int[] noIsLeaf;
  private final int[] targetIds;
  private final double[] weights;
  private final double[][] members;
  private final int[] splitOf;
  private final SplitsBuilder builder = new SplitsBuilder();

  private RootedEnsemble(NodeProto node) {
    this.attributes = Attributes.of(node);
    this.features = attributes.ints("nodes_featureids");
    this.modes = attributes.tensor("nodes_modes").numbers();
    this.values = attributes.tensor("nodes_splits").numbers();
    this.missing = attributes.integers("nodes_missing_value_tracks_true");
    this.yes = attributes.ints("nodes_truenodeids");
    this.yesIsLeaf = attributes.ints("nodes_trueleafs");
    this.no = attributes.ints("nodes_falsenodeids");
    this.noIsLeaf = attributes.ints("nodes_falseleafs");
    this.targetIds = attributes.ints("leaf_targetids");
    this.weights = attributes.tensor("leaf_weights").numbers();
    this.members = members();
    this.splitOf = new int[modes.length];
  }

  static Ensemble read(NodeProto node, boolean isDouble) {
    return new RootedEnsemble(node).read(isDouble);
  }

  /** Each set ends with a NaN. */
  private double[][] members() {
    double[][] sets = new double[modes.length][];
    if (!attributes.has("membership_values")) {
      return sets;
    }
    double[] all = attributes.tensor("membership_values").numbers();
    int at = 0;
    for (int node = 0; node < modes.length; node++) {
      if (modes[node] == Test.MEMBER.ordinal()) {
        int start = at;
        while (at < all.length && !Double.isNaN(all[at])) {
          at++;
        }
        sets[node] = Arrays.copyOfRange(all, start, at++);
      }
    }
    return sets;
  }

  private Ensemble read(boolean isDouble) {
    int targets = (int) attributes.integer("n_targets", 1);
    int[] roots = Arrays.stream(attributes.ints("tree_roots")).map(r -> tree(r, targets)).toArray();
    return new Ensemble(
        isDouble,
        roots,
        builder.splits(),
        builder.leaves(),
        targets,
        Aggregate.values()[(int) attributes.integer("aggregate_function", 1)],
        PostTransform.values()[(int) attributes.integer("post_transform", 0)],
        new double[0],
        Optional.empty());
  }

  private record Open(int node, boolean isLeaf, int parent, boolean isYes) {}

  private int tree(int root, int targets) {
    if (isLoneLeaf(root)) {
      // ONNX Runtime reads the leaf by the ordinal of the root.
      if (yes[root] != root) {
        throw new Odd("a tree of one leaf");
      }
      return leaf(yes[root], targets);
    }
    // A split's children are known after it: the way to it is kept until then.
    Deque<Open> open = new ArrayDeque<>();
    open.push(new Open(root, false, -1, false));
    int first = -1;
    int budget = modes.length + weights.length + 1;
    int[] whenTrue = new int[modes.length];
    while (!open.isEmpty()) {
      if (budget-- == 0) {
        throw new Odd("a node of two parents");
      }
      Open next = open.pop();
      int child = next.isLeaf() ? leaf(next.node(), targets) : split(next.node());
      if (next.parent() < 0) {
        first = child;
      } else if (next.isYes()) {
        whenTrue[next.parent()] = child;
      } else {
        builder.children(splitOf[next.parent()], whenTrue[next.parent()], child);
      }
      if (!next.isLeaf()) {
        int node = next.node();
        splitOf[node] = child;
        // The true branch first, and whole, before the false one.
        open.push(new Open(no[node], noIsLeaf[node] != 0, node, false));
        open.push(new Open(yes[node], yesIsLeaf[node] != 0, node, true));
      }
    }
    return first;
  }

  private boolean isLoneLeaf(int root) {
    return yes[root] == no[root] && yesIsLeaf[root] != 0 && noIsLeaf[root] != 0;
  }

  private int split(int node) {
    Test test = Test.values()[(int) modes[node]];
    double[] set = members[node];
    if (test == Test.MEMBER) {
      if (set == null || set.length == 0) {
        throw new Odd("an empty set");
      }
      boolean isSmall =
          set.length <= SMALL_SET && Arrays.stream(set).allMatch(v -> v >= 0 && v <= SMALL_SET);
      if (!isSmall) {
        test = Test.MEMBER_CUT;
        if (Arrays.stream(set).anyMatch(value -> value != (int) value)) {
          throw new Odd("a set of fractions");
        }
      }
    }
    boolean isTrue = node < missing.length && missing[node] == 1;
    return builder.split(features[node], test, values[node], set, isTrue);
  }

  private int leaf(int leaf, int targets) {
    if (targetIds[leaf] < 0 || targetIds[leaf] >= targets) {
      throw new Odd("a target " + targetIds[leaf]);
    }
    int child = builder.leaf();
    builder.weight(targetIds[leaf], weights[leaf]);
    return child;
  }
}
