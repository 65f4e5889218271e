package io.auspex.udf.onnx;

import static io.auspex.catalog.ElementType.FLOAT;
import static io.auspex.catalog.ElementType.INT64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Batching;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Input;
import io.auspex.catalog.ModelOptions;
import io.auspex.catalog.Output;
import io.auspex.catalog.Signature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the options of CREATE MODEL, and the names of dimensions, make of a file. */
class ModelOptionsTest {
  @TempDir Path folder;

  @Test
  void aConstantIsNoInput() throws IOException {
    Signature signature = read(addition("N", "N"), Map.of("input.b", "1"));
    assertThat(signature.inputs()).extracting(Input::name).containsExactly("a");
    assertThat(signature.batching()).isEqualTo(Batching.ANY);
  }

  @Test
  void aDimensionOfTheBatchIsMovedByItsName() throws IOException {
    Signature signature = read(sequence("steps", "batch"), Map.of());
    assertThat(signature.batching()).isEqualTo(Batching.ANY);
    assertThat(signature.inputs().get(0))
        .isEqualTo(new Input("x", FLOAT, List.of(-1L, -1L, 3L), List.of(), 1));
    Output output = signature.outputs().get(0);
    assertThat(output.axis()).isEqualTo(1);
    assertThat(output.shape()).containsExactly(-1L, -1L, 3L);
  }

  @Test
  void nSaysItOfMoreThanMatrices() throws IOException {
    assertThat(read(sequence("T", "N"), Map.of()).inputs().get(0).axis()).isEqualTo(1);
    assertThat(read(sequence("N", "batch"), Map.of()).inputs().get(0).axis()).isZero();
    assertThat(read(sequence("a", "b"), Map.of()).inputs().get(0).axis()).isZero();
    assertThat(read(addition("M", "N"), Map.of()).inputs()).allMatch(input -> input.axis() == 0);
  }

  @Test
  void whatIsSaidHolds() throws IOException {
    assertThat(read(sequence("a", "b"), Map.of("batch.x", "1")).inputs().get(0).axis())
        .isEqualTo(1);
    assertThat(read(sequence("a", "batch"), Map.of("batch.x", "0")).inputs().get(0).axis())
        .isZero();
    assertThat(read(sequence("a", "batch"), Map.of("batch.x", "none")).batching())
        .isEqualTo(Batching.NONE);
  }

  @Test
  void stepsOfASequenceAreNoRows() throws IOException {
    assertThat(read(sequence("sequence", ""), Map.of()).batching()).isEqualTo(Batching.NONE);
    assertThat(read(sequence("seq_len", "batch"), Map.of()).batching()).isEqualTo(Batching.ANY);
    assertThat(read(sequence("time", "x"), Map.of("batch.x", "0")).batching())
        .isEqualTo(Batching.ANY);
  }

  @Test
  void anOutputsAxisIsThatWhichGrowsWithTheRows() throws IOException {
    GraphBuilder graph =
        new GraphBuilder()
            .input("x", FLOAT, -1, 2, 3)
            .node("Transpose", List.of("x"), "y")
            .output("y", FLOAT, 3, 2, -1);
    Output output = read(graph, Map.of()).outputs().get(0);
    assertThat(output.axis()).isEqualTo(2);
    assertThat(output.shape()).containsExactly(-1L, 3L, 2L);
  }

  @Test
  void optionsThatFitNothingAreRefused() {
    refuses(
        Map.of("input.wrong", "1"),
        ErrorCode.OPTION_TENSOR,
        "The option input.wrong names no input of the model m; there are a, b.");
    refuses(
        Map.of("batch.outt", "1"),
        ErrorCode.OPTION_TENSOR,
        "The option batch.outt names no input or output of the model m; there are a, b, out."
            + " Did you mean out?");
    refuses(
        Map.of("pad.a", "1"),
        ErrorCode.OPTION_TENSOR,
        "The option pad.a names no input that takes lists of any length of the model m; there are"
            + " none.");
    refuses(
        Map.of("batch.a", "first"),
        ErrorCode.INVALID_OPTION,
        "The option batch.a cannot be first: the dimensions of a are numbered from 0 to 1, and"
            + " 'none' is that of an input which is a row's.");
    refuses(
        Map.of("input.a", "[1, 2, 3]"),
        ErrorCode.INVALID_OPTION,
        "The option input.a cannot be [1, 2, 3]: the input a takes 2 of them, not 3.");
  }

  private void refuses(Map<String, String> options, ErrorCode code, String message) {
    assertThatThrownBy(() -> read(addition("N", "N"), options))
        .hasMessage(message)
        .isInstanceOfSatisfying(
            AuspexException.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  private static GraphBuilder addition(String rows, String others) {
    return new GraphBuilder()
        .input("a", INT64, List.of(rows, 2L))
        .input("b", INT64, List.of(others, 2L))
        .node("Add", List.of("a", "b"), "out")
        .output("out", INT64, -1, 2);
  }

  private static GraphBuilder sequence(String first, String second) {
    return new GraphBuilder()
        .input("x", FLOAT, List.of(first, second, 3L))
        .node("Relu", List.of("x"), "y")
        .output("y", FLOAT, -1, -1, 3);
  }

  private Signature read(GraphBuilder graph, Map<String, String> options) throws IOException {
    return ModelFile.read(graph.write(folder), "m", Set.of(), new ModelOptions(options))
        .signature(List.of(), List.of());
  }
}
