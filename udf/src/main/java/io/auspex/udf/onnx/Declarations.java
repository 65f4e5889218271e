package io.auspex.udf.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ElementType;
import io.auspex.catalog.ErrorCode;
import java.util.List;
import java.util.stream.Collectors;

/** What types and shapes in a model file mean, and the refusal of those that no table has. */
final class Declarations {
  static final long DYNAMIC = -1;

  private final String model;

  /**
   * @param model what messages call the file
   */
  Declarations(String model) {
    this.model = model;
  }

  /** The element type of this code; MODEL_UNSUPPORTED where Auspex has none. */
  ElementType elementType(int code, String of) {
    ElementType type = ElementType.ofOnnx(code);
    if (type == null) {
      TensorProto.DataType known = TensorProto.DataType.forNumber(code);
      throw unsupported(
          of + " holds elements of type " + (known == null ? String.valueOf(code) : known.name()),
          "Export it with numbers, booleans or strings.");
    }
    return type;
  }

  /** Bytes of an element of this code; 0 for strings and what Auspex has no type for. */
  static int bytes(int code) {
    ElementType type = ElementType.ofOnnx(code);
    return type == null ? 0 : type.bytes();
  }

  /** Its dimensions, {@link #DYNAMIC} where only named or open. */
  static List<Long> shape(TensorShapeProto shape) {
    return shape.getDimList().stream().map(Declarations::extent).toList();
  }

  private static long extent(Dimension dimension) {
    return dimension.hasDimValue() ? Math.max(DYNAMIC, dimension.getDimValue()) : DYNAMIC;
  }

  /** A shape for people: {@code [?, 20]}. */
  static String written(List<Long> shape) {
    return shape.stream()
        .map(extent -> extent < 0 ? "?" : extent.toString())
        .collect(Collectors.joining(", ", "[", "]"));
  }

  AuspexException unsupported(String found, String advice) {
    return new AuspexException(ErrorCode.MODEL_UNSUPPORTED, model, found, advice);
  }
}
