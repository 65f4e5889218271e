package io.auspex.udf.predict;

import io.auspex.catalog.ElementType;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.domain.Domain;
import io.auspex.udf.domain.Domain.Numbers;
import io.auspex.udf.domain.Domains;
import io.auspex.udf.expression.Expression.Column;
import io.auspex.udf.kernel.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * Has batches whose features are all as expected computed by a smaller model, which gives the same
 * for them; others by the whole one. It owns both. Thread-safe.
 */
final class ExpectingPredictor implements Predictor {
  private static final int BLOCK_ROWS = 1024;

  private final Predictor smaller;
  private final Predictor whole;

  /** Ordinals of the features that something is expected of. */
  private final List<Integer> ordinals = new ArrayList<>();

  private final List<Program.Read> reads = new ArrayList<>();
  private final List<Numbers> ranges = new ArrayList<>();

  /**
   * @param smaller for rows that are as expected
   * @param whole for all
   * @param features none of them an array
   * @param expected of the features that are looked at
   */
  ExpectingPredictor(Predictor smaller, Predictor whole, List<Feature> features, Domains expected) {
    this.smaller = smaller;
    this.whole = whole;
    for (int i = 0; i < features.size(); i++) {
      Feature feature = features.get(i);
      Optional<Domain> domain = expected.of(feature.input(), feature.slot());
      if (domain.orElse(null) instanceof Numbers numbers) {
        Column column = new Column(feature.input(), feature.slot());
        ordinals.add(i);
        reads.add(new Program.Read(column, column.type() == ElementType.FLOAT));
        ranges.add(numbers);
      }
    }
  }

  @Override
  public List<FieldVector> predict(
      List<FieldVector> features, int rows, BufferAllocator allocator, Cancellation cancellation) {
    Predictor predictor = areAsExpected(features, rows) ? smaller : whole;
    return predictor.predict(features, rows, allocator, cancellation);
  }

  private boolean areAsExpected(List<FieldVector> features, int rows) {
    FeatureSource source = new FeatureSource(ordinals.stream().map(features::get).toList(), reads);
    double[] values = new double[BLOCK_ROWS];
    for (int i = 0; i < ranges.size(); i++) {
      for (int from = 0; from < rows; from += BLOCK_ROWS) {
        int count = Math.min(BLOCK_ROWS, rows - from);
        source.numbers(i, from, count, values);
        if (!areWithin(ranges.get(i), values, count)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean areWithin(Numbers numbers, double[] values, int count) {
    double low = numbers.low();
    double high = numbers.high();
    boolean mayBeMissing = numbers.mayBeMissing();
    boolean areWithin = true;
    for (int i = 0; i < count; i++) {
      double value = values[i];
      areWithin &= value >= low && value <= high || mayBeMissing && value != value;
    }
    return areWithin && (numbers.values().isEmpty() || areListed(numbers, values, count));
  }

  private static boolean areListed(Numbers numbers, double[] values, int count) {
    for (int i = 0; i < count; i++) {
      if (values[i] == values[i] && !numbers.has(values[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public long bindNanos() {
    return smaller.bindNanos() + whole.bindNanos();
  }

  @Override
  public void close() {
    try {
      smaller.close();
    } finally {
      whole.close();
    }
  }
}
