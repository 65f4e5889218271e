package io.auspex.udf.onnx;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What can be said of a model file before, or instead of, reading it as a model. */
final class ModelBytes {
  private ModelBytes() {}

  /** Throws FILE_NOT_FOUND, NOT_ONNX for an empty file, MODEL_UNSUPPORTED for one too large. */
  static void checkReadable(Path file, String name) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new AuspexException(ErrorCode.FILE_NOT_FOUND, name, hint(file));
    }
    long bytes = size(file, name);
    if (bytes == 0) {
      throw new AuspexException(ErrorCode.NOT_ONNX, name, "it is empty");
    }
    if (bytes > Integer.MAX_VALUE) {
      throw new AuspexException(
          ErrorCode.MODEL_UNSUPPORTED,
          name,
          "it is larger than 2 GiB",
          "A single ONNX file cannot be; save it with its weights in another file (onnx.save with"
              + " save_as_external_data=True).");
    }
  }

  private static long size(Path file, String name) {
    try {
      return Files.size(file);
    } catch (IOException unreadable) {
      throw new AuspexException(ErrorCode.FILE_NOT_FOUND, name, unreadable.getMessage())
          .causedBy(unreadable);
    }
  }

  private static String hint(Path file) {
    if (Files.isDirectory(file)) {
      return "It is a folder.";
    }
    if (Files.exists(file)) {
      return "It is there, but may not be read.";
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return "Its folder does not exist either.";
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<String> neighbours = entries.map(entry -> entry.getFileName().toString()).toList();
      return Names.didYouMean(file.getFileName().toString(), neighbours).strip();
    } catch (IOException unreadable) {
      return "";
    }
  }
}
