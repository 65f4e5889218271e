package io.auspex.udf.onnx.rewrite;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.auspex.udf.onnx.edit.GraphEditor;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes outputs nobody asked for, and the nodes that compute only them.
 *
 * <pre>
 * before:  x → A → label          after (label asked for):  x → A → label
 *              A → B → scores
 * </pre>
 */
final class TrimOutputs {
  private TrimOutputs() {}

  static void apply(GraphEditor editor, Collection<String> asked) {
    GraphProto.Builder graph = editor.graph();
    List<ValueInfoProto> kept =
        graph.getOutputList().stream().filter(output -> asked.contains(output.getName())).toList();
    graph.clearOutput().addAllOutput(kept);

    Set<String> needed = new HashSet<>(asked);
    Deque<NodeProto> nodes = new ArrayDeque<>();
    // A graph's nodes are sorted, so that from the end each comes after all its readers.
    for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
      NodeProto node = graph.getNode(i);
      if (node.getOutputList().stream().anyMatch(needed::contains)) {
        nodes.addFirst(node);
        collectReads(node, needed);
      }
    }
    graph.clearNode().addAllNode(nodes);
  }

  /** What a node reads; its subgraphs read values of the graphs around them by name. */
  private static void collectReads(NodeProto node, Set<String> reads) {
    node.getInputList().stream().filter(name -> !name.isEmpty()).forEach(reads::add);
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasG()) {
        collectReads(attribute.getG(), reads);
      }
      attribute.getGraphsList().forEach(subgraph -> collectReads(subgraph, reads));
    }
  }

  private static void collectReads(GraphProto subgraph, Set<String> reads) {
    subgraph.getNodeList().forEach(node -> collectReads(node, reads));
    subgraph.getOutputList().forEach(output -> reads.add(output.getName()));
  }
}
