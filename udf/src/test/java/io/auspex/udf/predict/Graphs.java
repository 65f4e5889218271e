package io.auspex.udf.predict;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.auspex.catalog.ElementType;
import io.auspex.catalog.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Builds models of a few nodes for tests. */
public final class Graphs {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
  private long opset = 17;

  /** Another version of the default operator set. */
  public Graphs opset(long version) {
    opset = version;
    return this;
  }

  /** An input; −1 for a dynamic dimension. */
  public Graphs input(String name, ElementType type, long... shape) {
    graph.addInput(value(name, type, shape));
    return this;
  }

  public Graphs output(String name, ElementType type, long... shape) {
    graph.addOutput(value(name, type, shape));
    return this;
  }

  public Graphs node(String operator, String input, String output, AttributeProto... attributes) {
    return node(operator, new String[] {input}, output, attributes);
  }

  public Graphs node(
      String operator, String[] inputs, String output, AttributeProto... attributes) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).addOutput(output);
    node.addAllInput(List.of(inputs));
    if (operator.equals("LabelEncoder")) {
      node.setDomain("ai.onnx.ml");
    }
    node.addAllAttribute(List.of(attributes));
    graph.addNode(node);
    return this;
  }

  public Graphs floats(String name, float... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(ElementType.FLOAT.onnxCode())
            .addDims(values.length);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    graph.addInitializer(tensor);
    return this;
  }

  public static AttributeProto strings(String name, String... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.STRINGS);
    for (String value : values) {
      attribute.addStrings(ByteString.copyFromUtf8(value));
    }
    return attribute.build();
  }

  public static AttributeProto string(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  public static AttributeProto integers(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  public static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  private static ValueInfoProto value(String name, ElementType type, long... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (long size : shape) {
      TensorShapeProto.Dimension.Builder dimension = dimensions.addDimBuilder();
      if (size >= 0) {
        dimension.setDimValue(size);
      }
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.onnxCode()).setShape(dimensions).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** Writes the model and reads its signature. */
  public ModelVersion write(Path file) throws IOException {
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(2))
            .setGraph(graph)
            .build();
    Files.write(file, model.toByteArray());
    return Tables.model(file.getFileName().toString(), file);
  }
}
