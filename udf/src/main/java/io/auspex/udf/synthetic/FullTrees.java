package io.auspex.udf.synthetic;

import static io.auspex.udf.onnx.edit.Nodes.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.auspex.catalog.ElementType;
import io.auspex.udf.trees.GraphWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * The node of an ensemble of full binary trees. The splits of a tree are numbered level by level,
 * so that those below split i are 2i+1 and 2i+2; of the last level these are leaves.
 */
final class FullTrees {
  private final int trees;
  private final int splits;
  private final int features;
  private final Random random;

  FullTrees(int features, int trees, int depth, Random random) {
    this.features = features;
    this.trees = trees;
    this.splits = (1 << depth) - 1;
    this.random = random;
  }

  /** Adds the node; returns the name of the sums {@code [N,1]}. */
  String write(GraphWriter graph, String x) {
    int all = trees * splits;
    int leaves = trees * (splits + 1);
    List<Long> roots = LongStream.range(0, trees).map(tree -> tree * splits).boxed().toList();
    List<Long> features = random.longs(all, 0, this.features).boxed().toList();
    return graph.node(
        "TreeEnsemble",
        GraphWriter.ML,
        List.of(x),
        attribute("n_targets", 1),
        attribute("aggregate_function", 1),
        attribute("post_transform", 0),
        attribute("tree_roots", roots),
        attribute("nodes_featureids", features),
        numbers("nodes_splits", random.doubles(all, 0, 1).toArray()),
        atMost(all),
        attribute("nodes_truenodeids", below(1)),
        attribute("nodes_trueleafs", areLeaves()),
        attribute("nodes_falsenodeids", below(2)),
        attribute("nodes_falseleafs", areLeaves()),
        attribute("leaf_targetids", Collections.nCopies(leaves, 0L)),
        numbers("leaf_weights", random.doubles(leaves, -1, 1).toArray()));
  }

  /** The splits, or leaves, below each split. */
  private List<Long> below(int side) {
    List<Long> below = new ArrayList<>();
    for (int tree = 0; tree < trees; tree++) {
      for (int split = 0; split < splits; split++) {
        int child = 2 * split + side;
        below.add(
            child < splits
                ? (long) tree * splits + child
                : (long) tree * (splits + 1) + child - splits);
      }
    }
    return below;
  }

  private List<Long> areLeaves() {
    List<Long> areLeaves = new ArrayList<>();
    for (int tree = 0; tree < trees; tree++) {
      for (int split = 0; split < splits; split++) {
        areLeaves.add(2 * split + 1 < splits ? 0L : 1L);
      }
    }
    return areLeaves;
  }

  private static AttributeProto atMost(int splits) {
    TensorProto.Builder modes =
        TensorProto.newBuilder()
            .setName("nodes_modes")
            .setDataType(ElementType.UINT8.onnxCode())
            .addDims(splits)
            .setRawData(ByteString.copyFrom(new byte[splits]));
    return attribute("nodes_modes", modes.build());
  }

  private static AttributeProto numbers(String name, double[] values) {
    return attribute(name, GraphWriter.tensor(ElementType.FLOAT, values).setName(name).build());
  }
}
