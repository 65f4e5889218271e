package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.extensions.OrtxPackage;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models with operators of a library, which is ONNX Runtime's own of extensions. */
class ModelLibraryTest {
  @TempDir private Path folder;

  private String create;

  @BeforeEach
  void write() throws IOException {
    String library;
    try {
      library = OrtxPackage.getLibraryPath();
    } catch (UnsatisfiedLinkError | RuntimeException notOfThisSystem) {
      abort("onnxruntime-extensions has no library for this system");
      return;
    }
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
            .addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain("ai.onnx.contrib").setVersion(1))
            .setGraph(
                GraphProto.newBuilder()
                    .setName("upper")
                    .addInput(text("word"))
                    .addOutput(text("loud"))
                    .addNode(
                        NodeProto.newBuilder()
                            .setOpType("StringUpper")
                            .setDomain("ai.onnx.contrib")
                            .addInput("word")
                            .addOutput("loud")))
            .build();
    Path file = Files.write(folder.resolve("upper.onnx"), model.toByteArray());
    create = "CREATE MODEL upper FROM '" + file + "' WITH (library = '" + library + "')";
  }

  private static ValueInfoProto text(String name) {
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(Dimension.newBuilder().setDimParam("N"))
            .addDim(Dimension.newBuilder().setDimValue(1))
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(8).setShape(shape)))
        .build();
  }

  private static final String PREDICTED =
      "SELECT loud::VARCHAR FROM PREDICT(MODEL upper, (SELECT 'augur 鳥' AS word))";

  @Test
  void aLibraryIsNotLoadedUnlessItIsAllowed() {
    Path warehouse = folder.resolve("w.duckdb");
    try (Workbench bench = Workbench.at(warehouse)) {
      assertRefused(bench, create);
      bench.run("SET allow_model_libraries = true", create);
      assertThat(bench.rows(PREDICTED).toString()).isEqualTo("[[AUGUR 鳥]]");
      bench.run("RESET allow_model_libraries");
      assertRefused(bench, PREDICTED);
      assertRefused(bench, "SELECT PREDICT(MODEL upper, 'a')");
      bench.assertIdle();
    }
    try (Workbench bench = Workbench.at(warehouse)) {
      assertRefused(bench, PREDICTED);
      bench.run("SET allow_model_libraries = true");
      assertThat(bench.rows(PREDICTED)).hasSize(1);
    }
  }

  @Test
  void whatIsNoLibraryIsSaidToBeNone() throws IOException {
    Path none = Files.writeString(folder.resolve("none.so"), "no library");
    String by = create.replaceFirst("library = '.*'", "library = '" + none + "'");
    try (Workbench bench = Workbench.inMemory()) {
      bench.run("SET allow_model_libraries = true");
      assertThatThrownBy(() -> bench.run(by))
          .isInstanceOfSatisfying(
              AuspexException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.MODEL_REFUSED));
      Files.delete(none);
      assertThatThrownBy(() -> bench.run(by)).hasMessageContaining("It is named as a library.");
      assertThatThrownBy(() -> bench.run(create.replaceAll(" WITH.*", "")))
          .hasMessageContaining("ONNX Runtime cannot load");
    }
  }

  private static void assertRefused(Workbench bench, String statement) {
    assertThatThrownBy(() -> bench.rows(statement))
        .isInstanceOfSatisfying(
            AuspexException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.LIBRARY_NOT_ALLOWED))
        .hasMessageContaining("SET allow_model_libraries = true");
  }
}
