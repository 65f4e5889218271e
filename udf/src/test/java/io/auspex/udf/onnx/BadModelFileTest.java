package io.auspex.udf.onnx;

import static io.auspex.catalog.ElementType.FLOAT;
import static io.auspex.catalog.ElementType.UINT32;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that cannot be used, each with its sentence. */
class BadModelFileTest {
  private static final Path MODELS = Path.of("src/test/resources/models");

  @TempDir Path folder;

  @Test
  void filesThatAreNoModels() throws IOException {
    assertSays(MODELS.resolve("empty.onnx"), "m is not an ONNX model: it is empty.");
    assertSays(MODELS.resolve("not_onnx.onnx"), "m is not an ONNX model: it is text.");
    assertSays(
        MODELS.resolve("truncated.onnx"),
        "m is not an ONNX model: it is damaged, cut off or of another format.");
    assertSays(
        Files.writeString(folder.resolve("p"), "version https://git-lfs.github.com/spec/v1\n"),
        "m is not an ONNX model: it is a Git LFS pointer, not the file itself.");
    assertSays(
        Files.write(folder.resolve("z"), new byte[] {'P', 'K', 3, 4, 0, 0}),
        "m is not an ONNX model: it is a ZIP archive.");
    assertSays(
        Files.write(folder.resolve("k"), new byte[] {(byte) 0x80, 4, (byte) 0x95, 1}),
        "m is not an ONNX model: it is a Python pickle; convert it with skl2onnx.to_onnx, or save it with"
            + " its own library's save_model.");
  }

  @Test
  void filesThatAreNotThere() throws IOException {
    Files.writeString(folder.resolve("churn.onnx"), "x");

    assertSays(
        folder.resolve("chrun.onnx"),
        "The file m does not exist or cannot be read. Did you mean churn.onnx?");
    assertSays(folder, "The file m does not exist or cannot be read. It is a folder.");
    assertSays(
        folder.resolve("nowhere/churn.onnx"),
        "The file m does not exist or cannot be read. Its folder does not exist either.");
  }

  @Test
  void operatorsThatOnnxRuntimeLacks() {
    assertSays(
        MODELS.resolve("unknown_op.onnx"),
        "ONNX Runtime cannot load m: No Op registered for FrobnicateTensor with domain_version of"
            + " 17.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Error code - ORT_FAIL - message: Load model from /a b/m.onnx failed:/src/core/graph/model.cc:149 onnxruntime::Model::Model(ModelProto&&, const PathString&) Unsupported model IR version: 99, max supported IR version: 11 | Unsupported model IR version: 99, max supported IR version: 11
          Error code - ORT_NOT_IMPLEMENTED - message: Failed to find kernel for Foo(1) (node:'').     | Failed to find kernel for Foo(1) (node:'')
          Deserialize tensor w failed.endian_utils.cc:66 CopyLittleEndian buffer size mismatch        | Deserialize tensor w failed. buffer size mismatch
          """)
  void reasonsWithoutPathsAndPlaces(String message, String reason) {
    assertThat(RuntimeMessage.reason(new OrtException(message))).isEqualTo(reason);
  }

  @Test
  void graphsThatAreNotWhole() throws IOException {
    assertSays(
        ModelFileTest.sum().output("y", FLOAT, -1, 1).write(folder),
        "m is not an ONNX model: its node Add reads two, which nothing computes.");
    assertSays(
        ModelFileTest.sum().initializer("two", 2).output("z", FLOAT, -1).write(folder),
        "m is not an ONNX model: nothing computes its output z.");
    assertSays(
        ModelFileTest.sum().initializer("two", 2).write(folder),
        "m is not an ONNX model: its graph has no outputs.");
    assertSays(
        new GraphBuilder().input("x", FLOAT, -1).output("x", FLOAT, -1).write(folder),
        "m is not an ONNX model: its graph has no nodes.");
    assertSays(
        ModelFileTest.open().withoutOperatorSets().write(folder),
        "m is not an ONNX model: it names no operator set; it may be cut off.");
  }

  @Test
  void inputsThatNoColumnFills() throws IOException {
    assertSays(
        identity(new GraphBuilder().inputWithoutShape("x")),
        "The model m cannot be used: its input x declares no shape. Export it with the shape"
            + " [?, F].");
    assertSays(
        new GraphBuilder()
            .input("x", 14, -1)
            .node("Identity", List.of("x"), "y")
            .outputWithoutType("y")
            .write(folder),
        "The model m cannot be used: its input x holds elements of type COMPLEX64. Export it with"
            + " numbers, booleans or strings.");
    assertSays(
        identity(new GraphBuilder().initializer("x", 1)),
        "The model m cannot be used: it has no inputs. Only models that compute from columns can"
            + " be.");
  }

  @Test
  void outputsThatNoColumnHolds() throws IOException {
    assertSays(
        new GraphBuilder()
            .input("x", UINT32, -1)
            .node("SequenceConstruct", List.of("x"), "y")
            .outputOfTensors("y", UINT32)
            .write(folder),
        "The model m cannot be used: its output y is a sequence of tensors of type UINT32. Choose"
            + " others with OUTPUTS (…), or cast its elements to signed integers.");
    assertSays(
        new GraphBuilder()
            .input("x", FLOAT, -1)
            .node("Size", List.of("x"), "y")
            .outputWithoutType("y")
            .write(folder),
        "The model m cannot be used: its output y has not an entry for each row. Choose others"
            + " with OUTPUTS (…), or export it with a shape such as [?, 1].");
  }

  @Test
  void modelsOfOtherKinds() throws IOException {
    assertSays(
        Files.write(folder.resolve("m.pt"), new byte[] {(byte) 0x80, 2, (byte) 0x8A, 1}),
        "m is not an ONNX model: it is a PyTorch checkpoint; convert it with torch.onnx.export.");
    assertSays(
        zip("t.pt", "archive/data.pkl"),
        "m is not an ONNX model: it is a PyTorch model; convert it with torch.onnx.export.");
    assertSays(
        zip("k.keras", "config.json", "model.weights.h5"),
        "m is not an ONNX model: it is a Keras model; convert it with tf2onnx (python -m"
            + " tf2onnx.convert), or model.export(…, format='onnx').");
    assertSays(
        zip("z.zip", "inner/net.onnx"),
        "m is not an ONNX model: it is a ZIP archive; unpack it and name inner/net.onnx.");
    assertSays(
        Files.write(folder.resolve("h.h5"), "\u0089HDF\r\n".getBytes(ISO_8859_1)),
        "m is not an ONNX model: it is an HDF5 file, as Keras writes; convert it with tf2onnx"
            + " (python -m tf2onnx.convert), or model.export(…, format='onnx').");
    assertSays(
        Files.write(folder.resolve("l.tflite"), "\u001c\0\0\0TFL3\0\0\0\0".getBytes(ISO_8859_1)),
        "m is not an ONNX model: it is a TensorFlow Lite model; convert it with python -m"
            + " tf2onnx.convert --tflite.");
    assertSays(
        Files.write(
            folder.resolve("s.safetensors"), "\u0040\0\0\0\0\0\0\0{\"w\":{}}".getBytes(ISO_8859_1)),
        "m is not an ONNX model: it is a safetensors file, which has weights but no model; convert"
            + " it with torch.onnx.export.");
    assertSays(
        Files.writeString(folder.resolve("p.pmml"), "<?xml version='1.0'?><PMML></PMML>"),
        "m is not an ONNX model: it is PMML; export the model it was made from, as with"
            + " skl2onnx.to_onnx.");
    assertSays(
        Files.write(folder.resolve("c.mlmodel"), new byte[] {8, 4, 18, 2, 1, 2}),
        "m is not an ONNX model: it is a Core ML model; convert the model it was made from, or use"
            + " coremltools.");
  }

  private Path zip(String name, String... entries) throws IOException {
    Path file = folder.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.closeEntry();
      }
    }
    return file;
  }

  @Test
  void aFileCutOffAnywhereIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(MODELS.resolve("affine_scalar_inputs.onnx"));
    Path file = folder.resolve("cut.onnx");
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> ModelFile.read(file, "m"))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOfSatisfying(
              AuspexException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.NOT_ONNX));
    }
  }

  @Test
  void aDamagedFileIsReadOrRefusedAndNothingElse() throws IOException {
    byte[] whole = Files.readAllBytes(MODELS.resolve("pipeline_strings.onnx"));
    Path file = folder.resolve("damaged.onnx");
    Random random = new Random(2);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      try {
        ModelFile.read(file, "m");
      } catch (AuspexException refused) {
        assertThat(refused.code())
            .isIn(ErrorCode.NOT_ONNX, ErrorCode.MODEL_UNSUPPORTED, ErrorCode.MODEL_REFUSED);
      }
    }
  }

  private Path identity(GraphBuilder inputs) throws IOException {
    return inputs.node("Identity", List.of("x"), "y").output("y", FLOAT, -1).write(folder);
  }

  private static void assertSays(Path file, String message) {
    assertThatThrownBy(() -> ModelFile.read(file, "m"))
        .isInstanceOf(AuspexException.class)
        .hasMessage(message);
  }
}
