package io.auspex.udf.predict;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Input;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Output;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.domain.Domain.Numbers;
import io.auspex.udf.domain.Domains;
import io.auspex.udf.domain.NecessaryValues;
import io.auspex.udf.domain.Pruner;
import io.auspex.udf.expression.Expression.Trees;
import io.auspex.udf.expression.GraphReader;
import io.auspex.udf.kernel.Slope;
import io.auspex.udf.kernel.SumBound;
import io.auspex.udf.onnx.OnnxGraph;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Opens predictors, and keeps the loaded models behind them: one for each engine. Thread-safe.
 *
 * <p>A model is loaded once for all queries that ask for the same outputs on the same device, and
 * stays loaded for a while when none uses it.
 */
public final class Predictors implements AutoCloseable {
  private static final int IDLE_SESSIONS = 16;
  private static final int PROFILES = 256;
  private static final int LEAST_ROWS = 1024;
  private static final int ROW_STEP = 2048;
  private static final int MOST_ROWS = 32768;

  /** A batch's features fit the second-level cache beside what the model needs. */
  private static final long BATCH_BYTES = 1536 << 10;

  /** However heavy a row is. */
  private static final long MOST_BYTES = 64 << 20;

  /** What an array of any size is taken to have. */
  private static final long OPEN_WIDTH = 256;

  /** What a string is taken to need, with its place in the index. */
  private static final int STRING_BYTES = 24;

  private final SessionCache sessions = new SessionCache(IDLE_SESSIONS);

  /** The latest used last. */
  private final Map<ProfileKey, ModelProfile> profiles =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ProfileKey, ModelProfile> eldest) {
          return size() > PROFILES;
        }
      };

  private final ExpressionCache expressions = new ExpressionCache();

  /** Loads ONNX Runtime itself, where that has not been done; it takes a while. */
  public static void loadRuntime() {
    OrtSessions.environment();
  }

  /**
   * A predictor of some of a model's outputs.
   *
   * @param artifact the model's file, whose digest was checked
   * @param features what the model reads, as {@link io.auspex.udf.binding.Bindings} bound it; the
   *     predictor takes a vector for each, in this order
   * @param outputs what is asked for, at least one; the others are not computed
   * @throws AuspexException NOT_ONNX, MODEL_REFUSED, MODEL_UNSUPPORTED, FILE_NOT_FOUND,
   *     DEVICE_MISSING
   */
  public Predictor open(
      ModelVersion model,
      Path artifact,
      List<Feature> features,
      List<Output> outputs,
      ComputeOptions options) {
    return open(model, artifact, features, outputs, options, Domains.NONE, Optional.empty());
  }

  /**
   * The same where something is known of the rows, or only some predictions are wanted.
   *
   * @param domains of the features of all rows that the predictor will be given; what it makes of
   *     others means nothing
   * @param bound which they are; the others may be NULL
   */
  public Predictor open(
      ModelVersion model,
      Path artifact,
      List<Feature> features,
      List<Output> outputs,
      ComputeOptions options,
      Domains domains,
      Optional<OutputBound> bound) {
    String where = options.isCuda() ? "cuda" : "cpu";
    boolean mayBeKernel =
        options.mayBeKernel() && !options.isCuda() && features.stream().noneMatch(this::isWhole);
    Domains used = mayBeKernel ? domains : Domains.NONE;
    SessionCache.Lease lease =
        sessions.lease(
            key(model, outputs, where, mayBeKernel, used),
            () -> load(model, artifact, outputs, where, mayBeKernel, used));
    try {
      Predictor predictor =
          lease.model() instanceof ModelSession session
              ? new OrtPredictor(model.model(), lease, session, features)
              : new KernelPredictor(
                  (KernelModel) lease.model(), lease, features, bound, options.mayExpect());
      return bound.isEmpty() && mayRemember(options, features)
          ? new RepeatedRows(predictor)
          : predictor;
    } catch (RuntimeException failed) {
      lease.close();
      throw failed;
    }
  }

  /**
   * The same where something more holds for most rows, which are computed faster then.
   *
   * @param expected of the features of those, {@code domains} among it; {@link Domains#NONE} where
   *     that is nothing, as it must be where there is a bound
   */
  public Predictor open(
      ModelVersion model,
      Path artifact,
      List<Feature> features,
      List<Output> outputs,
      ComputeOptions options,
      Domains domains,
      Domains expected,
      Optional<OutputBound> bound) {
    if (expected.isEmpty()) {
      return open(model, artifact, features, outputs, options, domains, bound);
    }
    ComputeOptions each = options.withoutRemembering();
    Predictor whole = open(model, artifact, features, outputs, each, domains, Optional.empty());
    try {
      Domains checked = expected.beyond(domains);
      Predictor either =
          new ExpectingPredictor(
              open(model, artifact, features, outputs, each, expected, Optional.empty()),
              whole,
              features,
              checked);
      return mayRemember(options, features) ? new RepeatedRows(either) : either;
    } catch (RuntimeException failed) {
      whole.close();
      throw failed;
    }
  }

  /**
   * A predictor that holds no model while nobody predicts, for one that may stay open for long
   * after it was of use. It needs the model's file whenever the model is no longer loaded.
   */
  public Predictor openEachTime(
      ModelVersion model,
      Path artifact,
      List<Feature> features,
      List<Output> outputs,
      ComputeOptions options,
      Domains domains) {
    return new EachTimePredictor(
        () -> open(model, artifact, features, outputs, options, domains, Optional.empty()));
  }

  private static boolean mayRemember(ComputeOptions options, List<Feature> features) {
    return options.mayRemember() && RowLayout.isFor(features);
  }

  private boolean isWhole(Feature feature) {
    return feature.isArray() || feature.isBlob();
  }

  private LoadedModel load(
      ModelVersion model,
      Path artifact,
      List<Output> outputs,
      String device,
      boolean mayBeKernel,
      Domains domains) {
    if (!domains.isEmpty()) {
      Optional<KernelModel> pruned =
          expressions
              .of(model, artifact, outputs)
              .flatMap(read -> KernelModel.of(Pruner.of(read, domains), outputs));
      if (pruned.isPresent()) {
        return pruned.get();
      }
    }
    OnnxGraph graph = OnnxGraph.read(artifact, model.model());
    Optional<KernelModel> kernel =
        mayBeKernel ? KernelModel.of(model, graph, outputs) : Optional.empty();
    return kernel.isPresent()
        ? kernel.get()
        : ModelSession.open(model, graph, artifact, outputs, device);
  }

  /**
   * What planning has to know of a model; read from its file once.
   *
   * @param domains of the features of all rows that it will be given
   */
  public ModelProfile profile(
      ModelVersion model, Path artifact, List<Output> outputs, Domains domains) {
    ProfileKey key = new ProfileKey(ModelKey.of(model, outputs), domains);
    synchronized (profiles) {
      ModelProfile known = profiles.get(key);
      if (known != null) {
        return known;
      }
    }
    ModelProfile profile = read(model, artifact, outputs, domains);
    synchronized (profiles) {
      profiles.put(key, profile);
    }
    return profile;
  }

  /**
   * What features must be for a prediction to be wanted, whatever the others are: a column is one
   * of these numbers, or between the last and the first of them, or NULL or NaN where that is said.
   * Features of which nothing follows are left out.
   *
   * @param bound of one of the outputs
   */
  public Map<ModelProfile.Slot, Numbers> necessary(
      ModelVersion model, Path artifact, List<Output> outputs, OutputBound bound) {
    if (Double.isInfinite(bound.limit())
        || !profile(model, artifact, outputs, Domains.NONE).isKernel()) {
      return Map.of();
    }
    Optional<Trees> trees =
        expressions
            .of(model, artifact, outputs)
            .map(read -> read.columns().get(outputs.get(bound.output())))
            .filter(values -> values.size() == 1)
            .flatMap(values -> Slope.of(values.get(0)))
            .map(Slope::trees);
    Map<ModelProfile.Slot, Numbers> found = new LinkedHashMap<>();
    trees
        .flatMap(of -> sum(model, artifact, outputs, bound).map(sum -> NecessaryValues.of(of, sum)))
        .orElse(Map.of())
        .forEach(
            (column, numbers) ->
                found.put(ModelProfile.Slot.of(column.input(), column.slot()), numbers));
    return found;
  }

  /** The bound of the sum that an output of a kernel's follows; nothing where it follows none. */
  private Optional<SumBound> sum(
      ModelVersion model, Path artifact, List<Output> outputs, OutputBound bound) {
    try (SessionCache.Lease lease =
        sessions.lease(
            key(model, outputs, "cpu", true, Domains.NONE),
            () -> load(model, artifact, outputs, "cpu", true, Domains.NONE))) {
      KernelModel kernel = (KernelModel) lease.model();
      int result = kernel.targets().get(bound.output()).first();
      return kernel.program().hasSum(result)
          ? Optional.of(kernel.program().bound(result, bound.isLeast(), bound.limit()))
          : Optional.empty();
    }
  }

  /** A kernel that is found on the way is kept for whoever computes. */
  private ModelProfile read(
      ModelVersion model, Path artifact, List<Output> outputs, Domains domains) {
    if (!domains.isEmpty()) {
      return expressions
          .of(model, artifact, outputs)
          .map(found -> Pruner.of(found, domains))
          .flatMap(found -> profile(model, found, outputs, domains))
          .orElse(ModelProfile.opaque(false, 0));
    }
    OnnxGraph graph = OnnxGraph.read(artifact, model.model());
    Optional<GraphReader.Read> read = KernelModel.read(model, graph, outputs);
    read.ifPresent(found -> expressions.keep(ModelKey.of(model, outputs), found));
    return read.flatMap(found -> profile(model, found, outputs, domains))
        .orElseGet(() -> ModelProfiler.ofOpaque(graph, outputs));
  }

  private Optional<ModelProfile> profile(
      ModelVersion model, GraphReader.Read read, List<Output> outputs, Domains domains) {
    Optional<KernelModel> kernel = KernelModel.of(read, outputs);
    if (kernel.isEmpty()) {
      return Optional.empty();
    }
    sessions.lease(key(model, outputs, "cpu", true, domains), kernel::get).close();
    return Optional.of(ModelProfiler.of(model, read, domains));
  }

  private static SessionCache.Key key(
      ModelVersion model,
      List<Output> outputs,
      String device,
      boolean mayBeKernel,
      Domains domains) {
    return new SessionCache.Key(
        model.model(), ModelKey.of(model, outputs), device, mayBeKernel, domains);
  }

  private record ProfileKey(ModelKey computed, Domains domains) {}

  /**
   * How many rows a batch had best have, so that its tensors stay in the caches and handing it on
   * costs little: 18,432 for 20 floats, fewer for wider models.
   */
  public static int batchRows(ModelVersion model, List<Feature> features) {
    long rowBytes = 0;
    for (Input input : model.signature().inputs()) {
      long bound = features.stream().filter(feature -> feature.input().equals(input)).count();
      int bytes = input.type().bytes() == 0 ? STRING_BYTES : Math.max(4, input.type().bytes());
      long width = input.width() < 0 && input.takesArray() ? OPEN_WIDTH : input.width();
      rowBytes += Math.max(bound, width) * bytes;
    }
    for (Output output : model.signature().outputs()) {
      int bytes = output.type().bytes() == 0 ? STRING_BYTES : Math.max(4, output.type().bytes());
      rowBytes +=
          bytes
              * output.shape().stream()
                  .skip(1)
                  .filter(size -> size > 0)
                  .reduce(1L, (a, b) -> a * b);
    }
    long rows = BATCH_BYTES / Math.max(1, rowBytes);
    if (rows < ROW_STEP) {
      return (int) Math.max(1, Math.min(LEAST_ROWS, MOST_BYTES / rowBytes));
    }
    return (int) Math.min(MOST_ROWS, rows / ROW_STEP * ROW_STEP);
  }

  /** Closes what no predictor uses; the rest goes with the last predictor that does. */
  @Override
  public void close() {
    sessions.close();
  }
}
