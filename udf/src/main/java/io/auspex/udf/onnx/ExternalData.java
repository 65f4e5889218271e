package io.auspex.udf.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.function.UnaryOperator;

/**
 * The weights of a model that lie <a href="https://onnx.ai/onnx/repo-docs/ExternalData.html">in
 * other files</a>, wherever in the graph they are used.
 */
final class ExternalData {
  private static final String LOCATION = "location";

  private final UnaryOperator<TensorProto> move;

  private ExternalData(UnaryOperator<TensorProto> move) {
    this.move = move;
  }

  /**
   * The same model with each of these tensors replaced.
   *
   * @param move called with every tensor whose values lie elsewhere
   */
  static ModelProto replace(ModelProto model, UnaryOperator<TensorProto> move) {
    ModelProto.Builder changed = model.toBuilder();
    new ExternalData(move).graph(changed.getGraphBuilder());
    return changed.build();
  }

  static String location(TensorProto tensor) {
    return entry(tensor, LOCATION, "");
  }

  /** A number that the tensor notes, such as its offset; −1 where it does not. */
  static long number(TensorProto tensor, String key) {
    try {
      return Long.parseLong(entry(tensor, key, "-1"));
    } catch (NumberFormatException noNumber) {
      return -1;
    }
  }

  private static String entry(TensorProto tensor, String key, String otherwise) {
    return tensor.getExternalDataList().stream()
        .filter(entry -> entry.getKey().equals(key))
        .map(StringStringEntryProto::getValue)
        .findFirst()
        .orElse(otherwise);
  }

  static TensorProto at(TensorProto tensor, String location) {
    TensorProto.Builder moved = tensor.toBuilder();
    for (StringStringEntryProto.Builder entry : moved.getExternalDataBuilderList()) {
      if (entry.getKey().equals(LOCATION)) {
        entry.setValue(location);
      }
    }
    return moved.build();
  }

  private void graph(GraphProto.Builder graph) {
    for (int i = 0; i < graph.getInitializerCount(); i++) {
      if (isExternal(graph.getInitializer(i))) {
        graph.setInitializer(i, move.apply(graph.getInitializer(i)));
      }
    }
    for (NodeProto.Builder node : graph.getNodeBuilderList()) {
      node.getAttributeBuilderList().forEach(this::attribute);
    }
  }

  private void attribute(AttributeProto.Builder attribute) {
    if (attribute.hasT() && isExternal(attribute.getT())) {
      attribute.setT(move.apply(attribute.getT()));
    }
    for (int i = 0; i < attribute.getTensorsCount(); i++) {
      if (isExternal(attribute.getTensors(i))) {
        attribute.setTensors(i, move.apply(attribute.getTensors(i)));
      }
    }
    if (attribute.hasG()) {
      graph(attribute.getGBuilder());
    }
    attribute.getGraphsBuilderList().forEach(this::graph);
  }

  static boolean isExternal(TensorProto tensor) {
    return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
  }
}
