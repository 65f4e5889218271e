package io.auspex.udf.predict;

import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Output;
import io.auspex.udf.onnx.rewrite.SessionGraph.Form;
import io.auspex.udf.onnx.rewrite.SessionGraph.Read;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;

/**
 * The column of an output that is a sequence of tensors: each row's tensor, or, where a run is of
 * one row, that row's tensors as a list. Tensors of one sequence may have different sizes. For one
 * thread.
 */
final class SequenceFilling implements OutputColumn.Filling {
  private final Read read;
  private final ColumnShape shape;
  private final Batch batch;
  private final String model;
  private final LeafCopy values;
  private final BitSet nulls = new BitSet();

  /** By level, how many elements each list has. */
  private final List<List<Integer>> sizes = new ArrayList<>();

  private int rows;

  SequenceFilling(Read read, ColumnShape shape, Batch batch, String model) {
    this.read = read;
    this.shape = shape;
    this.batch = batch;
    this.model = model;
    this.values = LeafCopy.of(read.type());
    if (!read.output().isScalar()) {
      read.output().rowShape().forEach(level -> sizes.add(new ArrayList<>()));
    }
  }

  @Override
  public Optional<OnnxTensor> target(Run run) {
    return Optional.empty();
  }

  @Override
  public void take(Run run, OnnxValue value) throws OrtException {
    List<? extends OnnxValue> all = ((OnnxSequence) value).getValue();
    try {
      // The last one only ends it.
      List<? extends OnnxValue> tensors = all.subList(0, all.size() - 1);
      if (read.form() == Form.OPTIONAL) {
        takeOptional(run, tensors);
      } else if (isEntryOfRow(tensors)) {
        takeEntries(run, tensors);
      } else {
        takeWhole(run, tensors);
      }
    } finally {
      OnnxValue.close(all);
    }
  }

  /** Whether each tensor is a row's, rather than all of them the one row's. */
  private boolean isEntryOfRow(List<? extends OnnxValue> tensors) throws OrtException {
    return !tensors.isEmpty()
        && dimensions(tensors.get(0)).length == read.output().rowShape().size();
  }

  private void takeOptional(Run run, List<? extends OnnxValue> tensors) throws OrtException {
    if (tensors.isEmpty()) {
      skip(run);
      return;
    }
    long[] dimensions = dimensions(tensors.get(0));
    int rank = read.output().rowShape().size();
    boolean countsRow = dimensions.length == rank + 1 && dimensions[0] == 1;
    add(
        (OnnxTensor) tensors.get(0),
        countsRow ? Arrays.copyOfRange(dimensions, 1, dimensions.length) : dimensions,
        0);
    rows++;
  }

  private void takeEntries(Run run, List<? extends OnnxValue> tensors) throws OrtException {
    if (tensors.size() != run.computed()) {
      throw unexpected(tensors.size() + " tensors for " + run.computed() + " rows");
    }
    for (int i = 0; i < run.rows(); i++) {
      add((OnnxTensor) tensors.get(i), dimensions(tensors.get(i)), 0);
      rows++;
    }
  }

  private void takeWhole(Run run, List<? extends OnnxValue> tensors) throws OrtException {
    if (run.computed() != 1 || sizes.isEmpty()) {
      throw unexpected(tensors.size() + " tensors for " + run.computed() + " rows");
    }
    sizes.get(0).add(tensors.size());
    for (OnnxValue tensor : tensors) {
      add((OnnxTensor) tensor, dimensions(tensor), 1);
    }
    rows++;
  }

  private static long[] dimensions(OnnxValue tensor) {
    return ((OnnxTensor) tensor).getInfo().getShape();
  }

  private void add(OnnxTensor tensor, long[] dimensions, int level) throws OrtException {
    long count = LongStream.of(dimensions).reduce(1, Math::multiplyExact);
    if (!isDeclared(dimensions, level)) {
      throw unexpected("a tensor " + Arrays.toString(dimensions));
    }
    long lists = 1;
    for (int i = 0; i < dimensions.length && !sizes.isEmpty(); i++) {
      int size = Math.toIntExact(dimensions[i]);
      for (long list = 0; list < lists; list++) {
        sizes.get(level + i).add(size);
      }
      lists *= size;
    }
    values.add(tensor, Math.toIntExact(count));
  }

  private boolean isDeclared(long[] dimensions, int level) {
    Output output = read.output();
    if (output.isScalar()) {
      return LongStream.of(dimensions).allMatch(size -> size == 1);
    }
    boolean fits = dimensions.length == sizes.size() - level;
    for (int i = 0; fits && i < dimensions.length; i++) {
      long declared = output.rowShape().get(level + i);
      fits = declared < 0 || declared == dimensions[i];
    }
    return fits;
  }

  private AuspexException unexpected(String found) {
    return OutputColumn.undeclared(model, read, found);
  }

  /** A NULL: arrays must have their size, lists may be empty. */
  @Override
  public void skip(Run run) {
    for (int row = 0; row < run.rows(); row++) {
      nulls.set(rows++);
      long lists = 1;
      for (int level = 0; level < sizes.size(); level++) {
        int size = (int) Math.max(0, read.output().rowShape().get(level));
        for (long list = 0; list < lists; list++) {
          sizes.get(level).add(size);
        }
        lists *= size;
      }
      values.skip(Math.toIntExact(lists));
    }
  }

  @Override
  public FieldVector column(BufferAllocator allocator) {
    nulls.or(batch.nullRows());
    FieldVector column = shape.field().createVector(allocator);
    try {
      FieldVector level = column;
      BitSet missing = nulls;
      int length = rows;
      for (List<Integer> ofLevel : sizes) {
        int[] ones = new int[ofLevel.size()];
        Arrays.fill(ones, 1);
        int[] each = ofLevel.stream().mapToInt(Integer::intValue).toArray();
        if (level instanceof FixedSizeListVector) {
          Vectors.load(level, length, missing);
        } else {
          try (ArrowBuf offsets = Vectors.offsets(level.getAllocator(), ones, each)) {
            Vectors.load(level, length, missing, offsets);
          }
        }
        missing = new BitSet();
        length = Arrays.stream(each).sum();
        level = Vectors.elements(level);
      }
      values.load(level, length, missing);
      return column;
    } catch (RuntimeException | Error failed) {
      column.close();
      throw failed;
    }
  }
}
