package io.auspex.udf.predict;

import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * Computes a model over batches of rows. Thread-safe: batches may be computed side by side.
 *
 * <p>Features come in the order and the types of the {@link io.auspex.udf.binding.Feature}s the
 * predictor was made for; outputs go in the order in which they were asked for.
 */
public interface Predictor extends AutoCloseable {

  /**
   * Predicts {@code rows} rows.
   *
   * @param features a vector a feature; they stay the caller's, but the values under their NULLs
   *     may be overwritten
   * @param allocator holds the outputs
   * @return a vector an output, {@code rows} long, owned by the caller
   * @throws io.auspex.catalog.AuspexException PREDICTION_FAILED, ROW_LENGTH, or CANCELLED; then
   *     nothing stays allocated
   */
  List<FieldVector> predict(
      List<FieldVector> features, int rows, BufferAllocator allocator, Cancellation cancellation);

  /**
   * Nanoseconds that this predictor has taken so far to make tensors of features, on all threads; 0
   * where that is no step of its own.
   */
  default long bindNanos() {
    return 0;
  }

  /**
   * Whether every prediction that is wanted has been made, of the rows so far; once that is so it
   * stays so. Where it is not in the end, rows may have been left out since no query of before
   * needed their like, and all are to be predicted by another predictor, that expects nothing.
   */
  default boolean isComplete() {
    return true;
  }

  /** Has later ones expect less, where this one was not complete in the end. */
  default void wasNotComplete() {
    // It expects nothing.
  }

  /** Gives the predictor back; the session behind it may live on in the cache. */
  @Override
  void close();
}
