package io.auspex.udf.trees;

import io.auspex.udf.trees.Tree.Mode;
import io.auspex.udf.trees.Tree.Split;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One tree of an XGBoost model, a node an entry of its lists. */
final class XgboostTree {
  private final Part tree;
  private final Source source;
  private final int featureCount;
  private final float weight;
  private final int targets;
  private final int[] left;
  private final int[] right;
  private final int[] features;
  private final double[] conditions;
  private final double[] defaultLeft;
  private final Map<Integer, int[]> categories;

  /** The values of leaves, node by node or leaf by leaf; none where a leaf has but one. */
  private final double[] vectors;

  /** The place of each node among the splits, or its complement among the leaves. */
  private final Map<Integer, Integer> places;

  XgboostTree(Part tree, int featureCount, float weight) {
    this.tree = tree;
    this.source = tree.source();
    this.featureCount = featureCount;
    this.weight = weight;
    this.targets =
        tree.has("tree_param") && tree.part("tree_param").has("size_leaf_vector")
            ? source.count(
                Math.max(1, tree.part("tree_param").integer("size_leaf_vector")), "targets")
            : 1;
    this.left = tree.integers("left_children");
    this.right = tree.integers("right_children");
    this.features = tree.integers("split_indices");
    this.conditions = tree.numbers("split_conditions");
    this.defaultLeft = tree.numbers("default_left");
    this.categories = categories();
    int nodes = left.length;
    if (nodes == 0
        || right.length != nodes
        || features.length != nodes
        || conditions.length != nodes
        || defaultLeft.length != nodes) {
      throw source.damaged("the lists of " + tree.where() + " differ in length");
    }
    this.vectors = targets > 1 ? vectors() : new double[0];
    this.places = places();
  }

  /** How many values its leaves have. */
  int targets() {
    return targets;
  }

  /** The tree of one of the values of its leaves. */
  Tree read(int target, int value) {
    boolean byLeaf = tree.has("leaf_weights");
    List<Split> splits = new ArrayList<>();
    List<Double> leaves = new ArrayList<>();
    for (int node : places.keySet().stream().sorted().toList()) {
      if (left[node] < 0) {
        int vector = byLeaf ? right[node] : node;
        double leaf = targets > 1 ? vectors[vector * targets + value] : conditions[node];
        leaves.add((double) (weight * (float) leaf));
      } else {
        splits.add(split(node));
      }
    }
    return new Tree(target, splits, leaves.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private double[] vectors() {
    return tree.numbers(tree.has("leaf_weights") ? "leaf_weights" : "base_weights");
  }

  private Map<Integer, Integer> places() {
    Map<Integer, Integer> places = new HashMap<>();
    boolean[] reached = new boolean[left.length];
    Deque<Integer> open = new ArrayDeque<>();
    open.push(0);
    while (!open.isEmpty()) {
      int node = open.pop();
      if (node < 0 || node >= left.length || reached[node]) {
        throw source.damaged("the nodes of " + tree.where() + " make no tree");
      }
      reached[node] = true;
      if (left[node] >= 0) {
        open.push(left[node]);
        open.push(right[node]);
      }
    }
    int splits = 0;
    int leaves = 0;
    for (int node = 0; node < left.length; node++) {
      if (reached[node]) {
        places.put(node, left[node] < 0 ? ~leaves++ : splits++);
      }
    }
    return places;
  }

  private Split split(int node) {
    if (features[node] < 0 || features[node] >= featureCount) {
      throw source.damaged(tree.where() + " splits on feature " + features[node]);
    }
    int toLeft = places.get(left[node]);
    int toRight = places.get(right[node]);
    boolean missingIsLeft = defaultLeft[node] != 0;
    int[] members = categories.get(node);
    return members == null
        ? Split.comparing(
            features[node], Mode.LESS, conditions[node], missingIsLeft, toLeft, toRight)
        : Split.among(features[node], members, !missingIsLeft, toRight, toLeft);
  }

  /** By node, the categories that go right. */
  private Map<Integer, int[]> categories() {
    Map<Integer, int[]> sets = new HashMap<>();
    if (tree.has("categories_nodes")) {
      int[] nodes = tree.integers("categories_nodes");
      int[] from = tree.integers("categories_segments");
      int[] sizes = tree.integers("categories_sizes");
      int[] all = tree.integers("categories");
      for (int i = 0; i < nodes.length; i++) {
        Objects.checkFromIndexSize(from[i], sizes[i], all.length);
        sets.put(nodes[i], Arrays.copyOfRange(all, from[i], from[i] + sizes[i]));
      }
    }
    return sets;
  }
}
