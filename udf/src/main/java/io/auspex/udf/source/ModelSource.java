package io.auspex.udf.source;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.auspex.catalog.Artifacts;
import io.auspex.udf.onnx.OnnxGraph;
import io.auspex.udf.trees.TreeFiles;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Optional;

/** What {@code CREATE MODEL … FROM} names. */
public final class ModelSource implements AutoCloseable {
  private final String location;
  private final Path file;

  private ModelSource(String location, Path file) {
    this.location = location;
    this.file = file;
  }

  public static ModelSource open(String location) {
    return new ModelSource(location, Path.of(location));
  }

  public Artifacts.Stored store(Artifacts artifacts) {
    OnnxGraph.checkReadable(file, location);
    Optional<ModelProto> imported = TreeFiles.read(file, location);
    if (imported.isPresent()) {
      return artifacts.store(new ByteArrayInputStream(imported.get().toByteArray()));
    }
    OnnxGraph.read(file, location);
    return artifacts.store(file);
  }

  @Override
  public void close() {}
}
