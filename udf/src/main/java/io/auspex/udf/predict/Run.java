package io.auspex.udf.predict;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.auspex.catalog.Batching;
import io.auspex.catalog.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The rows of a batch that the model takes at a time, as tensors over the batch's memory, which are
 * freed with this. Where the model always takes k rows and fewer are left, the last row fills up;
 * what comes of that is thrown away. For one thread.
 */
final class Run implements AutoCloseable {
  private final Batch batch;
  private final Batching batching;
  private final int from;
  private final int rows;
  private final List<OnnxTensor> tensors = new ArrayList<>();

  private Run(Batch batch, Batching batching, int from, int rows) {
    this.batch = batch;
    this.batching = batching;
    this.from = from;
    this.rows = rows;
  }

  /** The run that begins with the row {@code from}. */
  static Run at(int from, Batch batch, Batching batching) {
    return new Run(batch, batching, from, batching.rowsOfRun(batch.rows() - from));
  }

  /** The first row's number. */
  int from() {
    return from;
  }

  /** How many of the batch's rows these are. */
  int rows() {
    return rows;
  }

  /** How many rows the model computes: more than {@link #rows} where the last row fills up. */
  int computed() {
    return batching.isOpen() || !batching.hasDimension() ? rows : (int) batching.rows();
  }

  /** Whether the prediction of each of the rows is NULL, so that it need not be computed. */
  boolean isNull() {
    return batch.nullRows().get(from, from + rows).cardinality() == rows;
  }

  /** What is fed, by the tensors' names. */
  Map<String, OnnxTensor> inputs() throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>(batch.words());
    for (Batch.Values values : batch.values()) {
      inputs.put(values.name(), tensor(memory(values), values.type(), values.rowShape()));
    }
    return inputs;
  }

  private ByteBuffer memory(Batch.Values values) {
    int rowBytes = values.rowBytes();
    ByteBuffer mine =
        slice(
            values.memory(),
            Math.multiplyExact(from, rowBytes),
            Math.multiplyExact(rows, rowBytes));
    if (computed() == rows) {
      return mine;
    }
    int bytes = Math.multiplyExact(computed(), rowBytes);
    ByteBuffer filled = Batch.bytes(batch.scratch(bytes), 0, bytes);
    ByteBuffer last = slice(mine, (rows - 1) * rowBytes, rowBytes);
    filled.put(mine);
    while (filled.hasRemaining()) {
      filled.put(last.duplicate());
    }
    return filled.flip();
  }

  private static ByteBuffer slice(ByteBuffer memory, int offset, int bytes) {
    return memory.slice(offset, bytes).order(ByteOrder.nativeOrder());
  }

  /** A tensor of this run's rows that lies over {@code memory}. */
  OnnxTensor tensor(ByteBuffer memory, ElementType type, long[] rowShape) throws OrtException {
    OrtEnvironment environment = OrtSessions.environment();
    long[] shape = shape(rowShape);
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

  private long[] shape(long[] rowShape) {
    return batching.hasDimension()
        ? LongStream.concat(LongStream.of(computed()), LongStream.of(rowShape)).toArray()
        : rowShape;
  }

  @Override
  public void close() {
    tensors.forEach(OnnxTensor::close);
  }
}
