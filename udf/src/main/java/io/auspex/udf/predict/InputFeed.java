package io.auspex.udf.predict;

import ai.onnxruntime.OrtException;
import io.auspex.catalog.ElementType;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.onnx.rewrite.SessionGraph;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.FieldVector;

/** Makes one input's tensor out of a batch's columns. Immutable. */
sealed interface InputFeed permits ColumnFeed, ArrayFeed, WordFeed {

  /** Feeds the input, and marks the rows that cannot be predicted for a NULL. */
  void feed(Batch batch, List<FieldVector> features) throws OrtException;

  /** The feed of an input from those of the features that are bound to it. */
  static InputFeed of(SessionGraph.Feed to, List<Feature> features, String model) {
    int[] columns =
        IntStream.range(0, features.size())
            .filter(i -> features.get(i).input().name().equals(to.input().name()))
            .boxed()
            .sorted((a, b) -> features.get(a).slot() - features.get(b).slot())
            .mapToInt(Integer::intValue)
            .toArray();
    boolean array = features.get(columns[0]).sqlType().endsWith("]");
    if (to.input().type() == ElementType.STRING) {
      return new WordFeed(to, columns, array, model);
    }
    return array ? new ArrayFeed(to, columns[0], model) : new ColumnFeed(to, columns);
  }

  /** {@code [N]} or {@code [N,F]}, as the input is declared. */
  static long[] shape(SessionGraph.Feed to, long rows, long width) {
    return to.input().shape().size() == 1 ? new long[] {rows} : new long[] {rows, width};
  }
}
