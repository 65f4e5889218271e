package io.auspex.udf.source;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A folder that MLflow saved: its <a
 * href="https://mlflow.org/docs/latest/ml/model/#storage-format">MLmodel</a> says by flavor where
 * the model is.
 */
final class MlflowModel {
  static final String FILE = "MLmodel";

  /** Flavors that are read, in the order in which they are looked for. */
  private static final List<String> READ = List.of("onnx", "xgboost", "lightgbm", "catboost");

  private MlflowModel() {}

  /**
   * Throws NOT_ONNX where no flavor can be read, FILE_NOT_FOUND where what it names is not there.
   */
  static Path file(Path folder, String location) {
    Map<?, ?> flavors = flavors(folder, location);
    for (String flavor : READ) {
      if (flavors.get(flavor) instanceof Map<?, ?> found && found.get("data") instanceof String) {
        return data(folder, location, (String) found.get("data"));
      }
    }
    TreeSet<String> names = new TreeSet<>();
    flavors.keySet().forEach(name -> names.add(name.toString()));
    throw new AuspexException(
        ErrorCode.NOT_ONNX,
        location,
        "it is an MLflow model of "
            + (names.isEmpty() ? "no flavor" : String.join(", ", names))
            + "; convert it ("
            + way(names)
            + "), and log it with mlflow.onnx, or name the file");
  }

  private static String way(TreeSet<String> names) {
    if (names.contains("sklearn")) {
      return "skl2onnx.to_onnx";
    } else if (names.contains("pytorch") || names.contains("transformers")) {
      return "torch.onnx.export";
    } else if (names.contains("tensorflow") || names.contains("keras")) {
      return "tf2onnx";
    }
    return "to ONNX";
  }

  private static Path data(Path folder, String location, String data) {
    Path file = folder.resolve(data).normalize();
    if (!file.startsWith(folder.normalize())) {
      throw new AuspexException(
          ErrorCode.MODEL_UNSUPPORTED,
          location,
          "its " + FILE + " names " + data + ", which is not in the folder",
          "Save it again.");
    }
    if (Files.isDirectory(file)) {
      return ModelFolder.find(file, location + "/" + data);
    }
    if (!Files.isRegularFile(file)) {
      throw new AuspexException(
          ErrorCode.FILE_NOT_FOUND, location + "/" + data, "The folder's " + FILE + " names it.");
    }
    return file;
  }

  private static Map<?, ?> flavors(Path folder, String location) {
    try (Reader reader = Files.newBufferedReader(folder.resolve(FILE), StandardCharsets.UTF_8)) {
      Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
      if (document instanceof Map<?, ?> model && model.get("flavors") instanceof Map<?, ?> found) {
        return found;
      }
      throw damaged(location);
    } catch (YAMLException | IOException unreadable) {
      throw damaged(location).causedBy(unreadable);
    }
  }

  private static AuspexException damaged(String location) {
    return new AuspexException(
        ErrorCode.MODEL_DAMAGED, location, "MLflow", "its " + FILE + " lists no flavors");
  }
}
