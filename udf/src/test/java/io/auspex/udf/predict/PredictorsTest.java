package io.auspex.udf.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Batching;
import io.auspex.catalog.Column;
import io.auspex.catalog.ElementType;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.ModelVersion;
import io.auspex.udf.binding.Bindings;
import io.auspex.udf.binding.Feature;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the zoo does not show: arrays, strings of all planes, other types, cancelling. */
final class PredictorsTest {
  private final BufferAllocator allocator = new RootAllocator();
  private final Predictors predictors = new Predictors();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    predictors.close();
    allocator.close();
  }

  @Test
  void stringsOfAllPlanesMeetTheModels() throws Exception {
    String[] words = {"a", "é", "日本", "🦆", "x\0y", ""};
    ModelVersion model =
        new Graphs()
            .input("word", ElementType.STRING, -1, 1)
            .node(
                "LabelEncoder",
                "word",
                "number",
                Graphs.strings("keys_strings", words),
                Graphs.integers("values_int64s", 1, 2, 3, 4, 5, 6))
            .node(
                "LabelEncoder",
                "number",
                "again",
                Graphs.integers("keys_int64s", 1, 2, 3, 4, 5, 6),
                Graphs.strings("values_strings", words))
            .output("number", ElementType.INT64, -1, 1)
            .output("again", ElementType.STRING, -1, 1)
            .write(folder.resolve("words_of_all_planes"));
    List<String> column = new ArrayList<>(Arrays.asList(words));
    column.add(null);
    column.add("🦢");
    assertThat(predict(model, "VARCHAR", column))
        .containsExactly(
            Arrays.asList("1", "2", "3", "4", "5", "6", null, "-1"),
            Arrays.asList("a", "é", "日本", "🦆", "x\0y", "", null, "_Unused"));
  }

  @Test
  void arraysAreRows() {
    ModelVersion model = Tables.model("matrix_input");
    List<List<Float>> rows =
        Arrays.asList(
            List.of(1f, 2f, 3f, 4f),
            null,
            Arrays.asList(1f, null, 3f, 4f),
            List.of(5f, 6f, 7f, 8f));
    List<String> expected = List.of("4321.0", "NaN", "NaN", "8765.0");
    for (String type : List.of("FLOAT[4]", "FLOAT[]", "DOUBLE[4]", "DOUBLE[]")) {
      assertThat(predict(model, type, rows)).as(type).containsExactly(expected);
      assertThat(predict(model, type, List.of(rows.get(0), rows.get(3))))
          .as(type)
          .containsExactly(List.of("4321.0", "8765.0"));
    }
  }

  @Test
  void aNullInAnArrayOfIntegersMakesThePredictionNull() {
    ModelVersion model = Tables.model("matrix_int64");
    List<List<Long>> rows = Arrays.asList(List.of(1L, 2L, 3L), null, Arrays.asList(1L, null, 3L));
    for (String type : List.of("BIGINT[3]", "BIGINT[]")) {
      assertThat(predict(model, type, rows)).containsExactly(Arrays.asList("321", null, null));
    }
  }

  @Test
  void listsOfAnotherLengthAreRefused() {
    ModelVersion model = Tables.model("matrix_input");
    assertThatThrownBy(
            () -> predict(model, "FLOAT[]", List.of(List.of(1f, 2f, 3f, 4f), List.of(1f))))
        .isInstanceOfSatisfying(
            AuspexException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.ROW_LENGTH))
        .hasMessage("The model matrix_input takes arrays of 4 values in x, but a row has 1.");
  }

  @Test
  void anOpenWidthIsThatOfTheRows() throws Exception {
    ModelVersion model =
        new Graphs()
            .input("x", ElementType.FLOAT, -1, -1)
            .node("Neg", "x", "y")
            .output("y", ElementType.FLOAT, -1, -1)
            .write(folder.resolve("open"));
    assertThat(predict(model, "FLOAT[]", List.of(List.of(1f, 2f), List.of(3f, 4f))))
        .containsExactly(List.of("[-1.0, -2.0]", "[-3.0, -4.0]"));
    assertThat(predict(model, "FLOAT[]", Arrays.asList(null, null)))
        .containsExactly(Arrays.asList(null, null));
  }

  /** ONNX Runtime leaves the memory that such an output is told to go to as it was. */
  @Test
  void anOutputThatIsAnInputIsWritten() throws Exception {
    ModelVersion model =
        new Graphs()
            .input("x", ElementType.FLOAT, -1)
            .node("Neg", "x", "y")
            .output("x", ElementType.FLOAT, -1)
            .output("y", ElementType.FLOAT, -1)
            .write(folder.resolve("through"));
    assertThat(predict(model, "FLOAT", List.of(1f, 2f)))
        .containsExactly(List.of("1.0", "2.0"), List.of("-1.0", "-2.0"));
  }

  /**
   * As converters of LightGBM and CatBoost write them: {@code [1]}, {@code [N]} for {@code [N,1]}.
   */
  @Test
  void misstatedShapesDoNoHarm() throws Exception {
    ModelVersion model =
        new Graphs()
            .input("x", ElementType.FLOAT, -1, 1)
            .node("Neg", "x", "y")
            .node("Squeeze", "x", "z")
            .output("y", ElementType.FLOAT, -1)
            .output("z", ElementType.FLOAT, 1)
            .write(folder.resolve("misstated"));
    assertThat(predict(model, "FLOAT", List.of(1f, 2f, 3f)))
        .containsExactly(List.of("-1.0", "-2.0", "-3.0"), List.of("1.0", "2.0", "3.0"));
    // Of one row, Squeeze leaves nothing but a value.
    assertThat(predict(model, "FLOAT", List.of(5f)))
        .containsExactly(List.of("-5.0"), List.of("5.0"));
  }

  @Test
  void aModelIsNotGivenWhatItFailsOnForANull() throws Exception {
    ModelVersion model =
        new Graphs()
            .input("x", ElementType.INT64, -1)
            .node("Div", new String[] {"x", "x"}, "y")
            .output("y", ElementType.INT64, -1)
            .write(folder.resolve("ratio"));
    assertThat(predict(model, "BIGINT", Arrays.asList(null, 3L, null)))
        .containsExactly(Arrays.asList(null, "1", null));
    assertThat(predict(model, "BIGINT", Arrays.asList(null, null)))
        .containsExactly(Arrays.asList(null, null));
  }

  /** To a regular expression, a character must be one, also where JNI writes it as two. */
  @Test
  void modelsThatLookInsideStringsGetUtf8() throws Exception {
    ModelVersion model =
        new Graphs()
            .opset(20)
            .input("x", ElementType.STRING, -1)
            .node("RegexFullMatch", "x", "y", Graphs.string("pattern", ".{3,9}"))
            .output("y", ElementType.BOOL, -1)
            .write(folder.resolve("pattern"));
    assertThat(predict(model, "VARCHAR", List.of("ab", "abc", "🚂🚂", "🚂🚂🚂🚂🚂")))
        .containsExactly(List.of("false", "true", "false", "true"));
  }

  @Test
  void anyNameOfATensorWillDo() throws Exception {
    ModelVersion model =
        new Graphs()
            .input("x🚂", ElementType.FLOAT, -1)
            .node("Neg", "x🚂", "y🦆")
            .output("y🦆", ElementType.FLOAT, -1)
            .write(folder.resolve("names"));
    assertThat(predict(model, "FLOAT", List.of(1f, 2f))).containsExactly(List.of("-1.0", "-2.0"));
  }

  @Test
  void aFixedNumberOfRowsIsFilledUp() throws Exception {
    ModelVersion model =
        new Graphs()
            .input("x", ElementType.FLOAT, 2, 3)
            .node("Neg", "x", "y")
            .output("y", ElementType.FLOAT, 2, 3)
            .write(folder.resolve("pairs"));
    assertThat(model.signature().batching()).isEqualTo(Batching.of(2));
    assertThat(
            predict(
                model, "FLOAT[3]", Arrays.asList(List.of(1f, 2f, 3f), null, List.of(7f, 8f, 9f))))
        .containsExactly(List.of("[-1.0, -2.0, -3.0]", "[NaN, NaN, NaN]", "[-7.0, -8.0, -9.0]"));
  }

  @Test
  void tensorsWithoutRowsAreARunEach() throws Exception {
    ModelVersion model =
        new Graphs()
            .input("x", ElementType.INT64, 3)
            .node("ReduceSum", "x", "y", Graphs.integer("keepdims", 0))
            .output("y", ElementType.INT64)
            .write(folder.resolve("sum"));
    assertThat(model.signature().batching()).isEqualTo(Batching.NONE);
    assertThat(
            predict(
                model, "BIGINT[3]", Arrays.asList(List.of(1L, 2L, 3L), null, List.of(7L, 8L, 9L))))
        .containsExactly(Arrays.asList("6", null, "24"));
  }

  @Test
  void rowsOfDifferentSizeAreARunEachWhereTheModelHasNoRows() throws Exception {
    ModelVersion model =
        new Graphs()
            .input("x", ElementType.FLOAT, -1)
            .input("s", ElementType.FLOAT)
            .node("Mul", new String[] {"x", "s"}, "y")
            .output("y", ElementType.FLOAT, -1)
            .write(folder.resolve("scaled"));
    assertThat(model.signature().batching()).isEqualTo(Batching.NONE);
    assertThat(model.signature().outputs().get(0).sqlType()).isEqualTo("FLOAT[]");
  }

  @Test
  void sixteenBitFloatsAreRounded() throws Exception {
    ModelVersion model =
        new Graphs()
            .input("x", ElementType.FLOAT16, -1)
            .node("Neg", "x", "y")
            .output("y", ElementType.FLOAT16, -1)
            .write(folder.resolve("half"));
    List<String> rounded = List.of("-0.099975586", "-Infinity", "-1.0", "NaN");
    List<Double> values = Arrays.asList(0.1, 1e6, 1.0001, null);
    assertThat(predict(model, "FLOAT", values)).containsExactly(rounded);
    assertThat(predict(model, "DOUBLE", values)).containsExactly(rounded);
  }

  @Test
  void unsignedIntegersKeepTheirHighestBit() throws Exception {
    for (ElementType type : List.of(ElementType.UINT16, ElementType.UINT32, ElementType.UINT64)) {
      ModelVersion model =
          new Graphs()
              .input("x", type, -1)
              .node("Cast", "x", "y", Graphs.integer("to", ElementType.FLOAT.onnxCode()))
              .node("Cast", "y", "z", Graphs.integer("to", type.onnxCode()))
              .output("y", ElementType.FLOAT, -1)
              .output("z", type, -1)
              .write(folder.resolve("unsigned_" + type));
      long highest = 1L << type.bytes() * 8 - 1;
      double value = highest < 0 ? -(double) highest : highest;
      assertThat(predict(model, type.sqlType(), List.of(highest)))
          .containsExactly(
              List.of(Float.toString((float) value)), List.of(Long.toUnsignedString(highest)));
    }
  }

  @Test
  void aDoubleBeyondFloatIsInfinite() throws Exception {
    ModelVersion model =
        new Graphs()
            .input("x", ElementType.FLOAT, -1)
            .node("Neg", "x", "y")
            .output("y", ElementType.FLOAT, -1)
            .write(folder.resolve("negative"));
    assertThat(predict(model, "DOUBLE", List.of(1e300, -1e300)))
        .containsExactly(List.of("-Infinity", "Infinity"));
  }

  @Test
  void aModelThatGivesOtherShapesThanItSaysIsToldOf() throws Exception {
    ModelVersion model =
        new Graphs()
            .input("x", ElementType.FLOAT, -1, -1)
            .node("ReduceSum", "x", "y", Graphs.integer("keepdims", 0))
            .output("y", ElementType.FLOAT, -1)
            .write(folder.resolve("sum"));
    assertThatThrownBy(() -> predict(model, "FLOAT[]", List.of(List.of(1f, 2f), List.of(3f, 4f))))
        .isInstanceOfSatisfying(
            AuspexException.class,
            error ->
                assertThat(error.code())
                    .isIn(ErrorCode.PREDICTION_FAILED, ErrorCode.MODEL_REFUSED));
  }

  @Test
  @Timeout(30)
  void aLongRunIsCancelledInside() throws Exception {
    Graphs graphs = new Graphs().input("x", ElementType.FLOAT, -1);
    for (int i = 0; i < 3000; i++) {
      graphs.node("Erf", i == 0 ? "x" : "x" + i, "x" + (i + 1));
    }
    ModelVersion model =
        graphs.output("x3000", ElementType.FLOAT, -1).write(folder.resolve("long"));
    Cancellation cancellation = new Cancellation();
    Thread canceller =
        new Thread(
            () -> {
              try {
                Thread.sleep(200);
              } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
              }
              cancellation.cancel();
            });
    List<Feature> features = Bindings.byPosition(model, List.of(new Column("x", "FLOAT")));
    Float[] values = new Float[1 << 20];
    Arrays.fill(values, 0.5f);
    try (FieldVector column = Tables.column("FLOAT", Arrays.asList(values), allocator);
        Predictor predictor =
            predictors.open(
                model,
                folder.resolve("long"),
                features,
                model.signature().outputs(),
                ComputeOptions.AUTO)) {
      canceller.start();
      assertThatThrownBy(
              () -> predictor.predict(List.of(column), values.length, allocator, cancellation))
          .isInstanceOfSatisfying(
              AuspexException.class,
              error -> assertThat(error.code()).isEqualTo(ErrorCode.CANCELLED));
    }
    canceller.join();
  }

  @Test
  void widerModelsGetSmallerBatches() {
    assertThat(batchRows("mlp", 20)).isEqualTo(18432);
    assertThat(batchRows("linear_regressor", 3)).isEqualTo(32768);
    ModelVersion open = Tables.model("mlp");
    Feature feature = Bindings.byPosition(open, columns(20)).get(0);
    List<Feature> wide = new ArrayList<>(Collections.nCopies(1000, feature));
    assertThat(Predictors.batchRows(open, wide)).isEqualTo(1024);
  }

  private static int batchRows(String name, int width) {
    ModelVersion model = Tables.model(name);
    return Predictors.batchRows(model, Bindings.byPosition(model, columns(width)));
  }

  private static List<Column> columns(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Column("c" + i, "FLOAT")).toList();
  }

  /** The outputs of a model over one column, as texts; run twice, to be written in place too. */
  private List<List<String>> predict(ModelVersion model, String type, List<?> values) {
    List<Feature> features = Bindings.byPosition(model, List.of(new Column("x", type)));
    Path file = Tables.path(model.model());
    Path artifact = file.toFile().exists() ? file : folder.resolve(model.model());
    List<List<String>> texts = List.of();
    try (FieldVector column = ArrayColumns.column(type, values, allocator);
        Predictor predictor =
            predictors.open(
                model, artifact, features, model.signature().outputs(), ComputeOptions.AUTO)) {
      for (int round = 0; round < 2; round++) {
        List<FieldVector> outputs =
            predictor.predict(List.of(column), values.size(), allocator, new Cancellation());
        texts = outputs.stream().map(output -> texts(output, values.size())).toList();
        outputs.forEach(FieldVector::close);
      }
    }
    return texts;
  }

  private static List<String> texts(FieldVector vector, int rows) {
    List<String> texts = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      texts.add(Tables.text(vector, row));
    }
    return texts;
  }
}
