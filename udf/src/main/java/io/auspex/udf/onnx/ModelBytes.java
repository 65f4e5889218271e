package io.auspex.udf.onnx;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Names;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What can be said of a model file before, or instead of, reading it as a model. */
final class ModelBytes {
  private static final int HEAD = 512;

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
          "A single ONNX file cannot be; quantize the model or make it smaller.");
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

  /** Of a file that is no protobuf message, or another one: what it looks like. */
  static String whatElse(Path file) {
    byte[] head;
    try (InputStream stream = Files.newInputStream(file)) {
      head = stream.readNBytes(HEAD);
    } catch (IOException unreadable) {
      return "it cannot be read";
    }
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.startsWith("version https://git-lfs")) {
      return "it is a Git LFS pointer, not the file itself";
    }
    if (text.startsWith("PK\3\4")) {
      return "it is a ZIP archive";
    }
    if (head.length > 1 && head[0] == (byte) 0x80 && head[1] >= 2 && head[1] <= 5) {
      return "it is a Python pickle";
    }
    if (text.chars().allMatch(c -> c >= ' ' || Character.isWhitespace(c))) {
      return "it is text";
    }
    return "it is damaged, cut off or of another format";
  }
}
