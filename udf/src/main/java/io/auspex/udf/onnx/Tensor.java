package io.auspex.udf.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.auspex.catalog.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A constant of a graph. Treat the array as immutable.
 *
 * @param dims empty for a scalar
 * @param numbers the elements, each exactly; empty for strings
 * @param texts the elements of strings
 */
public record Tensor(ElementType type, List<Long> dims, double[] numbers, List<String> texts) {
  /** Whole numbers nearer to 0 than this are doubles, and none beside them is the same double. */
  private static final long LARGEST_WHOLE = 1L << 53;

  /** Throws IllegalArgumentException for types, and numbers, that a double does not hold. */
  public static Tensor of(TensorProto proto) {
    ElementType type = ElementType.ofOnnx(proto.getDataType());
    if (type == ElementType.STRING) {
      List<String> texts =
          proto.getStringDataList().stream().map(ByteString::toStringUtf8).toList();
      return new Tensor(type, proto.getDimsList(), new double[0], texts);
    }
    if (proto.getExternalDataCount() > 0 || type == null) {
      throw new IllegalArgumentException("a tensor " + proto.getName());
    }
    double[] numbers = proto.hasRawData() ? raw(proto.getRawData(), type) : typed(proto, type);
    return new Tensor(type, proto.getDimsList(), numbers, List.of());
  }

  private static double[] raw(ByteString data, ElementType type) {
    ByteBuffer bytes = data.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    double[] numbers = new double[bytes.remaining() / type.bytes()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          switch (type) {
            case FLOAT -> bytes.getFloat();
            case DOUBLE -> bytes.getDouble();
            case INT64 -> exact(bytes.getLong());
            case INT32 -> bytes.getInt();
            case INT16 -> bytes.getShort();
            case INT8 -> bytes.get();
            case UINT8, BOOL -> bytes.get() & 0xff;
            default -> throw new IllegalArgumentException(type.name());
          };
    }
    return numbers;
  }

  private static double[] typed(TensorProto proto, ElementType type) {
    return switch (type) {
      case FLOAT -> proto.getFloatDataList().stream().mapToDouble(Float::doubleValue).toArray();
      case DOUBLE -> proto.getDoubleDataList().stream().mapToDouble(Double::doubleValue).toArray();
      case INT64 -> proto.getInt64DataList().stream().mapToDouble(Tensor::exact).toArray();
      case INT32, INT16, INT8, UINT8, BOOL ->
          proto.getInt32DataList().stream().mapToDouble(Integer::doubleValue).toArray();
      default -> throw new IllegalArgumentException(type.name());
    };
  }

  /** A whole number that a double holds, and none beside it; IllegalArgumentException of others. */
  public static double exact(long value) {
    if (value <= -LARGEST_WHOLE || value >= LARGEST_WHOLE) {
      throw new IllegalArgumentException("a number beyond 2^53");
    }
    return value;
  }

  /** How many elements it has. */
  public int size() {
    return type == ElementType.STRING ? texts.size() : numbers.length;
  }
}
