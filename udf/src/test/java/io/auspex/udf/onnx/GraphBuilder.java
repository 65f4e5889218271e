package io.auspex.udf.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.auspex.catalog.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Builds small models, well-formed or not, as an exporter would. */
final class GraphBuilder {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
  private final ModelProto.Builder model =
      ModelProto.newBuilder()
          .setIrVersion(8)
          .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
          .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(3));

  GraphBuilder input(String name, ElementType type, long... shape) {
    return input(name, type.onnxCode(), shape);
  }

  GraphBuilder input(String name, int elementCode, long... shape) {
    graph.addInput(value(name, tensor(elementCode).setShape(shape(shape))));
    return this;
  }

  /** Dimensions that are numbers, or have names. */
  GraphBuilder input(String name, ElementType type, List<Object> shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (Object dimension : shape) {
      dimensions.addDim(
          dimension instanceof Long extent
              ? Dimension.newBuilder().setDimValue(extent)
              : Dimension.newBuilder().setDimParam((String) dimension));
    }
    graph.addInput(value(name, tensor(type.onnxCode()).setShape(dimensions)));
    return this;
  }

  GraphBuilder inputWithoutShape(String name) {
    graph.addInput(value(name, tensor(1)));
    return this;
  }

  GraphBuilder output(String name, ElementType type, long... shape) {
    graph.addOutput(value(name, tensor(type.onnxCode()).setShape(shape(shape))));
    return this;
  }

  GraphBuilder outputWithoutShape(String name, ElementType type) {
    graph.addOutput(value(name, tensor(type.onnxCode())));
    return this;
  }

  GraphBuilder outputWithoutType(String name) {
    graph.addOutput(ValueInfoProto.newBuilder().setName(name));
    return this;
  }

  GraphBuilder outputOfTensors(String name, ElementType type) {
    TypeProto element = TypeProto.newBuilder().setTensorType(tensor(type.onnxCode())).build();
    graph.addOutput(
        ValueInfoProto.newBuilder()
            .setName(name)
            .setType(
                TypeProto.newBuilder()
                    .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(element))));
    return this;
  }

  GraphBuilder node(String operator, List<String> inputs, String output) {
    graph.addNode(NodeProto.newBuilder().setOpType(operator).addAllInput(inputs).addOutput(output));
    return this;
  }

  GraphBuilder zipMap(String input, String output, String... classes) {
    AttributeProto.Builder labels =
        AttributeProto.newBuilder()
            .setName("classlabels_strings")
            .setType(AttributeProto.AttributeType.STRINGS);
    for (String label : classes) {
      labels.addStrings(ByteString.copyFromUtf8(label));
    }
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("ZipMap")
            .setDomain("ai.onnx.ml")
            .addInput(input)
            .addOutput(output)
            .addAttribute(labels));
    return this;
  }

  GraphBuilder initializer(String name, float value) {
    graph.addInitializer(
        TensorProto.newBuilder().setName(name).setDataType(1).addDims(1).addFloatData(value));
    return this;
  }

  GraphBuilder externalInitializer(String name) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(1)
            .addDims(1)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                StringStringEntryProto.newBuilder().setKey("location").setValue("weights.bin")));
    return this;
  }

  GraphBuilder metadata(String key, String value) {
    model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
    return this;
  }

  GraphBuilder withoutOperatorSets() {
    model.clearOpsetImport();
    return this;
  }

  Path write(Path folder) throws IOException {
    Path file = folder.resolve("built.onnx");
    return Files.write(file, model.setGraph(graph).build().toByteArray());
  }

  private static TypeProto.Tensor.Builder tensor(int elementCode) {
    return TypeProto.Tensor.newBuilder().setElemType(elementCode);
  }

  private static ValueInfoProto value(String name, TypeProto.Tensor.Builder tensor) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static TensorShapeProto shape(long... extents) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long extent : extents) {
      Dimension.Builder dimension = Dimension.newBuilder();
      shape.addDim(extent < 0 ? dimension.setDimParam("n") : dimension.setDimValue(extent));
    }
    return shape.build();
  }
}
