package io.auspex.sql.plan;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.OptimizerRule;
import io.auspex.catalog.Output;
import io.auspex.catalog.Setting;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.cost.CostModel;
import io.auspex.sql.cost.Costs;
import io.auspex.sql.fragment.Prediction;
import io.auspex.sql.fragment.Strategy;
import io.auspex.sql.rel.Predict;
import io.auspex.sql.rel.PredictedColumn;
import io.auspex.sql.rule.ModelInsight;
import io.auspex.sql.rule.StatisticsPrune;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.domain.Domain.Numbers;
import io.auspex.udf.domain.Domains;
import io.auspex.udf.duckdb.InlineFunctions;
import io.auspex.udf.predict.ModelProfile;
import io.auspex.udf.predict.OutputBound;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides how predictions run: as the setting says, otherwise by cost. */
final class Strategies implements ModelInsight {
  /** Of fewer, a sample would be most. */
  private static final long MANY_ROWS = 200_000;

  /** A share of distinct rows that is worth saying. */
  private static final double FEW_DISTINCT = 0.5;

  private final PlanningContext context;
  private final String set;
  private final boolean remembers;
  private final boolean expects;
  private CostModel costModel;
  private boolean findsRepeats;

  Strategies(PlanningContext context, Set<OptimizerRule> disabled) {
    this.context = context;
    this.set = context.settings().get(Setting.PREDICT_STRATEGY);
    this.remembers = !disabled.contains(OptimizerRule.REPEATED_ROWS);
    this.expects = !disabled.contains(OptimizerRule.STATISTICS_PRUNE);
  }

  /**
   * How a prediction runs.
   *
   * @param bound which of its rows are wanted
   * @throws AuspexException UNSUPPORTED where the strategy that is set cannot run it
   */
  Prediction of(Predict predict, Optional<OutputBound> bound) {
    ModelProfile profile = profile(predict);
    long rows = RowEstimate.of(predict.getInput(), context);
    double distinct =
        mayRepeat(predict, profile, bound, rows) ? DistinctRows.share(predict, rows, context) : 1;
    Costs costs = costs().of(predict, profile, bound, distinct, rows);
    Strategy strategy = set.equals("auto") ? costs.least() : forced(predict, profile);
    findsRepeats |= strategy == Strategy.STREAM && distinct < FEW_DISTINCT;
    return new Prediction(
        predict.model(),
        strategy,
        predict.features().size(),
        predict.width(),
        rows,
        predict.outputs().stream().map(PredictedColumn::name).toList(),
        profile.trees(),
        splits(predict, predict.domains(), profile),
        set.equals("auto") ? costs + repeated(distinct) : "predict_strategy");
  }

  /** Whether a stream was chosen since many of its rows are equal. */
  boolean findsRepeats() {
    return findsRepeats;
  }

  /** Whether a stream, which looks for equal rows, would be the best if nearly all were equal. */
  private boolean mayRepeat(
      Predict predict, ModelProfile profile, Optional<OutputBound> bound, long rows) {
    return remembers
        && bound.isEmpty()
        && set.equals("auto")
        && rows >= MANY_ROWS
        && costs().isDear(profile)
        && costs().of(predict, profile, bound, 0, rows).least() == Strategy.STREAM;
  }

  /**
   * Those of the features that a model looks at. ONNX Runtime wants them all; and a NULL makes the
   * prediction NULL where the feature has no NaN, whether the model looks at it or not.
   */
  @Override
  public List<Feature> reads(Predict predict, List<PredictedColumn> outputs) {
    List<Feature> features = predict.features();
    Domains domains = predict.domains();
    if (!areSingle(features)) {
      return features;
    }
    Optional<Set<ModelProfile.Slot>> known = profile(predict.model(), outputs, domains).reads();
    List<Feature> read =
        features.stream()
            .filter(
                feature ->
                    mustBeThere(feature, domains)
                        || known.isEmpty()
                        || known
                            .get()
                            .contains(ModelProfile.Slot.of(feature.input(), feature.slot())))
            .toList();
    // What has no columns at all is no query.
    return read.isEmpty() ? features.subList(0, 1) : read;
  }

  /** What was measured is asked for where something is predicted only. */
  private CostModel costs() {
    if (costModel == null) {
      costModel = new CostModel(context.costs());
    }
    return costModel;
  }

  private static boolean mustBeThere(Feature feature, Domains domains) {
    return !feature.input().type().isFloatingPoint()
        && !domains.areAllThere(feature.input(), feature.slot());
  }

  /** A model that is little smaller is not worth another one beside it. */
  @Override
  public boolean isSimpler(Predict predict, Domains domains) {
    if (!areSingle(predict.features())) {
      return false;
    }
    ModelProfile whole = profile(predict, Domains.NONE);
    if (!whole.isKernel()) {
      return false;
    }
    ModelProfile simpler = profile(predict, domains);
    return simpler.isKernel()
        && (simpler.size() <= whole.size() - Math.max(1, whole.size() / 16)
            || simpler.reads().get().size() < whole.reads().get().size());
  }

  /** Whoever computes it: bounds have room for what the last bits may differ by. */
  @Override
  public Map<Feature, Numbers> necessary(Predict predict, OutputBound bound) {
    List<Output> outputs = predict.outputs().stream().map(PredictedColumn::output).toList();
    if (!areSingle(predict.features())) {
      return Map.of();
    }
    Map<ModelProfile.Slot, Numbers> known = context.necessary(predict.model(), outputs, bound);
    Map<Feature, Numbers> necessary = new LinkedHashMap<>();
    for (Feature feature : predict.features()) {
      Numbers numbers = known.get(ModelProfile.Slot.of(feature.input(), feature.slot()));
      if (numbers != null) {
        necessary.put(feature, numbers);
      }
    }
    return necessary;
  }

  /** Of tensors; ONNX Runtime does so with another node behind the graph. */
  @Override
  public boolean computes(Predict predict, List<PredictedColumn> outputs) {
    return profile(predict.model(), outputs, predict.domains()).areTensors();
  }

  /** Whether a bound lets the model leave something out: it has sums that grow tree by tree. */
  boolean hasUseFor(Predict predict) {
    ModelProfile profile = profile(predict);
    return profile.isKernel() && profile.trees() > 0;
  }

  private static boolean areSingle(List<Feature> features) {
    return features.stream().noneMatch(feature -> feature.isArray() || feature.isBlob());
  }

  /** What planning has to know of the model; it is SQL only where a kernel may compute it too. */
  ModelProfile profile(Predict predict) {
    ModelProfile profile = profile(predict.model(), predict.outputs(), predict.domains());
    return areSingle(predict.features()) ? profile : profile.withoutKernel();
  }

  private ModelProfile profile(
      ModelVersion model, List<PredictedColumn> predicted, Domains domains) {
    List<Output> outputs = predicted.stream().map(PredictedColumn::output).toList();
    ModelProfile profile = context.profile(model, outputs, domains);
    boolean mayBeKernel =
        context.settings().get(Setting.PREDICT_KERNEL).equals("auto")
            && !context.settings().get(Setting.PREDICT_DEVICE).equals("cuda");
    return mayBeKernel ? profile : profile.withoutKernel();
  }

  /**
   * What a stream may expect of its rows; nothing where that is little, or the rows are few.
   *
   * @param statistics of tables
   */
  Domains expected(Predict predict, Prediction how, StatisticsPrune statistics) {
    ModelProfile profile = profile(predict);
    boolean maySpare = profile.isKernel() && profile.trees() > 0 && how.rows() >= MANY_ROWS;
    Domains expected =
        expects && maySpare && areSingle(predict.features())
            ? statistics.expected(predict, profile.reads().get())
            : Domains.NONE;
    if (expected.isEmpty()) {
      return expected;
    }
    int checked = expected.beyond(predict.domains()).known().size();
    return costs().spares(profile(predict, expected), profile, checked) ? expected : Domains.NONE;
  }

  /** How a prediction runs where its rows are as expected. */
  Prediction expecting(Prediction how, Predict predict, Domains expected) {
    ModelProfile profile = profile(predict, expected);
    return how.pruned(profile.trees(), splits(predict, expected, profile));
  }

  private ModelProfile profile(Predict predict, Domains domains) {
    return profile(predict.model(), predict.outputs(), domains);
  }

  private String splits(Predict predict, Domains domains, ModelProfile profile) {
    if (profile.trees() == 0 || domains.isEmpty()) {
      return "";
    }
    ModelProfile whole = profile(predict, Domains.NONE);
    return profile.allSplits() + " of " + whole.allSplits();
  }

  private static String repeated(double distinct) {
    return distinct < FEW_DISTINCT
        ? String.format(Locale.ROOT, ", distinct≈%.0f%%", 100 * distinct)
        : "";
  }

  private Strategy forced(Predict predict, ModelProfile profile) {
    Strategy strategy =
        switch (set) {
          case "sql" -> Strategy.SQL;
          case "inline" -> Strategy.INLINE;
          default -> Strategy.STREAM;
        };
    if (strategy == Strategy.SQL && profile.sql().isEmpty()) {
      throw new AuspexException(
          ErrorCode.UNSUPPORTED,
          "Model " + predict.model().model(),
          "with predict_strategy = 'sql', which is for linear models and single trees of numbers",
          "SET predict_strategy = 'auto'.");
    } else if (strategy == Strategy.INLINE && !InlineFunctions.takes(predict.features())) {
      throw new NotUnderstood("an array of arrays, with predict_strategy = 'inline'");
    }
    return strategy;
  }
}
