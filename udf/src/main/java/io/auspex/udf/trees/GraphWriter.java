package io.auspex.udf.trees;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.auspex.catalog.ElementType;
import io.auspex.udf.onnx.edit.Nodes;
import java.util.List;

/**
 * Writes a graph node by node; each call returns the name of what its node computes. Not
 * thread-safe.
 */
public final class GraphWriter {
  public static final String ML = "ai.onnx.ml";

  private final GraphProto.Builder graph;
  private int values;

  public GraphWriter(String name) {
    this.graph = GraphProto.newBuilder().setName(name);
  }

  public GraphProto graph() {
    return graph.build();
  }

  /** An input {@code [N, width]}. */
  public String input(String name, ElementType type, long width) {
    graph.addInput(value(name, type, width));
    return name;
  }

  /** An output {@code [N, width]}, or {@code [N]} where the width is 0. */
  public void output(String name, ElementType type, long width, String computed) {
    into(name, "Identity", "", List.of(computed));
    graph.addOutput(value(name, type, width));
  }

  void outputOfMaps(String name, ElementType key) {
    TypeProto.Builder number =
        TypeProto.newBuilder().setTensorType(TypeProto.Tensor.newBuilder().setElemType(1));
    TypeProto.Builder map =
        TypeProto.newBuilder()
            .setMapType(TypeProto.Map.newBuilder().setKeyType(key.onnxCode()).setValueType(number));
    graph.addOutput(
        ValueInfoProto.newBuilder()
            .setName(name)
            .setType(
                TypeProto.newBuilder()
                    .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(map))));
  }

  public String node(String operator, List<String> inputs, AttributeProto... attributes) {
    return node(operator, "", inputs, attributes);
  }

  public String node(
      String operator, String domain, List<String> inputs, AttributeProto... attributes) {
    return into("v" + values++, operator, domain, inputs, attributes);
  }

  String into(
      String result,
      String operator,
      String domain,
      List<String> inputs,
      AttributeProto... attributes) {
    graph.addNode(
        Nodes.of(operator)
            .setDomain(domain)
            .setName(operator + "_" + graph.getNodeCount())
            .addAllInput(inputs)
            .addOutput(result)
            .addAllAttribute(List.of(attributes)));
    return result;
  }

  String cast(String value, ElementType type) {
    return node("Cast", List.of(value), Nodes.attribute("to", type.onnxCode()));
  }

  /** A constant; its name is given here. */
  public String constant(TensorProto.Builder tensor) {
    String name = "c" + values++;
    graph.addInitializer(tensor.setName(name));
    return name;
  }

  String scalar(ElementType type, double value) {
    return constant(tensor(type, value).clearDims());
  }

  public static TensorProto.Builder tensor(ElementType type, double... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDataType(type.onnxCode()).addDims(values.length);
    for (double value : values) {
      if (type == ElementType.FLOAT) {
        tensor.addFloatData((float) value);
      } else {
        tensor.addDoubleData(value);
      }
    }
    return tensor;
  }

  static TensorProto.Builder tensor(long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDataType(ElementType.INT64.onnxCode()).addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return tensor;
  }

  static TensorProto.Builder tensor(List<String> values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDataType(ElementType.STRING.onnxCode()).addDims(values.size());
    values.forEach(value -> tensor.addStringData(ByteString.copyFromUtf8(value)));
    return tensor;
  }

  static TensorProto.Builder flags(boolean... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDataType(ElementType.BOOL.onnxCode()).addDims(values.length);
    for (boolean value : values) {
      tensor.addInt32Data(value ? 1 : 0);
    }
    return tensor;
  }

  private static ValueInfoProto value(String name, ElementType type, long width) {
    TensorShapeProto.Builder shape =
        TensorShapeProto.newBuilder().addDim(Dimension.newBuilder().setDimParam("N"));
    if (width > 0) {
      shape.addDim(Dimension.newBuilder().setDimValue(width));
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
