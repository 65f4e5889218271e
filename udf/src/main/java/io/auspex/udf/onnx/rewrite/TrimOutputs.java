package io.auspex.udf.onnx.rewrite;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.auspex.udf.onnx.edit.GraphEditor;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

    List<NodeProto> needed = needed(List.copyOf(graph.getNodeList()), asked);
    graph.clearNode().addAllNode(needed);
  }

  /** In their order, which need not be that of the computation: ONNX Runtime sorts them itself. */
  private static List<NodeProto> needed(List<NodeProto> nodes, Collection<String> asked) {
    Map<String, Integer> makers = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (String output : nodes.get(i).getOutputList()) {
        makers.put(output, i);
      }
    }
    BitSet kept = new BitSet();
    Deque<String> open = new ArrayDeque<>(asked);
    while (!open.isEmpty()) {
      Integer maker = makers.get(open.poll());
      if (maker != null && !kept.get(maker)) {
        kept.set(maker);
        Set<String> reads = new HashSet<>();
        collectReads(nodes.get(maker), reads);
        open.addAll(reads);
      }
    }
    return kept.stream().mapToObj(nodes::get).toList();
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
