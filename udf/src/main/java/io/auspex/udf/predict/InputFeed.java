package io.auspex.udf.predict;

import ai.onnxruntime.OrtException;
import io.auspex.catalog.ElementType;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.onnx.edit.Literal;
import io.auspex.udf.onnx.rewrite.SessionGraph;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.arrow.vector.FieldVector;

/** Makes one input's tensor out of a batch's columns. Immutable. */
sealed interface InputFeed permits ColumnFeed, ArrayFeed, BlobFeed, WordFeed {

  /** Feeds the input, and marks the rows that cannot be predicted for a NULL. */
  void feed(Batch batch, List<FieldVector> features) throws OrtException;

  /** How large rows are, where they may differ and rows of one tensor must not. */
  default Optional<RowSizes> sizes(List<FieldVector> features, int rows) {
    return Optional.empty();
  }

  /**
   * The feed of an input from those of the features that are bound to it.
   *
   * @param pad what shorter arrays are filled up with
   * @param utf8 whether strings must be handed over as UTF-8
   */
  static InputFeed of(
      SessionGraph.Feed to,
      List<Feature> features,
      Optional<Literal> pad,
      boolean utf8,
      String model) {
    int[] columns =
        IntStream.range(0, features.size())
            .filter(i -> features.get(i).input().name().equals(to.input().name()))
            .boxed()
            .sorted((a, b) -> features.get(a).slot() - features.get(b).slot())
            .mapToInt(Integer::intValue)
            .toArray();
    boolean array = features.get(columns[0]).isArray();
    if (features.get(columns[0]).isBlob()) {
      return new BlobFeed(to, columns[0], model);
    }
    if (to.input().type() == ElementType.STRING) {
      return new WordFeed(to, columns, array, pad, utf8, model);
    }
    return array ? new ArrayFeed(to, columns[0], pad, model) : new ColumnFeed(to, columns);
  }

  /** The dimensions of a row that {@code columns} columns make up. */
  static long[] rowShape(SessionGraph.Feed to, int columns) {
    List<Long> declared = to.input().rowShape();
    return declared.size() == 1
        ? new long[] {columns}
        : declared.stream().mapToLong(Long::longValue).toArray();
  }
}
