package io.auspex.engine.stream;

import io.auspex.udf.predict.Predictor;

/** What was measured of one Predict operator. Thread-safe. */
public final class StreamProfile {
  private final Stage scan = new Stage();
  private final Stage place = new Stage();
  private final Stage predict = new Stage();
  private final Stage outputs = new Stage();
  private final Stage handOver = new Stage();
  private final Stage land = new Stage();
  private volatile Predictor predictor;

  void predictedBy(Predictor computing) {
    predictor = computing;
  }

  /** Rows read, and how long DuckDB took to give them. */
  public Stage scan() {
    return scan;
  }

  /** How long the scan waited for a place among the batches under way. */
  public Stage place() {
    return place;
  }

  /** Rows predicted, the bytes of their features, and the time of binding and computing both. */
  public Stage predict() {
    return predict;
  }

  /** The rows and bytes of what was predicted. */
  public Stage outputs() {
    return outputs;
  }

  /** Rows handed to the reader, and how long it waited for them. */
  public Stage handOver() {
    return handOver;
  }

  /** How long the rows took to become a temporary table, where they do. */
  public Stage land() {
    return land;
  }

  /** How long features took to become tensors. */
  public long bindNanos() {
    Predictor computing = predictor;
    return computing == null ? 0 : computing.bindNanos();
  }

  /** How long the model itself took. */
  public long computeNanos() {
    return Math.max(0, predict.nanos() - bindNanos());
  }
}
