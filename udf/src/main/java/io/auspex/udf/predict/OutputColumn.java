package io.auspex.udf.predict;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Output;
import io.auspex.udf.onnx.rewrite.SessionGraph;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * Turns one output's tensor into a column.
 *
 * <p>Where the tensor's shape is known before the model runs, the model writes into the column's
 * own memory. It is known from the second batch on, unless a declared dimension is dynamic: what a
 * file declares and what comes out differ in many a real model ({@code [N]} for {@code [N,1]}), so
 * the first batch tells.
 *
 * <p>Thread-safe.
 */
final class OutputColumn {
  private final SessionGraph.Read read;
  private final String model;
  private final ColumnShape column;

  /** A row's dimensions, once a batch has told them, where every batch has the same. */
  private volatile long[] known;

  OutputColumn(SessionGraph.Read read, String model) {
    this.read = read;
    this.model = model;
    this.column = new ColumnShape(read.output(), read.keys());
  }

  /** The name of the tensor. */
  String tensor() {
    return read.name();
  }

  /** The column of no rows. */
  FieldVector empty(BufferAllocator allocator) {
    long[] none =
        read.output().shape().stream().skip(1).mapToLong(size -> Math.max(0, size)).toArray();
    return column.build(allocator, new Batch(0, allocator), none, this::loadNothing);
  }

  private void loadNothing(FieldVector leaf, int length) {
    leaf.allocateNew();
    leaf.setValueCount(length);
  }

  /** A column for the model to write into; nothing where its result has to be copied. */
  Optional<Reserved> reserve(Batch batch) throws OrtException {
    long[] dimensions = known;
    if (dimensions == null) {
      return Optional.empty();
    }
    long bytes = batch.rows() * product(dimensions) * read.type().bytes();
    ArrowBuf memory = batch.scratch(bytes);
    ByteBuffer values = Batch.bytes(memory, 0, bytes);
    OnnxTensor tensor = batch.tensor(values, read.type(), shape(batch.rows(), dimensions));
    return Optional.of(new Reserved(tensor, memory, dimensions));
  }

  /** Memory that the model writes into, and the tensor over it. */
  record Reserved(OnnxTensor tensor, ArrowBuf memory, long[] dimensions) {}

  /** The column over memory that the model has written. */
  FieldVector written(Reserved reserved, Batch batch, BufferAllocator allocator) {
    return column.build(
        allocator,
        batch,
        reserved.dimensions(),
        (leaf, length) -> Vectors.load(leaf, length, column.leafNulls(batch), reserved.memory()));
  }

  /** The column of a copy of the model's result. */
  FieldVector copied(OnnxTensor tensor, Batch batch, BufferAllocator allocator)
      throws OrtException {
    long[] dimensions = dimensions(tensor.getInfo().getShape(), batch.rows());
    LeafCopy copy = LeafCopy.of(tensor, read.type(), column.leafNulls(batch));
    FieldVector vector = column.build(allocator, batch, dimensions, copy::load);
    if (isWritable() && isStatic()) {
      known = dimensions;
    }
    return vector;
  }

  /** Whether the vector's memory is laid out as the tensor's. */
  private boolean isWritable() {
    return switch (read.type()) {
      case BOOL, STRING, FLOAT16, BFLOAT16 -> false;
      default -> true;
    };
  }

  private boolean isStatic() {
    Output output = read.output();
    return output.isScalar()
        || output.keyType().isPresent()
        || output.shape().stream().skip(1).allMatch(size -> size >= 0);
  }

  /** A row's dimensions; throws PREDICTION_FAILED where they are not what was declared. */
  private long[] dimensions(long[] shape, int rows) {
    boolean ofRows = shape.length == 0 ? rows == 1 : shape[0] == rows;
    long[] dimensions = shape.length == 0 ? shape : Arrays.copyOfRange(shape, 1, shape.length);
    if (!ofRows || !column.accepts(dimensions)) {
      String found = Arrays.toString(shape).replace(" ", "");
      throw new AuspexException(
          ErrorCode.PREDICTION_FAILED,
          model,
          "its output "
              + read.output().name()
              + " came as "
              + found
              + " for "
              + rows
              + " rows, which is not what the model declares");
    }
    return dimensions;
  }

  private static long[] shape(int rows, long[] dimensions) {
    return LongStream.concat(LongStream.of(rows), LongStream.of(dimensions)).toArray();
  }

  private static long product(long[] dimensions) {
    return LongStream.of(dimensions).reduce(1, Math::multiplyExact);
  }
}
