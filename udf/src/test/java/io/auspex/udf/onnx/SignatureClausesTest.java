package io.auspex.udf.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ElementType;
import io.auspex.catalog.Input;
import io.auspex.catalog.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignatureClausesTest {
  private static final Position PLACE = new Position(2, 7);

  @TempDir Path folder;

  @Test
  void featuresNameTheColumnsOfOneInput() {
    assertThat(features("multi_output", "a", "b c", "Ü", "select"))
        .containsExactly("x:a,b c,Ü,select");
    assertThat(features("matrix_input", "a", "b", "c", "d")).containsExactly("x:a,b,c,d");
  }

  @Test
  void featuresRenameManyInputs() {
    assertThat(features("affine_scalar_inputs", "u", "v", "w"))
        .containsExactly("a:u", "b:v", "c:w");
    assertThat(features("string_echo", "word")).containsExactly("text:word");
  }

  @Test
  void withoutFeaturesTheModelsOwnStay() {
    assertThat(features("affine_scalar_inputs")).containsExactly("a:a", "b:b", "c:c");
    assertThat(features("matrix_input")).containsExactly("x:ones,tens,hundreds,thousands");
    assertThat(features("multi_output")).containsExactly("x:");
  }

  @Test
  void anOpenWidthTakesWhatIsGiven() throws IOException {
    ModelFile file = ModelFile.read(ModelFileTest.open().write(folder));

    Input input = file.signature(List.of("a", "b", "c"), List.of()).inputs().get(0);
    assertThat(input.shape()).containsExactly(-1L, 3L);
    assertThat(input.features()).containsExactly("a", "b", "c");
  }

  @Test
  void inputsOfSeveralWidthsShareTheNames() throws IOException {
    Path file =
        new GraphBuilder()
            .input("x", ElementType.FLOAT, -1, 2)
            .input("y", ElementType.FLOAT, -1)
            .input("z", ElementType.FLOAT, -1, -1)
            .node("Identity", List.of("x"), "out")
            .output("out", ElementType.FLOAT, -1, 2)
            .write(folder);

    assertThat(named(ModelFile.read(file), List.of("a", "b", "c", "d", "e")))
        .containsExactly("x:a,b", "y:c", "z:d,e");
    assertThatThrownBy(() -> named(ModelFile.read(file, "m"), List.of("a", "b", "c")))
        .hasMessage(
            "FEATURES names 3 columns, but the model m takes more than 3: x FLOAT[?, 2], y"
                + " FLOAT[?], z FLOAT[?, ?].");
  }

  @Test
  void severalOpenWidthsCannotBeShared() throws IOException {
    Path file =
        new GraphBuilder()
            .input("x", ElementType.FLOAT, -1, -1)
            .input("z", ElementType.FLOAT, -1, -1)
            .node("Identity", List.of("x"), "out")
            .output("out", ElementType.FLOAT, -1, 2)
            .write(folder);

    assertThatThrownBy(() -> named(ModelFile.read(file, "m"), List.of("a", "b", "c")))
        .hasMessage(
            "FEATURES does not fit the model m: 2 of its inputs leave open how many columns they"
                + " take (x FLOAT[?, ?], z FLOAT[?, ?]). Leave FEATURES out and give each an array"
                + " column of its name.");
  }

  @Test
  void aWrongCountOfFeaturesIsRefused() {
    assertThatThrownBy(() -> features("multi_output", "a", "b", "c"))
        .hasMessage("FEATURES names 3 columns, but the model m takes 4: x FLOAT[?, 4].");
    assertThatThrownBy(() -> features("affine_scalar_inputs", "a", "b", "c", "d"))
        .hasMessage(
            "FEATURES names 4 columns, but the model m takes 3: a FLOAT[?], b FLOAT[?], c"
                + " FLOAT[?].");
    assertThatThrownBy(() -> features("affine_scalar_inputs", "a", "A", "c"))
        .hasMessage(
            "FEATURES names the column A more than once for the model m. Give each its own name.");
  }

  @Test
  void outputsKeepAndRenameInTheirOrder() {
    assertThat(outputs(choice("label", null), choice("SCORE", "points")))
        .isEqualTo("label BIGINT, points FLOAT");
    assertThat(outputs()).isEqualTo("score FLOAT, vector FLOAT[3], label BIGINT");
  }

  @Test
  void anUnknownOutputIsToldWithItsPlace() {
    assertThatThrownBy(() -> outputs(choice("labels", null)))
        .hasMessage(
            "The model m has no output labels; its outputs are score, vector, label. Did you mean"
                + " label?")
        .isInstanceOfSatisfying(
            AuspexException.class, failure -> assertThat(failure.position()).contains(PLACE));
    assertThatThrownBy(() -> outputs(choice("label", "x"), choice("score", "X")))
        .hasMessage(
            "OUTPUTS names the column X more than once for the model m. Give each its own name.");
  }

  private static List<String> features(String model, String... names) {
    return named(zoo(model), List.of(names));
  }

  private static List<String> named(ModelFile file, List<String> names) {
    return file.signature(names, List.of()).inputs().stream()
        .map(input -> input.name() + ":" + String.join(",", input.features()))
        .toList();
  }

  private static String outputs(OutputChoice... choices) {
    return ModelFileTest.outputs(zoo("multi_output").signature(List.of(), List.of(choices)));
  }

  private static OutputChoice choice(String output, String column) {
    return new OutputChoice(output, Optional.ofNullable(column), PLACE);
  }

  private static ModelFile zoo(String model) {
    return ModelFile.read(Path.of("src/test/resources/models", model + ".onnx"), "m");
  }
}
