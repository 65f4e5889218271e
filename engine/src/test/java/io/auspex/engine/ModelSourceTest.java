package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models in several files, in folders, and at addresses. */
class ModelSourceTest {
  private static final Path TREES =
      Path.of(System.getProperty("auspex.root"), "udf/src/test/resources/trees");

  private static final String PREDICTED =
      "SELECT sum(y)::DECIMAL(18, 4) FROM PREDICT(MODEL m, (SELECT [sin(i * j) for j in"
          + " range(20)]::FLOAT[20] AS features FROM range(1000) t(i)))";

  @TempDir private Path folder;

  @Test
  void weightsInOtherFilesAreKeptWithTheModel() throws IOException {
    List<List<Object>> expected;
    try (Workbench bench = Workbench.inMemory()) {
      bench.run("CREATE MODEL m FROM '" + Workbench.model("mlp") + "'");
      expected = bench.rows(PREDICTED);
    }
    Path original = Files.createDirectory(folder.resolve("original"));
    Path model = split(original, "more/weights.bin");
    Path warehouse = folder.resolve("w.duckdb");
    try (Workbench bench = Workbench.at(warehouse)) {
      bench.run("CREATE MODEL m FROM '" + model + "'");
      Long bytes = (Long) bench.rows("SELECT bytes FROM auspex.models").get(0).get(0);
      assertThat(bytes).isGreaterThan(10_000);
      Files.move(original, folder.resolve("elsewhere"));
      assertThat(bench.rows(PREDICTED)).isEqualTo(expected);
      bench.assertIdle();
    }
    assertThat(stored()).hasSize(2).anyMatch(name -> name.matches("[0-9a-f]{64}\\.data"));
    try (Workbench bench = Workbench.at(warehouse)) {
      assertThat(bench.rows(PREDICTED)).isEqualTo(expected);
      bench.run("DROP MODEL m");
    }
    try (Workbench bench = Workbench.at(warehouse)) {
      assertThat(bench.rows("FROM auspex.models")).isEmpty();
    }
    assertThat(stored()).isEmpty();
  }

  @Test
  void weightsThatWereAlteredAreNoticed() throws IOException {
    Path model = split(folder, "weights.bin");
    Path warehouse = folder.resolve("w.duckdb");
    try (Workbench bench = Workbench.at(warehouse)) {
      bench.run("CREATE MODEL m FROM '" + model + "'");
    }
    Path artifacts = folder.resolve("w.duckdb.auspex/artifacts");
    for (String name : stored()) {
      if (name.endsWith(".data")) {
        byte[] altered = Files.readAllBytes(artifacts.resolve(name));
        altered[7] ^= 1;
        Files.write(artifacts.resolve(name), altered);
      }
    }
    try (Workbench bench = Workbench.at(warehouse)) {
      assertThatThrownBy(() -> bench.rows(PREDICTED)).hasMessageContaining("was altered");
    }
  }

  @Test
  void weightsAreLookedForInTheModelsFolderOnly() throws IOException {
    Files.createDirectory(folder.resolve("inner"));
    Path model = split(folder.resolve("inner"), "weights.bin");
    Files.copy(folder.resolve("inner/weights.bin"), folder.resolve("weights.bin"));
    for (String outside :
        List.of(
            "../weights.bin",
            "a/../../weights.bin",
            folder.resolve("weights.bin").toString(),
            "..\\weights.bin")) {
      moveData(model, outside);
      assertSays(
          model.toString(),
          ErrorCode.MODEL_UNSUPPORTED,
          "The model %s cannot be used: it keeps weights in %s, which is not in its own folder. Put"
                  .formatted(model, outside)
              + " them beside it (onnx.save with save_as_external_data=True).");
    }
  }

  @Test
  void weightsThatAreMissingOrCutOffAreMissed() throws IOException {
    Path model = split(folder, "weights.bin");
    Path weights = folder.resolve("weights.bin");
    byte[] whole = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> create(model.toString()))
        .hasMessageContaining("the file weights.bin ends before its weights");
    Files.delete(weights);
    assertSays(
        model.toString(),
        ErrorCode.FILE_NOT_FOUND,
        "The file weights.bin does not exist or cannot be read. The model keeps weights in it,"
            + " beside its own file.");
  }

  @Test
  void modelsComeFromAddresses() throws IOException {
    Path served = Files.createDirectory(folder.resolve("served"));
    split(served, "weights.bin");
    Files.copy(TREES.resolve("lightgbm_binary.txt"), served.resolve("trees.txt"));
    Files.writeString(served.resolve("login"), "<!DOCTYPE html><html>Sign in</html>");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Path file = served.resolve(exchange.getRequestURI().getPath().substring(1));
          byte[] content = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
          exchange.sendResponseHeaders(Files.exists(file) ? 200 : 404, content.length);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
    server.start();
    String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    try {
      create(address + "split.onnx");
      create(address + "trees.txt");
      assertSays(
          address + "login",
          ErrorCode.NOT_ONNX,
          address
              + "login is not an ONNX model: it is a web page; name the address of the file"
              + " itself.");
      Files.delete(served.resolve("weights.bin"));
      assertSays(
          address + "split.onnx",
          ErrorCode.DOWNLOAD_FAILED,
          address
              + "weights.bin could not be downloaded: the server answered 404 (there is no such"
              + " file).");
    } finally {
      server.stop(0);
    }
    create(served.resolve("trees.txt").toUri().toString());
  }

  @Test
  void modelsComeFromFolders() throws IOException {
    Path mlflow = Files.createDirectory(folder.resolve("mlflow"));
    Files.writeString(
        mlflow.resolve("MLmodel"),
        """
        artifact_path: model
        flavors:
          python_function:
            data: model.ubj
            loader_module: mlflow.xgboost
          xgboost:
            data: model.ubj
            model_class: xgboost.core.Booster
            model_format: ubj
            xgb_version: 3.2.0
        """);
    Files.copy(TREES.resolve("xgboost_binary_ubj.ubj"), mlflow.resolve("model.ubj"));
    create(mlflow.toString());

    Path exported = Files.createDirectories(folder.resolve("exported/onnx"));
    Files.writeString(exported.resolveSibling("config.json"), "{}");
    Files.copy(Workbench.model("mlp"), exported.resolve("model.onnx"));
    Files.copy(Workbench.model("mlp"), exported.resolve("model_quantized.onnx"));
    create(exported.getParent().toString());
    Files.move(exported.resolve("model.onnx"), exported.resolve("model_fp16.onnx"));
    assertSays(
        exported.getParent().toString(),
        ErrorCode.MODEL_UNSUPPORTED,
        "The model %s cannot be used: it is a folder of several models (onnx/model_fp16.onnx,"
                .formatted(exported.getParent())
            + " onnx/model_quantized.onnx). Name one of them.");
  }

  @Test
  void foldersOfOtherKindsAreNamed() throws IOException {
    Map<String, String> told =
        Map.of(
            "saved_model.pb", "it is a TensorFlow SavedModel; convert it with",
            "model.safetensors", "it is a folder of PyTorch weights; convert it with",
            "net.keras", "it is a folder of a Keras model; convert it with tf2onnx",
            "readme.txt", "It is a folder, and there is no .onnx file in it, nor an MLmodel.");
    for (Map.Entry<String, String> kind : told.entrySet()) {
      Path of = Files.createDirectory(folder.resolve("of " + kind.getKey()));
      Files.writeString(of.resolve(kind.getKey()), "x");
      assertThatThrownBy(() -> create(of.toString())).hasMessageContaining(kind.getValue());
    }
    Path mlflow = Files.createDirectory(folder.resolve("sklearn"));
    Files.writeString(
        mlflow.resolve("MLmodel"), "flavors:\n  sklearn:\n    pickled_model: model.pkl\n");
    assertThatThrownBy(() -> create(mlflow.toString()))
        .hasMessageContaining("it is an MLflow model of sklearn; convert it (skl2onnx.to_onnx)");
    Files.writeString(mlflow.resolve("MLmodel"), "flavors: [a: }");
    assertThatThrownBy(() -> create(mlflow.toString()))
        .hasMessageContaining("its MLmodel lists no flavors");
  }

  @Test
  void anAddressOfAnotherKindIsRefused() {
    assertSays(
        "s3://bucket/m.onnx",
        ErrorCode.UNSUPPORTED,
        "s3://bucket/m.onnx cannot be used as the place of a model. Name a file, a folder, or an"
            + " http: or https: address.");
  }

  private List<String> stored() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("w.duckdb.auspex/artifacts"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static void create(String location) {
    try (Workbench bench = Workbench.inMemory()) {
      bench.run("CREATE MODEL m FROM '" + location + "'");
    }
  }

  private static void assertSays(String location, ErrorCode code, String message) {
    assertThatThrownBy(() -> create(location))
        .isInstanceOfSatisfying(
            AuspexException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  /** The perceptron of the tests with its weights in another file. */
  private static Path split(Path folder, String weights) throws IOException {
    ModelProto.Builder model =
        ModelProto.parseFrom(Files.readAllBytes(Workbench.model("mlp"))).toBuilder();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (TensorProto.Builder tensor : model.getGraphBuilder().getInitializerBuilderList()) {
      byte[] raw = raw(tensor);
      tensor
          .clearFloatData()
          .clearRawData()
          .setDataLocation(TensorProto.DataLocation.EXTERNAL)
          .addExternalData(entry("location", weights))
          .addExternalData(entry("offset", String.valueOf(data.size())))
          .addExternalData(entry("length", String.valueOf(raw.length)));
      data.write(raw);
    }
    Path file = folder.resolve(weights);
    Files.createDirectories(file.getParent());
    Files.write(file, data.toByteArray());
    return Files.write(folder.resolve("split.onnx"), model.build().toByteArray());
  }

  private static byte[] raw(TensorProto.Builder tensor) {
    if (tensor.hasRawData()) {
      return tensor.getRawData().toByteArray();
    }
    ByteBuffer raw =
        ByteBuffer.allocate(4 * tensor.getFloatDataCount()).order(ByteOrder.LITTLE_ENDIAN);
    tensor.getFloatDataList().forEach(raw::putFloat);
    return ByteString.copyFrom(raw.flip()).toByteArray();
  }

  private static void moveData(Path model, String to) throws IOException {
    ModelProto.Builder moved = ModelProto.parseFrom(Files.readAllBytes(model)).toBuilder();
    for (TensorProto.Builder tensor : moved.getGraphBuilder().getInitializerBuilderList()) {
      tensor.setExternalData(0, entry("location", to));
    }
    Files.write(model, moved.build().toByteArray());
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
