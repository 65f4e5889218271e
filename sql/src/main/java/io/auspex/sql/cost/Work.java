package io.auspex.sql.cost;

import static io.auspex.catalog.CostConstant.INLINE_FEATURE;
import static io.auspex.catalog.CostConstant.INLINE_ROW;
import static io.auspex.catalog.CostConstant.KERNEL_ROW;
import static io.auspex.catalog.CostConstant.KERNEL_SPLIT;
import static io.auspex.catalog.CostConstant.KERNEL_WEIGHT;
import static io.auspex.catalog.CostConstant.RUNTIME_ROW;
import static io.auspex.catalog.CostConstant.RUNTIME_WEIGHT;
import static io.auspex.catalog.CostConstant.SQL_LEAF;
import static io.auspex.catalog.CostConstant.SQL_OPERATION;
import static io.auspex.catalog.CostConstant.STREAM_COLUMN;
import static io.auspex.catalog.CostConstant.STREAM_FEATURE;
import static io.auspex.catalog.CostConstant.STREAM_ROW;

import io.auspex.catalog.CostConstant;
import io.auspex.udf.predict.ModelProfile;
import io.auspex.udf.tosql.ModelSql;
import java.util.Map;

/**
 * What is done for a row, as counts of what {@link CostConstant} gives the time of. The planner
 * multiplies them with times to tell a cost, {@code CALIBRATE} measures costs to tell the times.
 */
public final class Work {
  private Work() {}

  /** A model as SQL. */
  public static Map<CostConstant, Double> sql(ModelSql sql) {
    return Map.of(SQL_OPERATION, (double) sql.operations(), SQL_LEAF, (double) sql.leaves());
  }

  /** Calling an inline function, but for what it computes. */
  public static Map<CostConstant, Double> inlineCall(int features) {
    return Map.of(INLINE_ROW, 1.0, INLINE_FEATURE, (double) features);
  }

  /**
   * A stream, but for what it computes.
   *
   * @param passing the columns beside those of the features
   */
  public static Map<CostConstant, Double> streaming(int features, int passing) {
    return Map.of(
        STREAM_ROW, 1.0, STREAM_FEATURE, (double) features, STREAM_COLUMN, (double) passing);
  }

  /** What an inline function or a stream computes. */
  public static Map<CostConstant, Double> computing(ModelProfile profile) {
    double weights = profile.weights();
    return profile.isKernel()
        ? Map.of(KERNEL_ROW, 1.0, KERNEL_SPLIT, (double) profile.splits(), KERNEL_WEIGHT, weights)
        : Map.of(RUNTIME_ROW, 1.0, RUNTIME_WEIGHT, weights);
  }
}
