package io.auspex.udf.predict;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.auspex.catalog.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What one prediction holds besides its features and its results: tensors and scratch memory, all
 * freed with it. For one thread.
 */
final class Batch implements AutoCloseable {
  private final int rows;
  private final BufferAllocator allocator;
  private final Map<String, OnnxTensor> inputs = new HashMap<>();
  private final List<OnnxTensor> tensors = new ArrayList<>();
  private final List<ArrowBuf> scratch = new ArrayList<>();
  private final BitSet nullRows = new BitSet();

  Batch(int rows, BufferAllocator allocator) {
    this.rows = rows;
    this.allocator = allocator;
  }

  int rows() {
    return rows;
  }

  /** What is fed, by the tensors' names. */
  Map<String, OnnxTensor> inputs() {
    return inputs;
  }

  /** Rows whose prediction is NULL. */
  BitSet nullRows() {
    return nullRows;
  }

  void feed(String name, OnnxTensor tensor) {
    inputs.put(name, tensor);
  }

  /** Memory that lives as long as the batch, not cleared. */
  ArrowBuf scratch(long bytes) {
    ArrowBuf buffer = allocator.buffer(bytes);
    scratch.add(buffer);
    return buffer;
  }

  /** A tensor that lies over the first bytes of {@code memory}. */
  OnnxTensor tensor(ByteBuffer memory, ElementType type, long... shape) throws OrtException {
    OrtEnvironment environment = OrtSessions.environment();
    OnnxTensor tensor =
        switch (type) {
          case FLOAT -> OnnxTensor.createTensor(environment, memory.asFloatBuffer(), shape);
          case DOUBLE -> OnnxTensor.createTensor(environment, memory.asDoubleBuffer(), shape);
          case FLOAT16 ->
              OnnxTensor.createTensor(
                  environment, memory.asShortBuffer(), shape, OnnxJavaType.FLOAT16);
          case BFLOAT16 ->
              OnnxTensor.createTensor(
                  environment, memory.asShortBuffer(), shape, OnnxJavaType.BFLOAT16);
          case INT16 -> OnnxTensor.createTensor(environment, memory.asShortBuffer(), shape);
          case INT32 -> OnnxTensor.createTensor(environment, memory.asIntBuffer(), shape);
          case INT64 -> OnnxTensor.createTensor(environment, memory.asLongBuffer(), shape);
          case INT8 -> OnnxTensor.createTensor(environment, memory, shape, OnnxJavaType.INT8);
          case UINT8 -> OnnxTensor.createTensor(environment, memory, shape, OnnxJavaType.UINT8);
          case BOOL -> OnnxTensor.createTensor(environment, memory, shape, OnnxJavaType.BOOL);
          default -> throw new IllegalArgumentException(type.name());
        };
    tensors.add(tensor);
    return tensor;
  }

  /** A tensor of strings, which are copied. */
  OnnxTensor tensor(String[] words) throws OrtException {
    OnnxTensor tensor =
        OnnxTensor.createTensor(OrtSessions.environment(), words, new long[] {words.length});
    tensors.add(tensor);
    return tensor;
  }

  /** {@code bytes} of {@code memory} as a buffer in the machine's byte order. */
  static ByteBuffer bytes(ArrowBuf memory, long offset, long bytes) {
    return memory.nioBuffer(offset, Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
  }

  @Override
  public void close() {
    tensors.forEach(OnnxTensor::close);
    scratch.forEach(ArrowBuf::close);
  }
}
