package io.auspex.udf.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A node's attributes, by name; one that is not there is empty. */
public final class Attributes {
  private final Map<String, AttributeProto> byName = new HashMap<>();

  private Attributes(NodeProto node) {
    node.getAttributeList().forEach(attribute -> byName.put(attribute.getName(), attribute));
  }

  public static Attributes of(NodeProto node) {
    return new Attributes(node);
  }

  private AttributeProto get(String name) {
    return byName.getOrDefault(name, AttributeProto.getDefaultInstance());
  }

  public boolean has(String name) {
    return byName.containsKey(name);
  }

  public long integer(String name, long otherwise) {
    return has(name) ? get(name).getI() : otherwise;
  }

  public double number(String name, double otherwise) {
    return has(name) ? get(name).getF() : otherwise;
  }

  public String text(String name, String otherwise) {
    return has(name) ? get(name).getS().toStringUtf8() : otherwise;
  }

  public long[] integers(String name) {
    return get(name).getIntsList().stream().mapToLong(Long::longValue).toArray();
  }

  /** The same as 32-bit numbers; throws ArithmeticException where one is larger. */
  public int[] ints(String name) {
    return get(name).getIntsList().stream().mapToInt(Math::toIntExact).toArray();
  }

  public List<String> texts(String name) {
    return get(name).getStringsList().stream().map(text -> text.toStringUtf8()).toList();
  }

  /** Floats, or the numbers of a tensor under the name with {@code _as_tensor} after it. */
  public double[] numbers(String name) {
    if (has(name + "_as_tensor")) {
      return tensor(name + "_as_tensor").numbers();
    }
    return get(name).getFloatsList().stream().mapToDouble(Float::doubleValue).toArray();
  }

  public Tensor tensor(String name) {
    return Tensor.of(get(name).getT());
  }
}
