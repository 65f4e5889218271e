package io.auspex.udf.ensemble;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.auspex.udf.ensemble.Ensemble.Aggregate;
import io.auspex.udf.ensemble.Ensemble.Classes;
import io.auspex.udf.ensemble.Ensemble.PostTransform;
import io.auspex.udf.ensemble.Ensemble.Test;
import io.auspex.udf.ensemble.EnsembleReader.Odd;
import io.auspex.udf.onnx.Attributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operators <a href="https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleRegressor.html">
 * TreeEnsembleRegressor</a> and TreeEnsembleClassifier, whose nodes have numbers within their tree.
 */
final class NumberedEnsemble {
  private record Name(int tree, int node) {}

  private final Attributes attributes;
  private final String prefix;
  private final boolean isClassifier;
  private final boolean isDouble;
  private final int[] trees;
  private final int[] nodes;
  private final String[] modes;
  private final double[] values;
  private final int[] features;
  private final int[] yes;
  private final int[] no;
  private final long[] missing;
  private final int[] targetIds;
  private final double[] weights;
  private final Map<Name, Integer> places = new HashMap<>();
  private final Map<Name, List<Integer>> weightsOf = new HashMap<>();
  private final SplitsBuilder builder = new SplitsBuilder();

  private NumberedEnsemble(NodeProto node, boolean isDouble) {
    this.attributes = Attributes.of(node);
    this.isClassifier = node.getOpType().equals("TreeEnsembleClassifier");
    this.isDouble = isDouble;
    this.prefix = isClassifier ? "class" : "target";
    this.trees = attributes.ints("nodes_treeids");
    this.nodes = attributes.ints("nodes_nodeids");
    this.modes = attributes.texts("nodes_modes").toArray(String[]::new);
    this.values = attributes.numbers("nodes_values");
    this.features = attributes.ints("nodes_featureids");
    this.yes = attributes.ints("nodes_truenodeids");
    this.no = attributes.ints("nodes_falsenodeids");
    this.missing = attributes.integers("nodes_missing_value_tracks_true");
    this.targetIds = attributes.ints(prefix + "_ids");
    this.weights = attributes.numbers(prefix + "_weights");
  }

  static Ensemble read(NodeProto node, boolean isDouble) {
    return new NumberedEnsemble(node, isDouble).read();
  }

  private Ensemble read() {
    List<Integer> firsts = new ArrayList<>();
    for (int i = 0; i < trees.length; i++) {
      if (places.put(new Name(trees[i], nodes[i]), i) != null) {
        throw new Odd("two nodes of one number");
      }
      if (i == 0 || trees[i] != trees[i - 1]) {
        firsts.add(i);
      }
    }
    checkContiguous(firsts);
    collectWeights();
    List<Object> labels = labels();
    int targets = isClassifier ? labels.size() : (int) attributes.integer("n_targets", 1);
    int[] roots = new int[firsts.size()];
    for (int tree = 0; tree < roots.length; tree++) {
      int end = tree + 1 < roots.length ? firsts.get(tree + 1) : trees.length;
      roots[tree] = tree(firsts.get(tree), end - firsts.get(tree), targets);
    }
    return new Ensemble(
        isDouble,
        roots,
        builder.splits(),
        builder.leaves(),
        targets,
        isClassifier
            ? Aggregate.SUM
            : Aggregate.valueOf(attributes.text("aggregate_function", "SUM")),
        PostTransform.valueOf(attributes.text("post_transform", "NONE")),
        base(targets),
        isClassifier ? Optional.of(classes(labels)) : Optional.empty());
  }

  /** ONNX Runtime takes each run of a tree's nodes for a tree. */
  private void checkContiguous(List<Integer> firsts) {
    long distinct = firsts.stream().map(first -> trees[first]).distinct().count();
    if (distinct != firsts.size() || Arrays.stream(trees).anyMatch(tree -> tree < 0)) {
      throw new Odd("trees in pieces");
    }
  }

  private void collectWeights() {
    int[] treeIds = attributes.ints(prefix + "_treeids");
    int[] nodeIds = attributes.ints(prefix + "_nodeids");
    if (treeIds.length != weights.length || targetIds.length != weights.length) {
      throw new Odd("lists of weights of different lengths");
    }
    for (int i = 0; i < treeIds.length; i++) {
      weightsOf
          .computeIfAbsent(new Name(treeIds[i], nodeIds[i]), name -> new ArrayList<>(1))
          .add(i);
    }
  }

  private List<Object> labels() {
    List<Object> labels = new ArrayList<>(attributes.texts("classlabels_strings"));
    if (labels.isEmpty()) {
      Arrays.stream(attributes.integers("classlabels_int64s")).forEach(labels::add);
    }
    if (isClassifier && labels.size() < 2) {
      throw new Odd("a classifier of one class");
    }
    return labels;
  }

  private double[] base(int targets) {
    double[] base = attributes.numbers("base_values");
    boolean fits = base.length == 0 || base.length == targets || (isClassifier && targets == 2);
    if (!fits) {
      throw new Odd("base values of another number than targets");
    }
    return base;
  }

  private Classes classes(List<Object> labels) {
    boolean isPositive = Arrays.stream(weights).noneMatch(weight -> weight < 0);
    boolean hasOneColumn = labels.size() == 2 && Arrays.stream(targetIds).distinct().count() == 1;
    return new Classes(labels, isPositive, hasOneColumn);
  }

  private record Open(int place, int parent, boolean isYes) {}

  /** Reads a tree, each node of which must have one parent; returns its root. */
  private int tree(int first, int size, int targets) {
    int seen = 0;
    int root = 0;
    Deque<Open> open = new ArrayDeque<>();
    open.push(new Open(first, -1, false));
    int[][] children = new int[size][];
    int[] splitOf = new int[size];
    List<Integer> splits = new ArrayList<>();
    while (!open.isEmpty()) {
      Open next = open.pop();
      if (++seen > size) {
        throw new Odd("a node of two parents");
      }
      int place = next.place();
      int child;
      if (modes[place].equals("LEAF")) {
        child = leaf(place, targets);
      } else {
        child = split(place);
        splits.add(place);
        splitOf[place - first] = child;
        children[place - first] = new int[2];
        open.push(new Open(place(place, no[place]), place, false));
        open.push(new Open(place(place, yes[place]), place, true));
      }
      if (next.parent() < 0) {
        root = child;
      } else {
        children[next.parent() - first][next.isYes() ? 0 : 1] = child;
      }
    }
    if (seen != size) {
      throw new Odd("nodes that no way leads to");
    }
    for (int place : splits) {
      int[] both = children[place - first];
      builder.children(splitOf[place - first], both[0], both[1]);
    }
    return root;
  }

  private int place(int parent, int node) {
    Integer place = places.get(new Name(trees[parent], node));
    if (place == null) {
      throw new Odd("a child that is not there");
    }
    return place;
  }

  private int split(int place) {
    Test test =
        switch (modes[place]) {
          case "BRANCH_LEQ" -> Test.AT_MOST;
          case "BRANCH_LT" -> Test.LESS;
          case "BRANCH_GTE" -> Test.AT_LEAST;
          case "BRANCH_GT" -> Test.GREATER;
          case "BRANCH_EQ" -> Test.EQUAL;
          case "BRANCH_NEQ" -> Test.NOT_EQUAL;
          default -> throw new Odd("a mode " + modes[place]);
        };
    boolean isTrue = place < missing.length && missing[place] == 1;
    return builder.split(features[place], test, values[place], null, isTrue);
  }

  /** Of one target, the first weight counts; a leaf without has its own value. */
  private int leaf(int place, int targets) {
    int leaf = builder.leaf();
    List<Integer> mine = weightsOf.getOrDefault(new Name(trees[place], nodes[place]), List.of());
    if (targets == 1) {
      builder.weight(0, mine.isEmpty() ? values[place] : weights[mine.get(0)]);
      return leaf;
    }
    for (int i : mine) {
      if (targetIds[i] < 0 || targetIds[i] >= targets) {
        throw new Odd("a target " + targetIds[i]);
      }
      builder.weight(targetIds[i], weights[i]);
    }
    return leaf;
  }
}
