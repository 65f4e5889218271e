package io.auspex.udf.predict;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Batching;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Output;
import io.auspex.udf.onnx.rewrite.SessionGraph;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * Turns one output's tensors into a column.
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
  private final Batching batching;
  private final String model;
  private final ColumnShape column;

  /** A row's dimensions, once a batch has told them, where every batch has the same. */
  private volatile long[] known;

  OutputColumn(SessionGraph.Read read, Batching batching, String model) {
    this.read = read;
    this.batching = batching;
    this.model = model;
    this.column = new ColumnShape(read.output(), read.keys());
  }

  /** The name of the tensor. */
  String tensor() {
    return read.name();
  }

  /** The column of a batch that the model does not compute: its rows are NULL, or none. */
  FieldVector blank(Batch batch, BufferAllocator allocator) {
    return column.build(
        allocator,
        batch,
        List.of(new ColumnShape.Rows(batch.rows(), blankDimensions())),
        OutputColumn::loadNulls);
  }

  private static void loadNulls(FieldVector leaf, int length) {
    leaf.setInitialCapacity(length);
    leaf.allocateNew();
    leaf.setValueCount(length);
  }

  /** Of a row that was not computed: arrays must have their size, lists may be empty. */
  private long[] blankDimensions() {
    return read.output().rowShape().stream().mapToLong(size -> Math.max(0, size)).toArray();
  }

  /**
   * Begins the column of a batch.
   *
   * @param alone whether the tensor is read by no other column, so that the model may write it into
   *     this one
   */
  Filling begin(Batch batch, boolean alone) {
    if (read.form() != SessionGraph.Form.TENSOR) {
      return new SequenceFilling(read, column, batch, model);
    }
    long[] dimensions = known;
    // For one row, some graphs leave the dimension of the rows out.
    boolean isOneRow =
        batching.hasDimension() && (batching.isOpen() ? batch.rows() : batching.rows()) == 1;
    return dimensions != null && alone && !isOneRow
        ? new Written(batch, dimensions)
        : new Copied(batch);
  }

  /** A batch's column on its way. For one thread. */
  sealed interface Filling permits Written, Copied, SequenceFilling {
    /** The tensor for the model to write to; nothing where it is to make its own. */
    Optional<OnnxTensor> target(Run run) throws OrtException;

    /** Takes over what the model made; {@code value} stays the caller's. */
    void take(Run run, OnnxValue value) throws OrtException;

    /** Leaves out rows that are NULL. */
    void skip(Run run);

    /** The column, owned by the caller. */
    FieldVector column(BufferAllocator allocator);
  }

  /** The model writes into the column's memory. */
  private final class Written implements Filling {
    private final Batch batch;
    private final long[] dimensions;
    private final long rowBytes;
    private final ArrowBuf memory;

    Written(Batch batch, long[] dimensions) {
      this.batch = batch;
      this.dimensions = dimensions;
      this.rowBytes = product(dimensions) * read.type().bytes();
      long most = batching.isOpen() ? batch.rows() : batch.rows() + batching.rows();
      this.memory = batch.scratch(most * rowBytes);
    }

    @Override
    public Optional<OnnxTensor> target(Run run) throws OrtException {
      ByteBuffer values = Batch.bytes(memory, run.from() * rowBytes, run.computed() * rowBytes);
      return Optional.of(run.tensor(values, read.type(), dimensions));
    }

    @Override
    public void take(Run run, OnnxValue value) {
      // It is written already.
    }

    @Override
    public void skip(Run run) {
      // What lies under NULLs does not matter.
    }

    @Override
    public FieldVector column(BufferAllocator allocator) {
      return column.build(
          allocator,
          batch,
          List.of(new ColumnShape.Rows(batch.rows(), dimensions)),
          (leaf, length) -> Vectors.load(leaf, length, column.leafNulls(batch), memory));
    }
  }

  /** The model's own results are copied, one run after the other. */
  private final class Copied implements Filling {
    private final Batch batch;
    private final List<ColumnShape.Rows> rows = new ArrayList<>();
    private final LeafCopy values;
    private long[] told;

    Copied(Batch batch) {
      this.batch = batch;
      this.values = LeafCopy.of(read.type());
    }

    @Override
    public Optional<OnnxTensor> target(Run run) {
      return Optional.empty();
    }

    @Override
    public void take(Run run, OnnxValue value) throws OrtException {
      OnnxTensor tensor = (OnnxTensor) value;
      long[] dimensions = dimensions(tensor.getInfo().getShape(), run);
      told = dimensions;
      rows.add(new ColumnShape.Rows(run.rows(), dimensions));
      values.add(tensor, Math.toIntExact(run.rows() * product(dimensions)));
    }

    @Override
    public void skip(Run run) {
      long[] dimensions = blankDimensions();
      rows.add(new ColumnShape.Rows(run.rows(), dimensions));
      int perRow = read.keys().isEmpty() ? (int) product(dimensions) : read.keys().size();
      values.skip(run.rows() * perRow);
    }

    @Override
    public FieldVector column(BufferAllocator allocator) {
      FieldVector vector =
          column.build(
              allocator,
              batch,
              rows,
              (leaf, length) -> values.load(leaf, length, column.leafNulls(batch)));
      if (isWritable() && isStatic() && told != null) {
        known = told;
      }
      return vector;
    }
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
        || output.rowShape().stream().allMatch(size -> size >= 0);
  }

  /** A row's dimensions; throws PREDICTION_FAILED where they are not what was declared. */
  private long[] dimensions(long[] shape, Run run) {
    boolean counted = batching.hasDimension() && shape.length > 0;
    boolean ofRows =
        counted ? shape[0] == run.computed() : !batching.hasDimension() || run.computed() == 1;
    long[] dimensions = counted ? Arrays.copyOfRange(shape, 1, shape.length) : shape;
    if (!ofRows || !column.accepts(dimensions)) {
      String found = Arrays.toString(shape).replace(" ", "");
      throw undeclared(model, read, found + " for " + run.computed() + " rows");
    }
    return dimensions;
  }

  /**
   * The error of an output that is not what the model declares.
   *
   * @param found what it is, to follow "came as"
   */
  static AuspexException undeclared(String model, SessionGraph.Read read, String found) {
    return new AuspexException(
        ErrorCode.PREDICTION_FAILED,
        model,
        "its output "
            + read.output().name()
            + " came as "
            + found
            + ", which is not what the model declares");
  }

  private static long product(long[] dimensions) {
    return LongStream.of(dimensions).reduce(1, Math::multiplyExact);
  }
}
