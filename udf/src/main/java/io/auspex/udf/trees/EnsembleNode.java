package io.auspex.udf.trees;

import static io.auspex.udf.onnx.edit.Nodes.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.auspex.catalog.ElementType;
import io.auspex.udf.trees.Tree.Mode;
import io.auspex.udf.trees.Tree.Split;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The operator <a href="https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsemble.html">
 * TreeEnsemble</a> of ai.onnx.ml 5, which unlike its forerunners computes in the precision of its
 * features and knows sets of categories.
 */
final class EnsembleNode {
  private final List<Long> roots = new ArrayList<>();
  private final List<Long> features = new ArrayList<>();
  private final List<Double> splits = new ArrayList<>();
  private final ByteArrayOutputStream modes = new ByteArrayOutputStream();
  private final List<Long> trueIds = new ArrayList<>();
  private final List<Long> trueIsLeaf = new ArrayList<>();
  private final List<Long> falseIds = new ArrayList<>();
  private final List<Long> falseIsLeaf = new ArrayList<>();
  private final List<Long> missingIsTrue = new ArrayList<>();
  private final List<Double> members = new ArrayList<>();
  private final List<Long> leafTargets = new ArrayList<>();
  private final List<Double> leafWeights = new ArrayList<>();

  private EnsembleNode() {}

  /** Adds the node; returns the name of the sums {@code [N, targets]}. */
  static String write(GraphWriter writer, TreeModel model, String features) {
    EnsembleNode node = new EnsembleNode();
    model.trees().forEach(node::add);
    return node.write(writer, model.type(), model.targets(), features);
  }

  private void add(Tree tree) {
    int node = features.size();
    int leaf = leafTargets.size();
    roots.add((long) node);
    if (tree.splits().isEmpty()) {
      // ONNX Runtime reads the one leaf of a tree by the ordinal of its root; it gets two alike.
      addLeaf(tree.target(), tree.leaves()[0]);
      addLeaf(tree.target(), tree.leaves()[0]);
      add(Split.comparing(0, Mode.AT_MOST, 0, false, ~0, ~1), node, leaf);
      return;
    }
    for (double value : tree.leaves()) {
      addLeaf(tree.target(), value);
    }
    tree.splits().forEach(split -> add(split, node, leaf));
  }

  private void addLeaf(int target, double value) {
    leafTargets.add((long) target);
    leafWeights.add(value);
  }

  private void add(Split split, int firstNode, int firstLeaf) {
    features.add((long) split.feature());
    splits.add(split.threshold());
    modes.write(split.mode().ordinal());
    missingIsTrue.add(split.missingIsTrue() ? 1L : 0L);
    addChild(split.whenTrue(), firstNode, firstLeaf, trueIds, trueIsLeaf);
    addChild(split.whenFalse(), firstNode, firstLeaf, falseIds, falseIsLeaf);
    if (split.mode() == Mode.MEMBER) {
      for (int member : split.members()) {
        members.add((double) member);
      }
      members.add(Double.NaN);
    }
  }

  private static void addChild(
      int child, int firstNode, int firstLeaf, List<Long> ids, List<Long> isLeaf) {
    ids.add(child < 0 ? (long) firstLeaf + ~child : (long) firstNode + child);
    isLeaf.add(child < 0 ? 1L : 0L);
  }

  private String write(GraphWriter writer, ElementType type, int targets, String x) {
    List<AttributeProto> attributes = new ArrayList<>();
    attributes.add(attribute("n_targets", targets));
    attributes.add(attribute("aggregate_function", 1));
    attributes.add(attribute("post_transform", 0));
    attributes.add(attribute("tree_roots", roots));
    attributes.add(attribute("nodes_featureids", features));
    attributes.add(numbers("nodes_splits", type, splits));
    attributes.add(tensor("nodes_modes", modes()));
    attributes.add(attribute("nodes_truenodeids", trueIds));
    attributes.add(attribute("nodes_trueleafs", trueIsLeaf));
    attributes.add(attribute("nodes_falsenodeids", falseIds));
    attributes.add(attribute("nodes_falseleafs", falseIsLeaf));
    attributes.add(attribute("leaf_targetids", leafTargets));
    attributes.add(numbers("leaf_weights", type, leafWeights));
    if (missingIsTrue.contains(1L)) {
      attributes.add(attribute("nodes_missing_value_tracks_true", missingIsTrue));
    }
    if (!members.isEmpty()) {
      attributes.add(numbers("membership_values", type, members));
    }
    return writer.node(
        "TreeEnsemble", GraphWriter.ML, List.of(x), attributes.toArray(AttributeProto[]::new));
  }

  private TensorProto.Builder modes() {
    return TensorProto.newBuilder()
        .setDataType(ElementType.UINT8.onnxCode())
        .addDims(modes.size())
        .setRawData(ByteString.copyFrom(modes.toByteArray()));
  }

  private static AttributeProto numbers(String name, ElementType type, List<Double> values) {
    double[] numbers = values.stream().mapToDouble(Double::doubleValue).toArray();
    return tensor(name, GraphWriter.tensor(type, numbers));
  }

  private static AttributeProto tensor(String name, TensorProto.Builder value) {
    return attribute(name, value.setName(name).build());
  }
}
