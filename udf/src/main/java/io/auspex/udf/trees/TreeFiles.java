package io.auspex.udf.trees;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.auspex.catalog.AuspexException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Knows the files of gradient boosting libraries by their content, and imports them. */
public final class TreeFiles {
  private static final int HEAD = 64;
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private TreeFiles() {}

  /**
   * The model in a file, as an ONNX graph; nothing where the file is none of XGBoost's (JSON,
   * UBJSON), LightGBM's (text) or CatBoost's (JSON, binary).
   *
   * @param name what messages call the file
   * @throws AuspexException MODEL_DAMAGED; MODEL_UNSUPPORTED where it has something that is not
   *     imported
   */
  public static Optional<ModelProto> read(Path file, String name) {
    try {
      return model(file, name).map(TreeGraph::of);
    } catch (IOException unreadable) {
      throw new Source(name, "tree")
          .damaged(String.valueOf(unreadable.getMessage()))
          .causedBy(unreadable);
    }
  }

  private static Optional<TreeModel> model(Path file, String name) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD);
    }
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (head.length > 8 && Arrays.equals(head, 0, 4, CatboostBinary.MAGIC, 0, 4)) {
      Source source = new Source(name, Catboost.NAME);
      return guarded(source, () -> new CatboostBinary(core(file, source), source).read());
    } else if (text.startsWith("tree\n") || text.startsWith("tree\r\n")) {
      Source source = new Source(name, Lightgbm.NAME);
      return guarded(source, () -> lightgbm(file, source));
    } else if (head.length > 2 && head[0] == '{' && "iUIlL#".indexOf(head[1]) >= 0) {
      Source source = new Source(name, Xgboost.NAME);
      return guarded(source, () -> new Xgboost(Part.root(ubjson(file), source)).read());
    } else if (text.stripLeading().startsWith("{")) {
      return json(file, name);
    }
    return Optional.empty();
  }

  private static Optional<TreeModel> json(Path file, String name) throws IOException {
    Source source = new Source(name, "JSON");
    JsonNode document;
    try {
      document = JSON.readTree(file.toFile());
    } catch (IOException damaged) {
      throw source.damaged("it is no whole document").causedBy(damaged);
    }
    if (document.has("learner")) {
      Source of = new Source(name, Xgboost.NAME);
      return guarded(of, () -> new Xgboost(Part.root(document, of)).read());
    } else if (document.has("model_info")) {
      Source of = new Source(name, Catboost.NAME);
      return guarded(of, () -> new CatboostJson(Part.root(document, of)).read());
    } else if (document.has("tree_info")) {
      throw source.unsupported(
          "it is what LightGBM's dump_model writes", "Save the model with save_model.");
    }
    throw source.unsupported(
        "it is JSON, but no model of XGBoost or CatBoost", "Name the file that save_model wrote.");
  }

  private interface Reading {
    TreeModel read() throws IOException;
  }

  /** A file whose numbers do not fit together is damaged, not a defect of ours. */
  private static Optional<TreeModel> guarded(Source source, Reading reading) {
    try {
      return Optional.of(named(reading.read()));
    } catch (EOFException cutOff) {
      throw source.damaged("it is cut off").causedBy(cutOff);
    } catch (IOException damaged) {
      throw source.damaged(String.valueOf(damaged.getMessage())).causedBy(damaged);
    } catch (IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException e) {
      throw source.damaged("its parts do not fit together").causedBy(e);
    }
  }

  /** Adds the names of its features to what the graph says of itself. */
  private static TreeModel named(TreeModel model) throws IOException {
    List<String> names = new ArrayList<>();
    model.features().forEach(feature -> names.add(feature.name()));
    if (names.isEmpty() || names.contains("")) {
      return model;
    }
    return model.noting("feature_names", JSON.writeValueAsString(names));
  }

  private static ByteBuffer core(Path file, Source source) throws IOException {
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
    all.order(ByteOrder.LITTLE_ENDIAN).position(4);
    int size = all.getInt();
    if (size <= 0 || size > all.remaining()) {
      throw source.damaged("it is cut off");
    }
    return all.slice().limit(size);
  }

  private static TreeModel lightgbm(Path file, Source source) throws IOException {
    // LightGBM reads bytes: a name that is not UTF-8 is damaged here, but does not stop it.
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      return new Lightgbm(LightgbmText.read(reader, source), source).read();
    }
  }

  private static JsonNode ubjson(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      return new UbjsonReader(in, Files.size(file)).read();
    }
  }
}
