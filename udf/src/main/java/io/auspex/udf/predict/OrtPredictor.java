package io.auspex.udf.predict;

import ai.onnxruntime.OrtException;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.onnx.RuntimeMessage;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * Predicts with ONNX Runtime, on the thread that calls. The predictions of a batch are, bit for
 * bit, those of a plain session with one intra-op thread over the same rows.
 */
final class OrtPredictor implements Predictor {
  private final String model;
  private final SessionCache.Lease lease;
  private final List<InputFeed> feeds;

  OrtPredictor(String model, SessionCache.Lease lease, List<Feature> features) {
    this.model = model;
    this.lease = lease;
    this.feeds =
        lease.session().feeds().stream()
            .map(feed -> InputFeed.of(feed, features, lease.session().utf8(), model))
            .toList();
  }

  @Override
  public List<FieldVector> predict(
      List<FieldVector> features, int rows, BufferAllocator allocator, Cancellation cancellation) {
    if (cancellation.isCancelled()) {
      throw new AuspexException(ErrorCode.CANCELLED);
    }
    if (rows == 0) {
      return lease.session().empty(allocator);
    }
    try (Batch batch = new Batch(rows, allocator)) {
      for (InputFeed feed : feeds) {
        feed.feed(batch, features);
      }
      return batch.nullRows().cardinality() == rows
          ? lease.session().nulls(batch, allocator)
          : lease.session().run(batch, allocator, cancellation);
    } catch (OrtException failed) {
      if (cancellation.isCancelled()) {
        throw new AuspexException(ErrorCode.CANCELLED).causedBy(failed);
      }
      throw new AuspexException(ErrorCode.PREDICTION_FAILED, model, RuntimeMessage.reason(failed))
          .causedBy(failed);
    }
  }

  @Override
  public void close() {
    lease.close();
  }
}
