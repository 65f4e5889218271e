package io.auspex.sql.fragment;

import io.auspex.catalog.ModelVersion;
import java.util.List;

/**
 * A prediction in a plan, as EXPLAIN tells of it.
 *
 * @param features how many columns the model reads
 * @param width how many there are to choose from
 * @param rows how many rows come in, as DuckDB estimates it; −1 where unknown
 * @param outputs the names of the columns computed
 * @param trees of the model's ensembles; 0 where it has none, or nobody has looked
 * @param splits of the trees, and of how many, where the rest is not needed; empty where all are
 * @param reason why this strategy; empty where there was no choice
 */
public record Prediction(
    ModelVersion model,
    Strategy strategy,
    int features,
    int width,
    long rows,
    List<String> outputs,
    int trees,
    String splits,
    String reason) {
  public Prediction {
    outputs = List.copyOf(outputs);
  }

  /** The same prediction by a smaller model. */
  public Prediction pruned(int trees, String splits) {
    return new Prediction(model, strategy, features, width, rows, outputs, trees, splits, reason);
  }
}
