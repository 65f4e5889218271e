package io.auspex.engine;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;

/** A model that says back its input {@code x} as {@code y}, and takes its time about it. */
final class SlowModel {
  private static final int FLOAT = 1;
  private static final int WIDTH = 256;

  private SlowModel() {}

  /**
   * Writes the model.
   *
   * @param layers each multiplies a batch with a 256 by 256 matrix: 0.13 MFLOP a row
   */
  static Path write(Path folder, int layers) throws IOException {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("slow")
            .addInput(column("x"))
            .addOutput(column("y"))
            .addInitializer(constant("widen", 1f, 1, WIDTH))
            .addInitializer(constant("mean", 1f / WIDTH, WIDTH, WIDTH))
            .addInitializer(constant("narrow", 1f / WIDTH, WIDTH, 1))
            .addNode(product("x", "widen", "h0"));
    for (int i = 0; i < layers; i++) {
      graph.addNode(product("h" + i, "mean", "h" + (i + 1)));
    }
    graph.addNode(product("h" + layers, "narrow", "y"));
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(17))
            .setGraph(graph)
            .build();
    return Files.write(folder.resolve("slow.onnx"), model.toByteArray());
  }

  private static NodeProto product(String left, String right, String result) {
    return NodeProto.newBuilder()
        .setOpType("MatMul")
        .addInput(left)
        .addInput(right)
        .addOutput(result)
        .build();
  }

  private static TensorProto constant(String name, float value, int rows, int columns) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(FLOAT)
        .addDims(rows)
        .addDims(columns)
        .addAllFloatData(Collections.nCopies(rows * columns, value))
        .build();
  }

  private static ValueInfoProto column(String name) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam("n");
    shape.addDimBuilder().setDimValue(1);
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
