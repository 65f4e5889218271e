package io.auspex.udf.predict;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.expression.Expression.Column;
import io.auspex.udf.kernel.SumBound;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/** Predicts with a program of our own, on the thread that calls. */
final class KernelPredictor implements Predictor {
  private final KernelModel model;
  private final SessionCache.Lease lease;
  private final List<Feature> features;
  private final int[] ordinals;
  private final WantedRows wanted;

  /**
   * @param lease of the model, given back with this
   * @param bound of the predictions that are wanted
   * @param features a column for each value of the inputs that the program reads, none an array
   * @param mayExpect whether earlier predictors may tell which predictions are wanted
   */
  KernelPredictor(
      KernelModel model,
      SessionCache.Lease lease,
      List<Feature> features,
      Optional<OutputBound> bound,
      boolean mayExpect) {
    this.model = model;
    this.lease = lease;
    this.features = List.copyOf(features);
    this.wanted = bound.map(of -> wanted(model, of, mayExpect)).orElse(null);
    this.ordinals =
        model.program().reads().stream()
            .mapToInt(read -> ordinal(read.column(), features))
            .toArray();
  }

  private static WantedRows wanted(KernelModel model, OutputBound bound, boolean mayExpect) {
    KernelModel.Target target = model.targets().get(bound.output());
    return target.output().isScalar()
        ? WantedRows.of(model.program(), bound, target.first(), mayExpect)
        : null;
  }

  private static int ordinal(Column column, List<Feature> features) {
    for (int i = 0; i < features.size(); i++) {
      Feature feature = features.get(i);
      if (feature.input().name().equals(column.input().name()) && feature.slot() == column.slot()) {
        return i;
      }
    }
    throw new IllegalArgumentException(column.toString());
  }

  @Override
  public List<FieldVector> predict(
      List<FieldVector> columns, int rows, BufferAllocator allocator, Cancellation cancellation) {
    if (cancellation.isCancelled()) {
      throw new AuspexException(ErrorCode.CANCELLED);
    }
    try (Batch batch = new Batch(rows, allocator)) {
      markNulls(columns, batch);
      SumBound bound = wanted == null ? null : wanted.sum();
      List<KernelOutput> outputs =
          model.targets().stream()
              .map(target -> new KernelOutput(target, batch, bound == null))
              .toList();
      List<FieldVector> read = IntStream.of(ordinals).mapToObj(columns::get).toList();
      BitSet unwanted = new BitSet();
      unwanted.set(0, bound == null ? 0 : rows);
      double spared =
          model
              .program()
              .run(
                  new FeatureSource(read, model.program().reads()),
                  rows,
                  bound,
                  (places, count, values) -> {
                    outputs.forEach(output -> output.take(places, count, values));
                    if (wanted != null) {
                      wanted.take(values, places, count, batch.nullRows());
                    }
                    if (bound != null) {
                      clear(unwanted, places, count);
                    }
                  });
      if (wanted != null) {
        wanted.saw(rows);
      }
      if (bound != null && rows > 0) {
        wanted.spared(spared);
      }
      batch.nullRows().or(unwanted);
      return Vectors.collect(outputs, output -> output.column(allocator));
    }
  }

  private static void clear(BitSet unwanted, int[] places, int count) {
    for (int row = 0; row < count; row++) {
      unwanted.clear(places[row]);
    }
  }

  /** A NULL where there is no NaN makes the row's prediction NULL, whoever reads it. */
  private void markNulls(List<FieldVector> columns, Batch batch) {
    for (int i = 0; i < columns.size(); i++) {
      if (!features.get(i).input().type().isFloatingPoint()) {
        Cells.forEachNull(columns.get(i), 0, batch.rows(), batch.nullRows()::set);
      }
    }
  }

  @Override
  public boolean isComplete() {
    return wanted == null || wanted.isComplete();
  }

  @Override
  public void wasNotComplete() {
    if (!isComplete()) {
      wanted.wasNotComplete();
    }
  }

  @Override
  public void close() {
    if (wanted != null) {
      wanted.close();
    }
    lease.close();
  }
}
