package io.auspex.engine;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Tensors of files, as ONNX Runtime's, as SQL, and as lists of values. */
final class Tensors {
  private Tensors() {}

  /** The tensor for ONNX Runtime; the caller's to close. */
  static OnnxTensor of(TensorProto tensor) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
    TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
    if (type == TensorProto.DataType.STRING) {
      String[] texts =
          tensor.getStringDataList().stream()
              .map(text -> text.toStringUtf8())
              .toArray(String[]::new);
      return OnnxTensor.createTensor(environment, texts, shape);
    }
    ByteBuffer raw = raw(tensor);
    return switch (type) {
      case FLOAT -> OnnxTensor.createTensor(environment, raw.asFloatBuffer(), shape);
      case DOUBLE -> OnnxTensor.createTensor(environment, raw.asDoubleBuffer(), shape);
      case INT64 -> OnnxTensor.createTensor(environment, raw.asLongBuffer(), shape);
      case INT32 -> OnnxTensor.createTensor(environment, raw.asIntBuffer(), shape);
      case INT16 -> OnnxTensor.createTensor(environment, raw.asShortBuffer(), shape);
      case INT8 -> OnnxTensor.createTensor(environment, raw, shape, OnnxJavaType.INT8);
      case UINT8 -> OnnxTensor.createTensor(environment, raw, shape, OnnxJavaType.UINT8);
      case BOOL -> OnnxTensor.createTensor(environment, raw, shape, OnnxJavaType.BOOL);
      case FLOAT16 ->
          OnnxTensor.createTensor(environment, raw.asShortBuffer(), shape, OnnxJavaType.FLOAT16);
      default -> throw new OrtException("Java makes no tensor of " + type);
    };
  }

  /** The values as they lie in memory; a file has them so, or one by one. */
  private static ByteBuffer raw(TensorProto tensor) {
    byte[] bytes = tensor.getRawData().toByteArray();
    int typed =
        8
            * (tensor.getInt32DataCount()
                + tensor.getInt64DataCount()
                + tensor.getFloatDataCount()
                + tensor.getDoubleDataCount());
    ByteBuffer raw = ByteBuffer.allocateDirect(bytes.length + typed);
    raw.order(ByteOrder.nativeOrder()).put(bytes);
    tensor.getFloatDataList().forEach(raw::putFloat);
    tensor.getDoubleDataList().forEach(raw::putDouble);
    tensor.getInt64DataList().forEach(raw::putLong);
    for (int value : tensor.getInt32DataList()) {
      switch (TensorProto.DataType.forNumber(tensor.getDataType())) {
        case INT32 -> raw.putInt(value);
        case INT16, UINT16, FLOAT16 -> raw.putShort((short) value);
        default -> raw.put((byte) value);
      }
    }
    return raw.flip().order(ByteOrder.nativeOrder());
  }

  /** All values of a tensor, in its order. */
  static List<Object> values(OnnxTensor tensor) throws OrtException {
    List<Object> values = new ArrayList<>();
    flatten(tensor.getValue(), values);
    return values;
  }

  /**
   * The values in arrays and lists, however nested; booleans as 1 and 0, unsigned integers by bits.
   */
  static void flatten(Object value, List<Object> values) {
    if (value != null && value.getClass().isArray()) {
      IntStream.range(0, Array.getLength(value)).forEach(i -> flatten(Array.get(value, i), values));
    } else if (value instanceof List<?> list) {
      list.forEach(element -> flatten(element, values));
    } else if (value instanceof Boolean truth) {
      values.add(truth ? 1L : 0L);
    } else if (value instanceof Character character) {
      values.add((long) (short) character.charValue());
    } else if (value instanceof Byte || value instanceof Short || value instanceof Integer) {
      values.add(((Number) value).longValue());
    } else if (value instanceof CharSequence
        || value instanceof org.apache.arrow.vector.util.Text) {
      values.add(value.toString());
    } else {
      values.add(value);
    }
  }

  /**
   * The tensor, or one of the slices along its first dimension, as an SQL literal.
   *
   * @param slices how many there are
   */
  static String literal(TensorProto tensor, Optional<Integer> slice, int slices) {
    IntFunction<String> cells = cells(tensor);
    List<Long> shape = tensor.getDimsList();
    int count = shape.stream().reduce(1L, Math::multiplyExact).intValue();
    if (slice.isPresent()) {
      int size = count / slices;
      return nested(shape.subList(1, shape.size()), slice.get() * size, size, cells);
    }
    return nested(shape, 0, count, cells);
  }

  private static String nested(List<Long> shape, int from, int count, IntFunction<String> cells) {
    if (shape.isEmpty()) {
      return cells.apply(from);
    }
    int elements = shape.get(0).intValue();
    int size = elements == 0 ? 0 : count / elements;
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < elements; i++) {
      texts.add(nested(shape.subList(1, shape.size()), from + i * size, size, cells));
    }
    return "[" + String.join(", ", texts) + "]";
  }

  private static IntFunction<String> cells(TensorProto tensor) {
    ByteBuffer raw = raw(tensor);
    return switch (TensorProto.DataType.forNumber(tensor.getDataType())) {
      case FLOAT -> i -> "'" + raw.getFloat(i * 4) + "'::FLOAT";
      case DOUBLE -> i -> "'" + raw.getDouble(i * 8) + "'::DOUBLE";
      case INT64 -> i -> Long.toString(raw.getLong(i * 8));
      case INT32 -> i -> Integer.toString(raw.getInt(i * 4));
      case INT16 -> i -> Short.toString(raw.getShort(i * 2));
      case INT8 -> i -> Byte.toString(raw.get(i));
      case UINT8 -> i -> Integer.toString(Byte.toUnsignedInt(raw.get(i)));
      case BOOL -> i -> raw.get(i) != 0 ? "true" : "false";
      case FLOAT16 ->
          i ->
              "'"
                  + ai.onnxruntime.platform.Fp16Conversions.fp16ToFloat(raw.getShort(i * 2))
                  + "'::FLOAT";
      case STRING -> i -> io.auspex.catalog.Names.literal(tensor.getStringData(i).toStringUtf8());
      default -> throw new IllegalArgumentException(tensor.getName());
    };
  }
}
