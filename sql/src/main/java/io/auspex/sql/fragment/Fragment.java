package io.auspex.sql.fragment;

import java.util.List;

/**
 * A maximal piece of a plan that DuckDB runs as one SQL statement.
 *
 * @param sql its text; reads each of {@code streams} by the stream's name, and parameters as {@code
 *     $1}, {@code $2}, …
 * @param parameters for each {@code $n} of the text, the 0-based ordinal of the statement's
 *     parameter
 * @param streams what it reads from Predict operators; each exactly once
 * @param functions the inline functions it calls
 * @param predictions those that are computed in it, by functions or as SQL
 */
public record Fragment(
    String sql,
    List<Integer> parameters,
    List<PredictStream> streams,
    List<InlineFunction> functions,
    List<Prediction> predictions) {
  public Fragment {
    parameters = List.copyOf(parameters);
    streams = List.copyOf(streams);
    functions = List.copyOf(functions);
    predictions = List.copyOf(predictions);
  }
}
