package io.auspex.udf.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How large a tree ensemble is, of the operators of ai.onnx.ml for it, old and new.
 *
 * @param depth of the deepest tree: the most splits on the way to a leaf
 * @param features how many are looked at
 */
record EnsembleShape(int trees, int depth, int leaves, int features) {

  /** Nothing where the node is no tree ensemble, or its lists do not fit together. */
  static Optional<EnsembleShape> of(NodeProto node) {
    try {
      return switch (node.getOpType()) {
        case "TreeEnsemble" -> Optional.of(fromRoots(node));
        case "TreeEnsembleRegressor", "TreeEnsembleClassifier" -> Optional.of(fromNodes(node));
        default -> Optional.empty();
      };
    } catch (IndexOutOfBoundsException | NullPointerException odd) {
      return Optional.empty();
    }
  }

  private record Place(int node, int depth) {}

  private static EnsembleShape fromRoots(NodeProto node) {
    List<Long> yes = integers(node, "nodes_truenodeids");
    List<Long> no = integers(node, "nodes_falsenodeids");
    List<Long> yesIsLeaf = integers(node, "nodes_trueleafs");
    List<Long> noIsLeaf = integers(node, "nodes_falseleafs");
    int depth = 0;
    Deque<Place> open = new ArrayDeque<>();
    List<Long> roots = integers(node, "tree_roots");
    roots.forEach(root -> open.push(new Place(root.intValue(), 1)));
    while (!open.isEmpty()) {
      Place place = open.pop();
      depth = Math.max(depth, place.depth());
      if (yesIsLeaf.get(place.node()) == 0) {
        open.push(new Place(yes.get(place.node()).intValue(), place.depth() + 1));
      }
      if (noIsLeaf.get(place.node()) == 0) {
        open.push(new Place(no.get(place.node()).intValue(), place.depth() + 1));
      }
    }
    int features = new HashSet<>(integers(node, "nodes_featureids")).size();
    return new EnsembleShape(
        roots.size(), depth, integers(node, "leaf_targetids").size(), features);
  }

  private record Name(long tree, long node) {}

  private static EnsembleShape fromNodes(NodeProto node) {
    List<Long> trees = integers(node, "nodes_treeids");
    List<Long> names = integers(node, "nodes_nodeids");
    List<Long> yes = integers(node, "nodes_truenodeids");
    List<Long> no = integers(node, "nodes_falsenodeids");
    List<Long> features = integers(node, "nodes_featureids");
    Map<Name, Integer> places = new HashMap<>();
    Map<Long, Integer> roots = new HashMap<>();
    for (int i = 0; i < trees.size(); i++) {
      places.put(new Name(trees.get(i), names.get(i)), i);
      roots.putIfAbsent(trees.get(i), i);
    }
    Set<Long> used = new HashSet<>();
    int depth = 0;
    int leaves = 0;
    Deque<Place> open = new ArrayDeque<>();
    roots.values().forEach(root -> open.push(new Place(root, 0)));
    boolean[] seen = new boolean[trees.size()];
    while (!open.isEmpty()) {
      Place place = open.pop();
      int at = place.node();
      if (seen[at]) {
        continue;
      }
      seen[at] = true;
      if (isLeaf(node, at)) {
        leaves++;
        depth = Math.max(depth, place.depth());
      } else {
        used.add(features.get(at));
        open.push(new Place(places.get(new Name(trees.get(at), yes.get(at))), place.depth() + 1));
        open.push(new Place(places.get(new Name(trees.get(at), no.get(at))), place.depth() + 1));
      }
    }
    return new EnsembleShape(roots.size(), depth, leaves, used.size());
  }

  private static boolean isLeaf(NodeProto node, int at) {
    return attribute(node, "nodes_modes").getStrings(at).toStringUtf8().equals("LEAF");
  }

  private static List<Long> integers(NodeProto node, String name) {
    return attribute(node, name).getIntsList();
  }

  private static AttributeProto attribute(NodeProto node, String name) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .findFirst()
        .orElse(AttributeProto.getDefaultInstance());
  }
}
