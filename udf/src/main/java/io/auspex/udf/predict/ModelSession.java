package io.auspex.udf.predict;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Batching;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Output;
import io.auspex.udf.onnx.OnnxGraph;
import io.auspex.udf.onnx.Paddings;
import io.auspex.udf.onnx.RuntimeMessage;
import io.auspex.udf.onnx.edit.Literal;
import io.auspex.udf.onnx.rewrite.SessionGraph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * A model loaded into ONNX Runtime, rewritten for the outputs asked for. Thread-safe; must not be
 * closed while it runs.
 */
final class ModelSession implements LoadedModel {
  private final String model;
  private final OrtSession session;
  private final List<SessionGraph.Feed> feeds;
  private final List<OutputColumn> columns;
  private final Batching batching;
  private final boolean utf8;
  private final Map<String, Literal> paddings;
  private final List<List<Optional<Trim.Source>>> sources;

  private ModelSession(
      String model,
      OrtSession session,
      List<SessionGraph.Feed> feeds,
      List<OutputColumn> columns,
      Batching batching,
      boolean utf8,
      Map<String, Literal> paddings,
      List<List<Optional<Trim.Source>>> sources) {
    this.paddings = paddings;
    this.sources = sources;
    this.utf8 = utf8;
    this.model = model;
    this.batching = batching;
    this.session = session;
    this.feeds = feeds;
    this.columns = columns;
  }

  /** Throws NOT_ONNX, MODEL_UNSUPPORTED, MODEL_REFUSED, DEVICE_MISSING. */
  static ModelSession open(
      ModelVersion version, OnnxGraph stored, Path artifact, List<Output> outputs, String device) {
    String model = version.model();
    SessionGraph graph =
        SessionGraph.of(stored.with(version.options(), model), version.signature(), outputs);
    Batching batching = version.signature().batching();
    List<OutputColumn> columns = new ArrayList<>();
    for (SessionGraph.Read read : graph.reads()) {
      columns.add(new OutputColumn(read, batching, model));
    }
    Map<String, Literal> paddings = Paddings.of(version.options(), version.signature(), model);
    OrtSession session =
        OrtSessions.open(
            graph.model().toByteArray(),
            Optional.of(artifact),
            version.options().library(),
            device,
            model);
    return new ModelSession(
        model,
        session,
        graph.feeds(),
        columns,
        batching,
        graph.utf8(),
        paddings,
        graph.reads().stream().map(read -> Trim.sources(read, graph.feeds())).toList());
  }

  List<SessionGraph.Feed> feeds() {
    return feeds;
  }

  /** Whether strings must be handed over as UTF-8. */
  boolean utf8() {
    return utf8;
  }

  Batching batching() {
    return batching;
  }

  /** What shorter arrays of an input are filled up with. */
  Optional<Literal> pad(SessionGraph.Feed feed) {
    return Optional.ofNullable(paddings.get(feed.input().name()));
  }

  /** The dimensions of inputs that those of an output's rows follow. */
  List<Optional<Trim.Source>> sources(int output) {
    return sources.get(output);
  }

  /** The columns of a batch whose rows are all NULL. */
  List<FieldVector> nulls(Batch batch, BufferAllocator allocator) {
    return Vectors.collect(columns, column -> column.blank(batch, allocator));
  }

  List<FieldVector> empty(BufferAllocator allocator) {
    try (Batch none = new Batch(0, allocator)) {
      return nulls(none, allocator);
    }
  }

  /** Runs the model over what the batch feeds, as often as it takes. */
  List<FieldVector> run(Batch batch, BufferAllocator allocator, Cancellation cancellation)
      throws OrtException {
    Set<String> tensors = new HashSet<>();
    Map<OutputColumn, OutputColumn.Filling> fillings = new LinkedHashMap<>();
    for (OutputColumn column : columns) {
      fillings.put(column, column.begin(batch, tensors.add(column.tensor())));
    }
    int from = 0;
    while (from < batch.rows()) {
      try (Run run = Run.at(from, batch, batching)) {
        if (run.isNull()) {
          fillings.values().forEach(filling -> filling.skip(run));
        } else {
          run(run, fillings, cancellation);
        }
        from += run.rows();
      }
    }
    return Vectors.collect(columns, column -> fillings.get(column).column(allocator));
  }

  private void run(
      Run run, Map<OutputColumn, OutputColumn.Filling> fillings, Cancellation cancellation)
      throws OrtException {
    Map<String, OnnxTensor> targets = new HashMap<>();
    for (OutputColumn column : columns) {
      fillings.get(column).target(run).ifPresent(to -> targets.put(column.tensor(), to));
    }
    Set<String> requested = new HashSet<>();
    columns.forEach(column -> requested.add(column.tensor()));
    requested.removeAll(targets.keySet());
    try (RunHandle handle = new RunHandle(cancellation);
        OrtSession.Result result =
            session.run(run.inputs(), requested, targets, handle.options())) {
      for (OutputColumn column : columns) {
        OnnxTensor made = targets.get(column.tensor());
        fillings
            .get(column)
            .take(run, made != null ? made : result.get(column.tensor()).orElseThrow());
      }
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException failed) {
      throw new AuspexException(ErrorCode.PREDICTION_FAILED, model, RuntimeMessage.reason(failed))
          .causedBy(failed);
    }
  }
}
