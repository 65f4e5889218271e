package io.auspex.udf.onnx.edit;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.List;

/** Nodes under construction, and their attributes. */
public final class Nodes {
  private Nodes() {}

  /** A node of the default operator set. */
  public static NodeProto.Builder of(String operator) {
    return NodeProto.newBuilder().setOpType(operator);
  }

  public static NodeProto.Builder constant(TensorProto value) {
    return of("Constant").addAttribute(attribute("value", value));
  }

  public static AttributeProto attribute(String name, long value) {
    return named(name, AttributeType.INT).setI(value).build();
  }

  public static AttributeProto attribute(String name, Iterable<Long> values) {
    return named(name, AttributeType.INTS).addAllInts(values).build();
  }

  public static AttributeProto attribute(String name, TensorProto value) {
    return named(name, AttributeType.TENSOR).setT(value).build();
  }

  public static AttributeProto attribute(String name, GraphProto value) {
    return named(name, AttributeType.GRAPH).setG(value).build();
  }

  public static AttributeProto texts(String name, List<String> values) {
    return named(name, AttributeType.STRINGS)
        .addAllStrings(values.stream().map(ByteString::copyFromUtf8).toList())
        .build();
  }

  private static AttributeProto.Builder named(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }
}
