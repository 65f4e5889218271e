package io.auspex.sql.fragment;

import java.util.ArrayList;
import java.util.List;

/**
 * A maximal piece of a plan that DuckDB runs as one SQL statement.
 *
 * @param sql its text; reads each of {@code streams} by the stream's name, and parameters as {@code
 *     $1}, {@code $2}, …
 * @param parameters for each {@code $n} of the text, the 0-based ordinal of the statement's
 *     parameter
 * @param streams what it reads from Predict operators; each exactly once
 * @param sources what it reads from other databases; likewise
 * @param functions the inline functions it calls
 * @param predictions those that are computed in it, by functions or as SQL
 * @param relayed where it only chooses columns of its one stream, their ordinals, all different:
 *     whoever reads it may read the stream instead. Empty otherwise
 */
public record Fragment(
    String sql,
    List<Integer> parameters,
    List<PredictStream> streams,
    List<SourceStream> sources,
    List<InlineFunction> functions,
    List<Prediction> predictions,
    List<Integer> relayed) {
  public Fragment {
    parameters = List.copyOf(parameters);
    streams = List.copyOf(streams);
    sources = List.copyOf(sources);
    functions = List.copyOf(functions);
    predictions = List.copyOf(predictions);
    relayed = List.copyOf(relayed);
  }

  /** A fragment that is run. */
  public Fragment(
      String sql,
      List<Integer> parameters,
      List<PredictStream> streams,
      List<SourceStream> sources,
      List<InlineFunction> functions,
      List<Prediction> predictions) {
    this(sql, parameters, streams, sources, functions, predictions, List.of());
  }

  /** The same fragment, which only chooses these columns of its stream. */
  public Fragment relaying(List<Integer> columns) {
    return new Fragment(sql, parameters, streams, sources, functions, predictions, columns);
  }

  /** All that it reads by names. */
  public List<NamedRows> named() {
    List<NamedRows> named = new ArrayList<>(streams);
    named.addAll(sources);
    return named;
  }

  /** Whether it need not run: its rows are columns of its only stream's. */
  public boolean isRelay() {
    return !relayed.isEmpty() && !streams.get(0).landed();
  }
}
