package io.auspex.udf.fuzz;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.auspex.catalog.ElementType;
import io.auspex.udf.onnx.edit.Nodes;
import java.util.List;

/** A graph node by node; each call returns the name of what its node computes. */
final class Graph {
  private static final String ML = "ai.onnx.ml";
  private static final int OPSET = 17;
  private static final int IR_VERSION = 9;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("fuzz");
  private int values;

  /** An input {@code [N, width]}, or {@code [N]} where the width is 0. */
  String input(String name, ElementType type, int width) {
    graph.addInput(value(name, type, width));
    return name;
  }

  void output(String name, ElementType type, int width) {
    graph.addOutput(value(name, type, width));
  }

  String node(String operator, List<String> inputs, AttributeProto... attributes) {
    String result = "v" + values++;
    graph.addNode(
        Nodes.of(operator)
            .addAllInput(inputs)
            .addOutput(result)
            .addAllAttribute(List.of(attributes)));
    return result;
  }

  String ml(String operator, String input, AttributeProto... attributes) {
    String result = "v" + values++;
    ml(operator, List.of(input), List.of(result), List.of(attributes));
    return result;
  }

  void ml(
      String operator, List<String> inputs, List<String> outputs, List<AttributeProto> attributes) {
    graph.addNode(
        Nodes.of(operator)
            .setDomain(ML)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(attributes));
  }

  /** Columns of a matrix. */
  String extract(String matrix, String indices) {
    String result = "v" + values++;
    ml("ArrayFeatureExtractor", List.of(matrix, indices), List.of(result), List.of());
    return result;
  }

  String cast(String value, ElementType type) {
    return node("Cast", List.of(value), Nodes.attribute("to", type.onnxCode()));
  }

  String constant(long... numbers) {
    String name = "c" + values++;
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(ElementType.INT64.onnxCode())
            .addDims(numbers.length);
    for (long number : numbers) {
      tensor.addInt64Data(number);
    }
    graph.addInitializer(tensor);
    return name;
  }

  ModelProto model(int mlVersion) {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(ML).setVersion(mlVersion))
        .setGraph(graph)
        .build();
  }

  private static ValueInfoProto value(String name, ElementType type, int width) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam("N");
    if (width > 0) {
      shape.addDimBuilder().setDimValue(width);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.onnxCode()).setShape(shape)))
        .build();
  }
}
