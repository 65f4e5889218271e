package io.auspex.udf.predict;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Output;
import io.auspex.udf.onnx.OnnxGraph;
import io.auspex.udf.onnx.RuntimeMessage;
import io.auspex.udf.onnx.rewrite.SessionGraph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
final class ModelSession implements AutoCloseable {
  private final String model;
  private final OrtSession session;
  private final List<SessionGraph.Feed> feeds;
  private final List<OutputColumn> columns;

  private ModelSession(
      String model, OrtSession session, List<SessionGraph.Feed> feeds, List<OutputColumn> columns) {
    this.model = model;
    this.session = session;
    this.feeds = feeds;
    this.columns = columns;
  }

  /** Throws NOT_ONNX, MODEL_UNSUPPORTED, MODEL_REFUSED, DEVICE_MISSING. */
  static ModelSession open(
      ModelVersion version, Path artifact, List<Output> outputs, String device) {
    String model = version.model();
    SessionGraph graph =
        SessionGraph.of(OnnxGraph.read(artifact, model), version.signature(), outputs);
    List<OutputColumn> columns = new ArrayList<>();
    for (SessionGraph.Read read : graph.reads()) {
      if (read.output().keyType().isPresent() && read.keys().isEmpty()) {
        throw new AuspexException(
            ErrorCode.MODEL_UNSUPPORTED,
            model,
            "its output " + read.output().name() + " is a sequence of maps that no ZipMap makes",
            "Export it without ZipMap.");
      }
      columns.add(new OutputColumn(read, model));
    }
    OrtSession session = OrtSessions.open(graph.model().toByteArray(), device, model);
    return new ModelSession(model, session, graph.feeds(), columns);
  }

  List<SessionGraph.Feed> feeds() {
    return feeds;
  }

  List<FieldVector> empty(BufferAllocator allocator) {
    return collect(columns, column -> column.empty(allocator));
  }

  /** Runs the model over what the batch feeds. */
  List<FieldVector> run(Batch batch, BufferAllocator allocator, Cancellation cancellation)
      throws OrtException {
    Map<OutputColumn, OutputColumn.Reserved> reserved = new HashMap<>();
    Map<String, OnnxTensor> pinned = new HashMap<>();
    Set<String> requested = new HashSet<>();
    for (OutputColumn column : columns) {
      boolean taken = pinned.containsKey(column.tensor()) || requested.contains(column.tensor());
      Optional<OutputColumn.Reserved> room = taken ? Optional.empty() : column.reserve(batch);
      if (room.isPresent()) {
        reserved.put(column, room.get());
        pinned.put(column.tensor(), room.get().tensor());
      } else if (!pinned.containsKey(column.tensor())) {
        requested.add(column.tensor());
      }
    }
    try (RunHandle handle = new RunHandle(cancellation);
        OrtSession.Result result =
            session.run(batch.inputs(), requested, pinned, handle.options())) {
      return collect(
          columns,
          column ->
              reserved.containsKey(column)
                  ? column.written(reserved.get(column), batch, allocator)
                  : column.copied(
                      (OnnxTensor) result.get(column.tensor()).orElseThrow(), batch, allocator));
    }
  }

  private interface Reader<E extends Exception> {
    FieldVector read(OutputColumn column) throws E;
  }

  /** A vector a column, or none at all. */
  private static <E extends Exception> List<FieldVector> collect(
      List<OutputColumn> columns, Reader<E> reader) throws E {
    List<FieldVector> vectors = new ArrayList<>();
    try {
      for (OutputColumn column : columns) {
        vectors.add(reader.read(column));
      }
      return vectors;
    } catch (Throwable failed) {
      vectors.forEach(FieldVector::close);
      throw failed;
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
