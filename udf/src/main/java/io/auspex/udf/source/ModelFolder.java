package io.auspex.udf.source;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.udf.onnx.ForeignFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the model in a folder as MLflow saves it, or Hugging Face exports it. */
final class ModelFolder {
  private static final String ONNX = ".onnx";

  private final Path folder;
  private final String location;

  private ModelFolder(Path folder, String location) {
    this.folder = folder;
    this.location = location;
  }

  /**
   * The file of the model.
   *
   * @param location what messages call the folder
   * @throws AuspexException NOT_ONNX for a model of another kind; MODEL_UNSUPPORTED where there are
   *     several, or none
   */
  static Path find(Path folder, String location) {
    if (Files.isRegularFile(folder.resolve(MlflowModel.FILE))) {
      return MlflowModel.file(folder, location);
    }
    return new ModelFolder(folder, location).find();
  }

  private Path find() {
    List<Path> models = new ArrayList<>(with(folder, ONNX));
    models.addAll(with(folder.resolve("onnx"), ONNX));
    if (models.size() == 1) {
      return models.get(0);
    }
    for (String usual : List.of("model.onnx", "onnx/model.onnx")) {
      if (models.contains(folder.resolve(usual))) {
        return folder.resolve(usual);
      }
    }
    if (!models.isEmpty()) {
      String names =
          models.stream()
              .map(model -> folder.relativize(model).toString().replace('\\', '/'))
              .collect(Collectors.joining(", "));
      throw new AuspexException(
          ErrorCode.MODEL_UNSUPPORTED,
          location,
          "it is a folder of several models (" + names + ")",
          "Name one of them.");
    }
    throw none();
  }

  private AuspexException none() {
    if (Files.isRegularFile(folder.resolve("saved_model.pb"))) {
      return notOnnx(ForeignFormat.SAVED_MODEL + " " + location);
    } else if (has(".safetensors") || Files.isRegularFile(folder.resolve("pytorch_model.bin"))) {
      return notOnnx(
          "it is a folder of PyTorch weights; convert it with optimum-cli export onnx --model "
              + location);
    } else if (Files.isRegularFile(folder.resolve("tf_model.h5")) || has(".keras")) {
      return notOnnx("it is a folder of a Keras model; convert it with tf2onnx");
    } else if (Files.isRegularFile(folder.resolve("Manifest.json"))
        && Files.isDirectory(folder.resolve("Data"))) {
      return notOnnx(
          "it is a Core ML package; convert the model it was made from, or use coremltools");
    }
    return new AuspexException(
        ErrorCode.FILE_NOT_FOUND,
        location,
        "It is a folder, and there is no .onnx file in it, nor an MLmodel.");
  }

  private AuspexException notOnnx(String what) {
    return new AuspexException(ErrorCode.NOT_ONNX, location, what);
  }

  private boolean has(String ending) {
    return !with(folder, ending).isEmpty();
  }

  private static List<Path> with(Path folder, String ending) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(ending))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException noFolder) {
      return List.of();
    }
  }
}
