package io.auspex.udf.source;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.auspex.catalog.Artifacts;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.udf.onnx.OnnxGraph;
import io.auspex.udf.onnx.StoredModel;
import io.auspex.udf.onnx.StoredModel.Neighbours;
import io.auspex.udf.trees.TreeFiles;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code CREATE MODEL … FROM} names: a file, a folder with a model in it, or the address of a
 * file, which is fetched for as long as this is open. Not thread-safe.
 */
public final class ModelSource implements AutoCloseable {
  private final String location;
  private final Path file;
  private final Neighbours neighbours;
  private final Optional<Download> download;

  private ModelSource(
      String location, Path file, Neighbours neighbours, Optional<Download> download) {
    this.location = location;
    this.file = file;
    this.neighbours = neighbours;
    this.download = download;
  }

  /**
   * Finds the model's file, having fetched it where it is not here.
   *
   * @param location a path, or a {@code file:}, {@code http:} or {@code https:} address
   * @throws AuspexException FILE_NOT_FOUND, DOWNLOAD_FAILED; UNSUPPORTED for other addresses;
   *     NOT_ONNX, MODEL_UNSUPPORTED for a folder without a model of ours
   */
  public static ModelSource open(String location) {
    if (location.matches("(?i)https?://.*")) {
      Download download = Download.of(location);
      try {
        Path file = download.file("");
        return new ModelSource(location, file, download::file, Optional.of(download));
      } catch (RuntimeException failed) {
        download.close();
        throw failed;
      }
    }
    Path path = path(location);
    String name = location;
    if (Files.isDirectory(path)) {
      Path found = ModelFolder.find(path, location);
      name = location.replaceAll("/+$", "") + "/" + slashed(path.relativize(found));
      path = found;
    }
    Path file = path;
    return new ModelSource(
        name, file, beside -> existing(file.resolveSibling(beside), beside), Optional.empty());
  }

  private static String slashed(Path relative) {
    return relative.toString().replace('\\', '/');
  }

  private static Path existing(Path file, String name) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new AuspexException(
          ErrorCode.FILE_NOT_FOUND, name, "The model keeps weights in it, beside its own file.");
    }
    return file;
  }

  private static Path path(String location) {
    try {
      if (location.regionMatches(true, 0, "file:", 0, 5)) {
        return Path.of(URI.create(location));
      }
      if (!location.matches("[a-zA-Z][a-zA-Z0-9+.-]+://.*")) {
        return Path.of(location);
      }
    } catch (IllegalArgumentException noPath) {
      throw new AuspexException(ErrorCode.FILE_NOT_FOUND, location, "It is no path.")
          .causedBy(noPath);
    }
    throw new AuspexException(
        ErrorCode.UNSUPPORTED,
        location,
        "as the place of a model",
        "Name a file, a folder, or an http: or https: address.");
  }

  /** What messages call the model: the location, with the file's name where that is a folder. */
  public String name() {
    return location;
  }

  /**
   * Keeps the model, as it is if it is ONNX, and imported if it is another that is understood.
   *
   * @throws AuspexException FILE_NOT_FOUND, NOT_ONNX, MODEL_DAMAGED, MODEL_UNSUPPORTED,
   *     LANDING_FAILED
   */
  public StoredModel store(Artifacts artifacts) {
    OnnxGraph.checkReadable(file, location);
    Optional<ModelProto> imported = TreeFiles.read(file, location);
    return imported.isPresent()
        ? StoredModel.store(imported.get(), artifacts)
        : StoredModel.store(file, location, neighbours, artifacts);
  }

  /** Deletes what was fetched. */
  @Override
  public void close() {
    download.ifPresent(Download::close);
  }
}
