package io.auspex.udf.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.util.HashSet;
import java.util.Set;

/**
 * Proves that a parsed message is a whole model. Protobuf does not: a file that was cut off between
 * two fields, or a message of another kind, parses.
 */
final class GraphCheck {
  private final OnnxGraph graph;
  private final String name;

  GraphCheck(OnnxGraph graph, String name) {
    this.graph = graph;
    this.name = name;
  }

  /** Throws NOT_ONNX. */
  void run() {
    require(graph.model().getOpsetImportCount() > 0, "it names no operator set; it may be cut off");
    require(graph.graph().getNodeCount() > 0, "its graph has no nodes");
    require(graph.graph().getOutputCount() > 0, "its graph has no outputs");
    checkNames(graph.graph(), Set.of());
  }

  private void checkNames(GraphProto scope, Set<String> outer) {
    Set<String> known = new HashSet<>(outer);
    scope.getInputList().forEach(input -> known.add(input.getName()));
    known.addAll(OnnxGraph.initializers(scope));
    scope.getNodeList().forEach(node -> known.addAll(node.getOutputList()));
    for (NodeProto node : scope.getNodeList()) {
      require(!node.getOpType().isEmpty(), "one of its nodes has no operator");
      for (String input : node.getInputList()) {
        require(
            input.isEmpty() || known.contains(input),
            "its node " + node.getOpType() + " reads " + input + ", which nothing computes");
      }
      node.getAttributeList().forEach(attribute -> checkAttribute(attribute, known));
    }
    for (ValueInfoProto output : scope.getOutputList()) {
      require(known.contains(output.getName()), "nothing computes its output " + output.getName());
    }
  }

  private void checkAttribute(AttributeProto attribute, Set<String> known) {
    if (attribute.hasG()) {
      checkNames(attribute.getG(), known);
    }
    attribute.getGraphsList().forEach(subgraph -> checkNames(subgraph, known));
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AuspexException(ErrorCode.NOT_ONNX, name, otherwise);
    }
  }
}
