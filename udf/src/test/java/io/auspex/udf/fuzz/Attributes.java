package io.auspex.udf.fuzz;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.auspex.catalog.ElementType;
import io.auspex.udf.onnx.edit.Nodes;
import java.util.List;

/** Attributes that hold numbers. */
final class Attributes {
  private Attributes() {}

  static AttributeProto floats(String name, List<Double> values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.FLOATS);
    values.forEach(value -> attribute.addFloats(value.floatValue()));
    return attribute.build();
  }

  static AttributeProto number(String name, double value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.FLOAT)
        .setF((float) value)
        .build();
  }

  /** A tensor of floats or doubles. */
  static AttributeProto tensor(String name, ElementType type, List<Double> values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.onnxCode()).addDims(values.size());
    if (type == ElementType.FLOAT) {
      values.forEach(value -> tensor.addFloatData(value.floatValue()));
    } else {
      tensor.addAllDoubleData(values);
    }
    return Nodes.attribute(name, tensor.build());
  }

  static AttributeProto bytes(String name, byte[] values) {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(ElementType.UINT8.onnxCode())
            .addDims(values.length)
            .setRawData(ByteString.copyFrom(values))
            .build();
    return Nodes.attribute(name, tensor);
  }
}
