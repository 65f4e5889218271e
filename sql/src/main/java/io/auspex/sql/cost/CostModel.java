package io.auspex.sql.cost;

import static io.auspex.catalog.CostConstant.REMEMBERED_ROW;
import static io.auspex.catalog.CostConstant.STREAM_FEATURE;

import io.auspex.catalog.CostConstants;
import io.auspex.sql.fragment.Strategy;
import io.auspex.sql.rel.Predict;
import io.auspex.udf.duckdb.InlineFunctions;
import io.auspex.udf.predict.ModelProfile;
import io.auspex.udf.predict.OutputBound;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Estimates what a prediction costs on this machine: nanoseconds of a core for each row, as {@link
 * Work} counts it. What is no time, but a share, is the same on every machine and stands here.
 *
 * @param constants what one of each thing counted takes
 */
public record CostModel(CostConstants constants) {
  /** DuckDB scans groups of this many rows side by side; a smaller table leaves cores idle. */
  private static final int ROW_GROUP = 122_880;

  private static final double IDLE_CORES = 2;

  private static final int FEW_TREES = 16;

  /** Of few rows little is learnt: boosted trees give up few early, forests many. */
  private static final double WANTED_SHARE = 0.85;

  /** Of many, where rows lie that are out of bounds. */
  private static final double LEARNT_SHARE = 0.4;

  private static final long MANY_ROWS = 1_000_000;

  /** Looking whether a feature is as expected, of what it takes to get it there. */
  private static final double CHECKED_SHARE = 0.1;

  /** What is less is not worth another model. */
  private static final double LEAST_SPARED = 0.1;

  /**
   * What each strategy that can run a prediction costs.
   *
   * @param bound which predictions are wanted: a stream gives the others up, where they are sums
   * @param distinct the share of rows unlike all before them: a stream computes only those
   * @param rows that come in; −1 where unknown
   */
  public Costs of(
      Predict predict,
      ModelProfile profile,
      Optional<OutputBound> bound,
      double distinct,
      long rows) {
    int features = predict.features().size();
    Map<Strategy, Double> nanos = new EnumMap<>(Strategy.class);
    profile.sql().ifPresent(sql -> nanos.put(Strategy.SQL, constants.of(Work.sql(sql))));
    boolean isOneNumber =
        predict.outputs().size() == 1
            && predict.outputs().get(0).output().isScalar()
            && InlineFunctions.takesPlain(predict.features(), predict.outputs().get(0).output());
    double compute = compute(profile);
    if (isOneNumber) {
      double idle = rows >= 0 && rows < 2 * ROW_GROUP ? IDLE_CORES : 1;
      nanos.put(Strategy.INLINE, (constants.of(Work.inlineCall(features)) + compute) * idle);
    }
    double stream = constants.of(Work.streaming(features, predict.passing().size()));
    nanos.put(Strategy.STREAM, stream + computed(compute, profile, bound, distinct, rows));
    return new Costs(nanos);
  }

  private double computed(
      double compute,
      ModelProfile profile,
      Optional<OutputBound> bound,
      double distinct,
      long rows) {
    double all = compute * share(profile, bound, rows);
    double remembered = constants.of(REMEMBERED_ROW) + compute * distinct;
    return bound.isEmpty() ? Math.min(all, remembered) : all;
  }

  /** Whether it may pay to look for equal rows. */
  public boolean isDear(ModelProfile profile) {
    return compute(profile) > constants.of(REMEMBERED_ROW);
  }

  /**
   * Whether a smaller model for some rows spares more than it takes to tell which these are.
   *
   * @param checked features by which that is told
   */
  public boolean spares(ModelProfile simpler, ModelProfile whole, int checked) {
    double spared = compute(whole) - compute(simpler);
    return simpler.isKernel()
        && spared > LEAST_SPARED * compute(whole)
        && spared > CHECKED_SHARE * constants.of(STREAM_FEATURE) * checked;
  }

  private double compute(ModelProfile profile) {
    return constants.of(Work.computing(profile));
  }

  /** Of the trees, those that a row passes before it is given up. */
  private static double share(ModelProfile profile, Optional<OutputBound> bound, long rows) {
    if (bound.isEmpty() || profile.trees() < FEW_TREES) {
      return 1;
    }
    return rows >= MANY_ROWS ? LEARNT_SHARE : WANTED_SHARE;
  }
}
