package io.auspex.udf.predict;

import ai.onnxruntime.OrtException;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.onnx.RuntimeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * Predicts with ONNX Runtime, on the thread that calls. The predictions of a batch are, bit for
 * bit, those of a plain session with one intra-op thread over the same rows.
 */
final class OrtPredictor implements Predictor {
  private final String model;
  private final SessionCache.Lease lease;
  private final ModelSession session;
  private final List<InputFeed> feeds;
  private final LongAdder bindNanos = new LongAdder();

  /**
   * @param lease of the session, given back with this
   */
  OrtPredictor(
      String model, SessionCache.Lease lease, ModelSession session, List<Feature> features) {
    this.model = model;
    this.lease = lease;
    this.session = session;
    this.feeds =
        session.feeds().stream()
            .map(feed -> InputFeed.of(feed, features, session.pad(feed), session.utf8(), model))
            .toList();
  }

  @Override
  public List<FieldVector> predict(
      List<FieldVector> features, int rows, BufferAllocator allocator, Cancellation cancellation) {
    if (cancellation.isCancelled()) {
      throw new AuspexException(ErrorCode.CANCELLED);
    }
    if (rows == 0) {
      return session.empty(allocator);
    }
    List<RowSizes> sizes =
        feeds.stream().flatMap(feed -> feed.sizes(features, rows).stream()).toList();
    List<int[]> groups =
        sizes.isEmpty() ? List.of() : RowGroups.of(rows, sizes, session.batching());
    // One group may be of different lengths too, where shorter rows are filled up.
    return groups.size() < 2 && sizes.stream().allMatch(size -> size.isUniform(rows))
        ? together(features, rows, allocator, cancellation)
        : apart(features, rows, sizes, groups, allocator, cancellation);
  }

  /** Rows whose arrays are not of the same length, a group of like ones after the other. */
  private List<FieldVector> apart(
      List<FieldVector> features,
      int rows,
      List<RowSizes> sizes,
      List<int[]> groups,
      BufferAllocator allocator,
      Cancellation cancellation) {
    List<List<int[]>> longest =
        groups.stream()
            .map(group -> sizes.stream().map(size -> size.longest(group)).toList())
            .toList();
    try (Regrouped results = new Regrouped(rows)) {
      for (int[] group : groups) {
        if (cancellation.isCancelled()) {
          throw new AuspexException(ErrorCode.CANCELLED);
        }
        List<FieldVector> selected = new ArrayList<>();
        try {
          for (FieldVector feature : features) {
            selected.add(RowCopy.select(feature, group, allocator));
          }
          results.add(group, together(selected, group.length, allocator, cancellation));
        } finally {
          selected.forEach(FieldVector::close);
        }
      }
      return results.columns(
          (output, row, group) -> Trim.of(session.sources(output), sizes, longest.get(group), row),
          allocator);
    }
  }

  private List<FieldVector> together(
      List<FieldVector> features, int rows, BufferAllocator allocator, Cancellation cancellation) {
    try (Batch batch = new Batch(rows, allocator)) {
      long started = System.nanoTime();
      for (InputFeed feed : feeds) {
        feed.feed(batch, features);
      }
      bindNanos.add(System.nanoTime() - started);
      return batch.nullRows().cardinality() == rows
          ? session.nulls(batch, allocator)
          : session.run(batch, allocator, cancellation);
    } catch (OrtException failed) {
      if (cancellation.isCancelled()) {
        throw new AuspexException(ErrorCode.CANCELLED).causedBy(failed);
      }
      throw new AuspexException(ErrorCode.PREDICTION_FAILED, model, RuntimeMessage.reason(failed))
          .causedBy(failed);
    }
  }

  @Override
  public long bindNanos() {
    return bindNanos.sum();
  }

  @Override
  public void close() {
    lease.close();
  }
}
