package io.auspex.udf.predict;

import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Output;
import io.auspex.udf.expression.GraphReader;
import io.auspex.udf.onnx.OnnxGraph;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what models compute, as expressions, while there is memory: each filter makes another model
 * of them. Thread-safe.
 */
final class ExpressionCache {
  private static final int MODELS = 16;

  /** The latest used last. */
  private final Map<ModelKey, SoftReference<GraphReader.Read>> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(
            Map.Entry<ModelKey, SoftReference<GraphReader.Read>> eldest) {
          return size() > MODELS;
        }
      };

  /**
   * Nothing where only ONNX Runtime knows them.
   *
   * @param artifact the model's file
   */
  Optional<GraphReader.Read> of(ModelVersion model, Path artifact, List<Output> outputs) {
    ModelKey key = ModelKey.of(model, outputs);
    synchronized (known) {
      SoftReference<GraphReader.Read> kept = known.get(key);
      GraphReader.Read read = kept == null ? null : kept.get();
      if (read != null) {
        return Optional.of(read);
      }
    }
    OnnxGraph graph = OnnxGraph.read(artifact, model.model());
    Optional<GraphReader.Read> read = KernelModel.read(model, graph, outputs);
    read.ifPresent(found -> keep(key, found));
    return read;
  }

  /** Takes what somebody else has read. */
  void keep(ModelKey key, GraphReader.Read read) {
    synchronized (known) {
      known.put(key, new SoftReference<>(read));
    }
  }
}
