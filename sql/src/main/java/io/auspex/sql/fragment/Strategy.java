package io.auspex.sql.fragment;

import java.util.Locale;

/** A way to run a prediction. */
public enum Strategy {
  /** The model is DuckDB's own SQL. */
  SQL,
  /** A function inside DuckDB's pipeline. */
  INLINE,
  /** Arrow batches through the Predict operator. */
  STREAM;

  /** As {@code predict_strategy} and EXPLAIN write it. */
  public String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
