package io.auspex.sql.cost;

import io.auspex.sql.fragment.Strategy;
import io.auspex.sql.rel.Predict;
import io.auspex.udf.duckdb.InlineFunctions;
import io.auspex.udf.predict.ModelProfile;
import io.auspex.udf.predict.OutputBound;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Estimates what a prediction costs: nanoseconds of a core for each row. The constants were fitted
 * to CREATE TABLE AS of 4 million rows with 20 features (linear, a small network, 100 trees of
 * depth 6) on a server's core; what counts is how they relate to each other.
 */
public final class CostModel {
  /** DuckDB scans groups of this many rows side by side; a smaller table leaves cores idle. */
  private static final int ROW_GROUP = 122_880;

  private static final double IDLE_CORES = 2;

  private static final double SQL_OPERATION = 1.5;

  private static final double INLINE_ROW = 30;
  private static final double INLINE_FEATURE = 10;

  private static final double STREAM_ROW = 120;
  private static final double STREAM_FEATURE = 14;
  private static final double STREAM_PASSING = 8;

  private static final double SPLIT = 1.2;
  private static final double KERNEL_WEIGHT = 1;
  private static final double KERNEL_ROW = 20;
  private static final double RUNTIME_WEIGHT = 0.03;
  private static final double RUNTIME_ROW = 60;

  /** Looking a row up among those that are known. */
  private static final double REMEMBERED_ROW = 150;

  private static final int FEW_TREES = 16;

  /**
   * Boosted trees give up few rows early, whose later trees may still bring them back; forests
   * many.
   */
  private static final double WANTED_SHARE = 0.85;

  private CostModel() {}

  /**
   * @param bound which predictions are wanted: a stream gives the others up, where they are sums
   * @param distinct the share of rows unlike all before them: a stream computes only those
   * @param rows that come in; −1 where unknown
   */
  public static Costs of(
      Predict predict,
      ModelProfile profile,
      Optional<OutputBound> bound,
      double distinct,
      long rows) {
    int features = predict.features().size();
    double compute = compute(profile);
    Map<Strategy, Double> nanos = new EnumMap<>(Strategy.class);
    profile.sql().ifPresent(sql -> nanos.put(Strategy.SQL, SQL_OPERATION * sql.operations()));
    boolean isOneNumber =
        predict.outputs().size() == 1
            && predict.outputs().get(0).output().isScalar()
            && InlineFunctions.takesPlain(predict.features(), predict.outputs().get(0).output());
    if (isOneNumber) {
      double idle = rows >= 0 && rows < 2 * ROW_GROUP ? IDLE_CORES : 1;
      nanos.put(Strategy.INLINE, (INLINE_ROW + INLINE_FEATURE * features + compute) * idle);
    }
    int passing = predict.passing().size();
    nanos.put(
        Strategy.STREAM,
        STREAM_ROW
            + STREAM_FEATURE * features
            + STREAM_PASSING * passing
            + computed(compute, profile, bound, distinct));
    return new Costs(nanos);
  }

  private static double computed(
      double compute, ModelProfile profile, Optional<OutputBound> bound, double distinct) {
    double all = compute * share(profile, bound);
    return bound.isEmpty() ? Math.min(all, REMEMBERED_ROW + compute * distinct) : all;
  }

  /** Whether it may pay to look for equal rows. */
  public static boolean isDear(ModelProfile profile) {
    return compute(profile) > REMEMBERED_ROW;
  }

  /** Of the trees, those that a row passes before it is given up. */
  private static double share(ModelProfile profile, Optional<OutputBound> bound) {
    return bound.isEmpty() || profile.trees() < FEW_TREES ? 1 : WANTED_SHARE;
  }

  private static double compute(ModelProfile profile) {
    return profile.isKernel()
        ? KERNEL_ROW + SPLIT * profile.splits() + KERNEL_WEIGHT * profile.weights()
        : RUNTIME_ROW + RUNTIME_WEIGHT * profile.weights();
  }
}
