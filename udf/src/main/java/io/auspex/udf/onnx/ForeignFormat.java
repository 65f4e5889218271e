package io.auspex.udf.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipFile;

/** What a file is that is no ONNX model, and how such a model becomes one. */
public final class ForeignFormat {
  private static final int HEAD = 512;

  private static final String TORCH = "convert it with torch.onnx.export";
  private static final String KERAS =
      "convert it with tf2onnx (python -m tf2onnx.convert), or model.export(…, format='onnx')";
  private static final String PICKLE =
      "convert it with skl2onnx.to_onnx, or save it with its own library's save_model";

  public static final String SAVED_MODEL =
      "it is a TensorFlow SavedModel; convert it with python -m tf2onnx.convert --saved-model";

  private ForeignFormat() {}

  /** What it looks like, ready to stand before a full stop. */
  static String of(Path file) {
    byte[] head;
    try (InputStream stream = Files.newInputStream(file)) {
      head = stream.readNBytes(HEAD);
    } catch (IOException unreadable) {
      return "it cannot be read";
    }
    String text = new String(head, StandardCharsets.ISO_8859_1);
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (text.startsWith("version https://git-lfs")) {
      return "it is a Git LFS pointer, not the file itself";
    } else if (text.startsWith("PK\3\4")) {
      return zip(file);
    } else if (head.length > 1 && head[0] == (byte) 0x80 && head[1] >= 2 && head[1] <= 5) {
      return name.matches(".*\\.(pt|pth|bin|ckpt)")
          ? "it is a PyTorch checkpoint; " + TORCH
          : "it is a Python pickle; " + PICKLE;
    } else if (head.length > 1 && head[0] == 0x78 && name.matches(".*\\.(joblib|pkl|z)")) {
      return "it is a joblib dump; " + PICKLE;
    } else if (text.startsWith("\u0089HDF")) {
      return "it is an HDF5 file, as Keras writes; " + KERAS;
    } else if (head.length > 8 && text.startsWith("TFL3", 4)) {
      return "it is a TensorFlow Lite model; convert it with python -m tf2onnx.convert --tflite";
    } else if (head.length > 10 && text.startsWith("{\"", 8)) {
      return "it is a safetensors file, which has weights but no model; " + TORCH;
    } else if (text.startsWith("GGUF")) {
      return "it is a GGUF file of a language model; name an export to ONNX of that model";
    } else if (text.startsWith("binf")) {
      return "it is in XGBoost's old binary format; save it again as JSON or UBJSON";
    } else if (name.endsWith(".mlmodel")) {
      return "it is a Core ML model; convert the model it was made from, or use coremltools";
    } else if (name.endsWith(".pb")) {
      return "it is a TensorFlow graph; convert it with python -m tf2onnx.convert --graphdef";
    } else if (text.stripLeading().matches("(?is)(<!doctype html|<html).*")) {
      return "it is a web page; name the address of the file itself";
    } else if (text.contains("<PMML")) {
      return "it is PMML; export the model it was made from, as with skl2onnx.to_onnx";
    } else if (text.chars().allMatch(c -> c >= ' ' || Character.isWhitespace(c))) {
      return "it is text";
    }
    return "it is damaged, cut off or of another format";
  }

  private static String zip(Path file) {
    List<String> entries;
    try (ZipFile zip = new ZipFile(file.toFile())) {
      entries = zip.stream().map(entry -> entry.getName()).toList();
    } catch (IOException damaged) {
      return "it is a ZIP archive";
    }
    if (entries.stream().anyMatch(entry -> entry.endsWith("model.weights.h5"))) {
      return "it is a Keras model; " + KERAS;
    } else if (entries.stream().anyMatch(entry -> entry.endsWith("data.pkl"))) {
      return "it is a PyTorch model; " + TORCH;
    }
    String onnx = entries.stream().filter(entry -> entry.endsWith(".onnx")).findFirst().orElse("");
    return onnx.isEmpty()
        ? "it is a ZIP archive"
        : "it is a ZIP archive; unpack it and name " + onnx;
  }
}
