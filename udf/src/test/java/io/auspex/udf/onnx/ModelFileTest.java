package io.auspex.udf.onnx;

import static io.auspex.catalog.ElementType.FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.Input;
import io.auspex.catalog.Output;
import io.auspex.catalog.Signature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of models that can be used. */
class ModelFileTest {
  private static final Path MODELS = Path.of("src/test/resources/models");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          affine_scalar_inputs   | a FLOAT, b FLOAT, c FLOAT | y FLOAT
          affine_n1              | f FLOAT, d DOUBLE, l BIGINT, i INTEGER, b BOOLEAN | y FLOAT, y_double DOUBLE, y_long BIGINT
          string_echo            | text VARCHAR | echo VARCHAR
          multi_output           | x FLOAT[4] | score FLOAT, vector FLOAT[3], label BIGINT
          matrix_input           | ones,tens,hundreds,thousands FLOAT | y FLOAT
          matrix_int64           | x BIGINT[3] | y BIGINT
          tensor_output          | x FLOAT[2] | y FLOAT[3][2]
          seven_classes          | features FLOAT[6] | output_label VARCHAR, output_probability MAP(VARCHAR, FLOAT)
          seven_classes_nozipmap | features FLOAT[6] | label VARCHAR, probabilities FLOAT[7]
          int_classes_zipmap     | features FLOAT[6] | output_label BIGINT, output_probability MAP(BIGINT, FLOAT)
          pipeline_strings       | age FLOAT, income FLOAT, city VARCHAR, plan VARCHAR | output_label VARCHAR, output_probability MAP(VARCHAR, FLOAT)
          lightgbm_regressor     | features FLOAT[20] | variable FLOAT
          xgboost_binary         | features FLOAT[20] | label BIGINT, probabilities FLOAT[2]
          """)
  void modelsOfTheZooAreRead(String model, String inputs, String outputs) {
    ModelFile file = ModelFile.read(MODELS.resolve(model + ".onnx"));

    assertThat(inputs(file.signature())).isEqualTo(inputs);
    assertThat(outputs(file.signature())).isEqualTo(outputs);
  }

  @Test
  void everyElementTypeIsRead() {
    Signature signature = ModelFile.read(MODELS.resolve("all_types.onnx")).signature();

    assertThat(signature.inputs()).hasSize(13).extracting(Input::type).doesNotHaveDuplicates();
    assertThat(signature.outputs())
        .extracting(Output::type)
        .containsExactlyElementsOf(signature.inputs().stream().map(Input::type).toList());
  }

  @Test
  void theFileSaysWhoWroteItAndForWhichOperators() {
    OnnxGraph graph = ModelFile.read(MODELS.resolve("pipeline_strings.onnx")).graph();

    assertThat(graph.producer()).startsWith("skl2onnx 1.");
    assertThat(graph.opset()).isEqualTo(16);
    assertThat(graph.operators()).contains("Imputer", "OneHotEncoder", "ZipMap");
    assertThat(graph.producerOf("output_probability").orElseThrow().getOpType())
        .isEqualTo("ZipMap");
  }

  @Test
  void inputsThatHaveAValueNeedNoColumn() throws IOException {
    Path file =
        sum().input("two", FLOAT, 1).initializer("two", 2).output("y", FLOAT, -1, 1).write(folder);

    assertThat(inputs(ModelFile.read(file).signature())).isEqualTo("x FLOAT");
  }

  @Test
  void whatTheFileLeavesOpenOnnxRuntimeInfers() throws IOException {
    Path shapeless = sum().initializer("two", 2).outputWithoutShape("y", FLOAT).write(folder);
    assertThat(outputs(ModelFile.read(shapeless).signature())).isEqualTo("y FLOAT");

    Path typeless = sum().initializer("two", 2).outputWithoutType("y").write(folder);
    assertThat(outputs(ModelFile.read(typeless).signature())).isEqualTo("y FLOAT");
  }

  @Test
  void whatOnnxRuntimeLeavesOpenATrialTells() throws IOException {
    Path file =
        new GraphBuilder()
            .input("x", FLOAT, -1, 3)
            .node("Shape", List.of("x"), "s")
            .node("Identity", List.of("s"), "t")
            .node("Abs", List.of("t"), "u")
            .node("Reshape", List.of("x", "u"), "y")
            .outputWithoutShape("y", FLOAT)
            .write(folder);

    assertThat(outputs(ModelFile.read(file).signature())).isIn("y FLOAT[3]", "y FLOAT[]");
  }

  @Test
  void anOutputsRowsAreNotFixed() throws IOException {
    Path file = sum().initializer("two", 2).output("y", FLOAT, 1, 1).write(folder);

    assertThat(ModelFile.read(file).signature().outputs().get(0).shape()).containsExactly(-1L, 1L);
  }

  @Test
  void theClassesOfAZipMapSayItsKeysType() throws IOException {
    Path file =
        new GraphBuilder()
            .input("x", FLOAT, -1, 2)
            .zipMap("x", "y", "no", "yes")
            .outputWithoutType("y")
            .write(folder);

    assertThat(outputs(ModelFile.read(file).signature())).isEqualTo("y MAP(VARCHAR, FLOAT)");
  }

  @Test
  void columnsThatDifferByCaseOnlyAreToldApart() throws IOException {
    Path file =
        sum()
            .initializer("two", 2)
            .node("Identity", List.of("x"), "Y")
            .output("y", FLOAT, -1, 1)
            .output("Y", FLOAT, -1, 1)
            .write(folder);

    assertThat(outputs(ModelFile.read(file).signature())).isEqualTo("y FLOAT, Y_2 FLOAT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          feature_names     | ["a", "b c", "é"]       | a,b c,é
          Feature_Names     | ['a', 'b', 'c']         | a,b,c
          columns           | a, b ,c                 | a,b,c
          input_features    | ["a", "b"]              |
          features          | ["a", "a", "b"]         |
          features          | ["a", 1, "b"]           |
          features          | ["a", "b", "c"          |
          features          | a,,b                    |
          something_else    | a,b,c                   |
          """)
  void metadataNamesTheColumns(String key, String value, String names) throws IOException {
    Path file =
        new GraphBuilder()
            .input("x", FLOAT, -1, 3)
            .node("Identity", List.of("x"), "y")
            .output("y", FLOAT, -1, 3)
            .metadata(key, value)
            .write(folder);

    String found = String.join(",", ModelFile.read(file).signature().inputs().get(0).features());
    assertThat(found).isEqualTo(names == null ? "" : names);
  }

  @Test
  void metadataSaysHowWideAnOpenInputIs() throws IOException {
    Path file = open().metadata("feature_names", "a,b").write(folder);

    Input input = ModelFile.read(file).signature().inputs().get(0);
    assertThat(input.features()).containsExactly("a", "b");
    assertThat(input.width()).isEqualTo(2);
  }

  static GraphBuilder sum() {
    return new GraphBuilder().input("x", FLOAT, -1, 1).node("Add", List.of("x", "two"), "y");
  }

  static GraphBuilder open() {
    return new GraphBuilder()
        .input("x", FLOAT, -1, -1)
        .node("ReduceSum", List.of("x"), "y")
        .output("y", FLOAT, -1, 1);
  }

  static String inputs(Signature signature) {
    return signature.inputs().stream()
        .map(
            input ->
                (input.features().isEmpty() ? input.name() : String.join(",", input.features()))
                    + " "
                    + input.columnType())
        .collect(Collectors.joining(", "));
  }

  static String outputs(Signature signature) {
    return signature.outputs().stream()
        .map(output -> output.column() + " " + output.sqlType())
        .collect(Collectors.joining(", "));
  }
}
