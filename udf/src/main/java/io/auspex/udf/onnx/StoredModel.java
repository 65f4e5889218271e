package io.auspex.udf.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.auspex.catalog.Artifacts;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model in the warehouse: its graph, and the files of its weights where they lie outside of it.
 *
 * @param digest of the graph
 * @param data the digests of the other files
 * @param bytes of all
 * @param path of the graph; the other files are beside it
 */
public record StoredModel(String digest, List<String> data, long bytes, Path path) {

  /** Where the files are that a model names. */
  public interface Neighbours {
    /**
     * The file of this name.
     *
     * @param name relative to the model's own, between slashes
     * @throws AuspexException FILE_NOT_FOUND, DOWNLOAD_FAILED
     */
    Path file(String name);
  }

  /** Keeps a graph that was made here. */
  public static StoredModel store(ModelProto model, Artifacts artifacts) {
    Artifacts.Stored stored = artifacts.store(new ByteArrayInputStream(model.toByteArray()));
    return new StoredModel(stored.digest(), List.of(), stored.bytes(), stored.path());
  }

  /**
   * Keeps a file with what belongs to it.
   *
   * @param name what messages call it
   * @throws AuspexException FILE_NOT_FOUND, NOT_ONNX, MODEL_UNSUPPORTED, LANDING_FAILED
   */
  public static StoredModel store(
      Path file, String name, Neighbours neighbours, Artifacts artifacts) {
    OnnxGraph graph = OnnxGraph.read(file, name);
    Map<String, Artifacts.Stored> data = new LinkedHashMap<>();
    ModelProto moved =
        ExternalData.replace(
            graph.model(),
            tensor -> {
              Artifacts.Stored stored =
                  data.computeIfAbsent(
                      ExternalData.location(tensor),
                      location -> storeData(location, name, neighbours, artifacts));
              checkFits(tensor, stored, name);
              return ExternalData.at(tensor, Artifacts.dataName(stored.digest()));
            });
    Artifacts.Stored stored =
        data.isEmpty()
            ? artifacts.store(file)
            : artifacts.store(new ByteArrayInputStream(moved.toByteArray()));
    long bytes = stored.bytes();
    for (Artifacts.Stored part : data.values()) {
      bytes += part.bytes();
    }
    List<String> digests = data.values().stream().map(Artifacts.Stored::digest).distinct().toList();
    return new StoredModel(stored.digest(), digests, bytes, stored.path());
  }

  private static Artifacts.Stored storeData(
      String location, String name, Neighbours neighbours, Artifacts artifacts) {
    if (!isBelow(location)) {
      throw new AuspexException(
          ErrorCode.MODEL_UNSUPPORTED,
          name,
          "it keeps weights in " + location + ", which is not in its own folder",
          "Put them beside it (onnx.save with save_as_external_data=True).");
    }
    return artifacts.storeData(neighbours.file(location));
  }

  /** Whether a name leads nowhere but into the model's folder, on any system. */
  private static boolean isBelow(String location) {
    return !location.isBlank()
        && !location.matches("[/\\\\].*|[A-Za-z]:.*")
        && List.of(location.split("[/\\\\]", -1)).stream()
            .noneMatch(part -> part.equals("..") || part.isEmpty());
  }

  private static void checkFits(TensorProto tensor, Artifacts.Stored stored, String name) {
    long offset = Math.max(0, ExternalData.number(tensor, "offset"));
    long length = Math.max(0, ExternalData.number(tensor, "length"));
    try {
      if (offset + length > Files.size(stored.path())) {
        throw new AuspexException(
            ErrorCode.NOT_ONNX,
            name,
            "the file "
                + ExternalData.location(tensor)
                + " ends before its weights "
                + tensor.getName());
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
