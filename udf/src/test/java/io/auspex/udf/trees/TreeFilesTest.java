package io.auspex.udf.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is imported, and what is said of files that cannot be. */
class TreeFilesTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("auspex.root"), "udf/src/test/resources/trees");

  @TempDir private Path folder;

  @Test
  void anOnnxFileIsNone() {
    Path onnx = FOLDER.resolveSibling("models").resolve("lightgbm_regressor.onnx");
    assertThat(TreeFiles.read(onnx, "m")).isEmpty();
  }

  @Test
  void featuresKeepTheirNames() {
    ModelProto model = read("xgboost_binary.json");
    assertThat(model.getMetadataPropsList())
        .anySatisfy(
            entry -> {
              assertThat(entry.getKey()).isEqualTo("feature_names");
              assertThat(entry.getValue()).isEqualTo("[\"age\",\"income\",\"tenure\",\"score\"]");
            });
    assertThat(outputs(model)).containsExactly("label", "probabilities");
    assertThat(outputs(read("xgboost_regression.json"))).containsExactly("prediction");
  }

  @Test
  void textsBecomeInputsOfTheirOwn() {
    assertThat(read("lightgbm_texts.txt").getGraph().getInputList())
        .extracting(ValueInfoProto::getName)
        .containsExactly("age", "income", "town");
  }

  @Test
  void aClassifierOfThreeHasATreeAClassARound() {
    NodeProto ensemble =
        read("lightgbm_multiclass.txt").getGraph().getNodeList().stream()
            .filter(node -> node.getOpType().equals("TreeEnsemble"))
            .findFirst()
            .orElseThrow();
    assertThat(ensemble.getAttributeList())
        .filteredOn(attribute -> attribute.getName().equals("tree_roots"))
        .extracting(AttributeProto::getIntsCount)
        .containsExactly(36);
  }

  private static List<String> outputs(ModelProto model) {
    return model.getGraph().getOutputList().stream().map(ValueInfoProto::getName).toList();
  }

  private static ModelProto read(String file) {
    return TreeFiles.read(FOLDER.resolve(file), file).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xgboost_binary.json",
        "xgboost_binary_ubj.ubj",
        "xgboost_texts.ubj",
        "lightgbm_codes.txt",
        "catboost_rmse.cbm",
        "catboost_lossguide.cbm",
        "catboost_rmse.json"
      })
  void aFileThatIsCutOffOrDamagedIsSaidToBe(String name) throws IOException {
    byte[] whole = Files.readAllBytes(FOLDER.resolve(name));
    int end = new String(whole, StandardCharsets.ISO_8859_1).indexOf("end of trees");
    int length = end < 0 ? whole.length : end;
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      byte[] bad = Arrays.copyOf(whole, i < 100 ? 70 + random.nextInt(length - 80) : whole.length);
      for (int j = 0; i >= 100 && j < 4; j++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("bad"), bad);
      try {
        TreeFiles.read(file, "bad");
        assertThat(i).as("a file cut off at " + bad.length).isGreaterThanOrEqualTo(100);
      } catch (AuspexException refused) {
        assertThat(refused.code()).isIn(ErrorCode.MODEL_DAMAGED, ErrorCode.MODEL_UNSUPPORTED);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"learner": {"gradient_booster": {"name": "gblinear"}}} | its booster is gblinear
          {"name": "dump", "tree_info": []} | it is what LightGBM's dump_model writes
          {"a": 1} | it is JSON, but no model of XGBoost or CatBoost
          {"learner": {}} | it has no learner.gradient_booster
          {"model_info": {}} | it has no features_info
          """)
  void whatCannotBeImportedIsRefused(String text, String reason) throws IOException {
    Path file = Files.writeString(folder.resolve("m.json"), text);
    assertThatThrownBy(() -> TreeFiles.read(file, "m.json")).hasMessageContaining(reason);
  }

  @Test
  void anObjectiveOfOnesOwnIsRefused() throws IOException {
    Path file = altered("lightgbm_regression.txt", "objective=regression", "objective=mine");
    assertThatThrownBy(() -> TreeFiles.read(file, "m"))
        .hasMessage(
            "The model m cannot be used: its objective is mine. Auspex knows LightGBM's own"
                + " objectives; export it with onnxmltools instead.");
  }

  @Test
  void leavesThatAreLinearModelsAreRefused() throws IOException {
    Path file = altered("lightgbm_regression.txt", "is_linear=0", "is_linear=1");
    assertThatThrownBy(() -> TreeFiles.read(file, "m"))
        .hasMessageContaining("its leaves are linear models");
  }

  private Path altered(String name, String found, String replacement) throws IOException {
    String text = Files.readString(FOLDER.resolve(name), StandardCharsets.UTF_8);
    assertThat(text).contains(found);
    return Files.writeString(folder.resolve(name), text.replace(found, replacement));
  }
}
