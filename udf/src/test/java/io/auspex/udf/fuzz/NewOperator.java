package io.auspex.udf.fuzz;

import static io.auspex.udf.onnx.edit.Nodes.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.auspex.catalog.ElementType;
import io.auspex.udf.fuzz.Node.Leaf;
import io.auspex.udf.fuzz.Node.Split;
import io.auspex.udf.fuzz.Node.Weight;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Trees as attributes of TreeEnsemble of ai.onnx.ml 5. */
final class NewOperator {
  private final List<Long> roots = new ArrayList<>();
  private final List<Long> features = new ArrayList<>();
  private final List<Double> splits = new ArrayList<>();
  private final ByteArrayOutputStream modes = new ByteArrayOutputStream();
  private final List<Long> yes = new ArrayList<>();
  private final List<Long> yesIsLeaf = new ArrayList<>();
  private final List<Long> no = new ArrayList<>();
  private final List<Long> noIsLeaf = new ArrayList<>();
  private final List<Long> missingIsTrue = new ArrayList<>();
  private final List<Double> members = new ArrayList<>();
  private final List<Long> targets = new ArrayList<>();
  private final List<Double> weights = new ArrayList<>();

  private NewOperator() {}

  /** Of each leaf the first weight is written. */
  static List<AttributeProto> attributes(List<Node> forest, boolean missing, ElementType type) {
    NewOperator operator = new NewOperator();
    for (Node root : forest) {
      operator.roots.add((long) operator.features.size());
      if (root instanceof Leaf leaf) {
        operator.addAlone(leaf);
      } else {
        operator.add((Split) root);
      }
    }
    while (operator.targets.size() < operator.features.size()) {
      operator.add(new Leaf(List.of(new Weight(0, 1))));
    }
    return operator.attributes(missing, type);
  }

  /**
   * A tree that is a leaf is a split with the same leaf twice. ONNX Runtime 1.28 reads the leaf at
   * the split's own place, so that one it is.
   */
  private void addAlone(Leaf leaf) {
    long place = features.size();
    add(leaf);
    features.add(0L);
    splits.add(0.0);
    modes.write(0);
    missingIsTrue.add(0L);
    yes.add(place);
    yesIsLeaf.add(1L);
    no.add(place);
    noIsLeaf.add(1L);
  }

  private long add(Leaf leaf) {
    Weight weight = leaf.weights().get(0);
    targets.add((long) weight.target());
    weights.add(weight.value());
    return targets.size() - 1;
  }

  private long add(Split split) {
    int place = features.size();
    features.add((long) split.feature());
    splits.add(split.threshold());
    modes.write(split.mode().ordinal());
    missingIsTrue.add(split.missingIsTrue() ? 1L : 0L);
    if (!split.members().isEmpty()) {
      members.addAll(split.members());
      members.add(Double.NaN);
    }
    for (List<Long> list : List.of(yes, yesIsLeaf, no, noIsLeaf)) {
      list.add(-1L);
    }
    child(split.whenTrue(), place, yes, yesIsLeaf);
    child(split.whenFalse(), place, no, noIsLeaf);
    return place;
  }

  private void child(Node node, int parent, List<Long> ids, List<Long> isLeaf) {
    ids.set(parent, node instanceof Leaf leaf ? add(leaf) : add((Split) node));
    isLeaf.set(parent, node instanceof Leaf ? 1L : 0L);
  }

  private List<AttributeProto> attributes(boolean missing, ElementType type) {
    List<AttributeProto> attributes = new ArrayList<>();
    attributes.add(attribute("tree_roots", roots));
    attributes.add(attribute("nodes_featureids", features));
    attributes.add(Attributes.tensor("nodes_splits", type, splits));
    attributes.add(Attributes.bytes("nodes_modes", modes.toByteArray()));
    attributes.add(attribute("nodes_truenodeids", yes));
    attributes.add(attribute("nodes_trueleafs", yesIsLeaf));
    attributes.add(attribute("nodes_falsenodeids", no));
    attributes.add(attribute("nodes_falseleafs", noIsLeaf));
    attributes.add(attribute("leaf_targetids", targets));
    attributes.add(Attributes.tensor("leaf_weights", type, weights));
    if (missing) {
      attributes.add(attribute("nodes_missing_value_tracks_true", missingIsTrue));
    }
    if (!members.isEmpty()) {
      attributes.add(Attributes.tensor("membership_values", type, members));
    }
    return attributes;
  }
}
