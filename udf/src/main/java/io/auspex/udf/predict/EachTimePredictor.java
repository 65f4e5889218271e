package io.auspex.udf.predict;

import java.util.List;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * Opens a predictor for each batch, and holds none between them.
 *
 * @param opening what is opened, closed after the batch
 */
record EachTimePredictor(Supplier<Predictor> opening) implements Predictor {

  @Override
  public List<FieldVector> predict(
      List<FieldVector> features, int rows, BufferAllocator allocator, Cancellation cancellation) {
    try (Predictor predictor = opening.get()) {
      return predictor.predict(features, rows, allocator, cancellation);
    }
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
