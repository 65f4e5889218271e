package io.auspex.sql.fragment;

import io.auspex.catalog.Column;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Output;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.domain.Domains;
import io.auspex.udf.predict.OutputBound;
import java.util.List;
import java.util.Optional;

/**
 * The Predict operator as a stream: the rows of {@code input}, in order, with the model's outputs
 * appended.
 *
 * @param name under which the enclosing fragment reads it; unique in the process
 * @param input the scan side. Its columns are first the passing ones, then those that only the
 *     model reads
 * @param prediction what EXPLAIN tells of it
 * @param passing how many columns of the input pass, untouched, to the enclosing fragment
 * @param model what computes
 * @param features what the model reads; {@link Feature#column} is an ordinal of the input's
 *     columns, and the input has cast them
 * @param outputs the outputs computed, in order; fewer than the model's where nobody reads them
 * @param columns the columns of the stream: the passing ones, then the outputs
 * @param domains what is known of the features of all rows
 * @param expected what is expected of most rows, {@code domains} among it; {@link Domains#NONE}
 *     where that is nothing more, and where there is a bound
 * @param bound which predictions are wanted; the others may be NULL
 * @param landed whether the enclosing fragment reads it more than once, so that it must be a
 *     temporary table
 */
public record PredictStream(
    String name,
    Fragment input,
    Prediction prediction,
    int passing,
    ModelVersion model,
    List<Feature> features,
    List<Output> outputs,
    List<Column> columns,
    Domains domains,
    Domains expected,
    Optional<OutputBound> bound,
    boolean landed)
    implements NamedRows {
  public PredictStream {
    if (!expected.isEmpty() && bound.isPresent()) {
      throw new IllegalArgumentException("a bound is not for two models");
    }
    features = List.copyOf(features);
    outputs = List.copyOf(outputs);
    columns = List.copyOf(columns);
  }

  @Override
  public List<Column> readColumns() {
    return columns;
  }

  /** The same stream, to be read from a temporary table. */
  public PredictStream asLanded() {
    return new PredictStream(
        name,
        input,
        prediction,
        passing,
        model,
        features,
        outputs,
        columns,
        domains,
        expected,
        bound,
        true);
  }
}
