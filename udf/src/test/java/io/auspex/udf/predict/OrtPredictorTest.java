package io.auspex.udf.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.platform.Fp16Conversions;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Input;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Output;
import io.auspex.udf.binding.Bindings;
import io.auspex.udf.binding.Feature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every prediction is bit-equal to ONNX Runtime's, called directly. */
final class OrtPredictorTest {
  private static final int[] BATCH_ROWS = {1, 7, 2048};

  private final BufferAllocator allocator = new RootAllocator();
  private final Predictors predictors = new Predictors();

  static Stream<String> models() {
    return Stream.of(
        "affine_scalar_inputs",
        "affine_n1",
        "string_echo",
        "multi_output",
        "matrix_input",
        "matrix_double",
        "matrix_int64",
        "tensor_output",
        "mlp",
        "seven_classes",
        "seven_classes_nozipmap",
        "int_classes_zipmap",
        "pipeline_strings",
        "binary_logistic",
        "linear_regressor",
        "decision_tree",
        "decision_tree_classes",
        "poisson_regressor",
        "sgd_logistic",
        "sgd_logistic_classes",
        "logistic_double",
        "lightgbm_regressor",
        "xgboost_classifier",
        "xgboost_binary");
  }

  /** An open allocator with memory in it throws: each test is a test for leaks. */
  @AfterEach
  void close() {
    predictors.close();
    allocator.close();
  }

  @ParameterizedTest
  @MethodSource("models")
  void predictsAsOnnxRuntimeDoes(String name) throws Exception {
    ModelVersion model = Tables.model(name);
    List<Output> outputs = model.signature().outputs();
    try (PlainSession plain = new PlainSession(Tables.path(name))) {
      check(model, name, features(model, null), outputs, plain, 0);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void nullsAreNanOrMakeThePredictionNull(String name) throws Exception {
    ModelVersion model = Tables.model(name);
    List<Output> outputs = model.signature().outputs();
    try (PlainSession plain = new PlainSession(Tables.path(name))) {
      check(model, name, features(model, null), outputs, plain, 9);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void eachOutputAloneIsTheSame(String name) throws Exception {
    ModelVersion model = Tables.model(name);
    try (PlainSession plain = new PlainSession(Tables.path(name))) {
      for (Output output : model.signature().outputs()) {
        check(model, name, features(model, null), List.of(output), plain, 0);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"multi_output", "seven_classes_nozipmap", "xgboost_classifier", "xgboost_binary"})
  void elementsOfAnArrayAreThoseOfTheWhole(String name) throws Exception {
    ModelVersion model = Tables.model(name);
    List<Output> parts =
        model.signature().outputs().stream()
            .filter(output -> output.shape().size() == 2 && output.shape().get(1) > 1)
            .flatMap(output -> Stream.of(output.part(1), output.part(0)))
            .toList();
    assertThat(parts).isNotEmpty();
    try (PlainSession plain = new PlainSession(Tables.path(name))) {
      check(model, name, features(model, null), parts, plain, 0);
      check(model, name, features(model, null), parts.subList(0, 1), plain, 9);
    }
  }

  @Test
  void doublesAreRoundedOnTheirWay() throws Exception {
    for (String name : List.of("mlp", "affine_scalar_inputs")) {
      ModelVersion model = Tables.model(name);
      List<Feature> features = features(model, "DOUBLE");
      assertThat(features).allMatch(feature -> feature.sqlType().equals("DOUBLE"));
      try (PlainSession plain = new PlainSession(Tables.path(name))) {
        check(model, name, features, model.signature().outputs(), plain, 5);
      }
    }
  }

  @Test
  void everyTypeGoesInAndComesOut() {
    ModelVersion model = Tables.model("all_types");
    List<Feature> features = features(model, null);
    try (Predictor predictor = open(model, features, model.signature().outputs())) {
      for (int batch = 0; batch < 3; batch++) {
        List<FieldVector> columns = columns(features, 100, new Random(batch), 0);
        List<FieldVector> echoes = predictor.predict(columns, 100, allocator, new Cancellation());
        for (int i = 0; i < features.size(); i++) {
          for (int row = 0; row < 100; row++) {
            if (i > 0) {
              assertThat(Tables.text(echoes.get(i), row))
                  .as("%s %d", features.get(i).input().name(), row)
                  .isEqualTo(Tables.text(columns.get(i), row));
            } else {
              float value = Float.parseFloat(Tables.text(columns.get(i), row));
              assertThat(Float.parseFloat(Tables.text(echoes.get(i), row)))
                  .isEqualTo(Fp16Conversions.fp16ToFloat(Fp16Conversions.floatToFp16(value)));
            }
          }
        }
        columns.forEach(FieldVector::close);
        echoes.forEach(FieldVector::close);
      }
    }
  }

  @Test
  void noRowsAreNoPredictions() {
    for (String name : models().toList()) {
      ModelVersion model = Tables.model(name);
      List<Feature> features = features(model, null);
      try (Predictor predictor = open(model, features, model.signature().outputs())) {
        List<FieldVector> columns = columns(features, 0, new Random(1), 0);
        List<FieldVector> outputs = predictor.predict(columns, 0, allocator, new Cancellation());
        assertThat(outputs).hasSameSizeAs(model.signature().outputs());
        assertThat(outputs).allMatch(vector -> vector.getValueCount() == 0);
        columns.forEach(FieldVector::close);
        outputs.forEach(FieldVector::close);
      }
    }
  }

  @Test
  void aCancelledQueryComputesNothing() {
    ModelVersion model = Tables.model("mlp");
    List<Feature> features = features(model, null);
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    try (Predictor predictor = open(model, features, model.signature().outputs())) {
      List<FieldVector> columns = columns(features, 7, new Random(1), 0);
      assertThatThrownBy(() -> predictor.predict(columns, 7, allocator, cancellation))
          .isInstanceOfSatisfying(
              AuspexException.class,
              error -> assertThat(error.code()).isEqualTo(ErrorCode.CANCELLED));
      columns.forEach(FieldVector::close);
    }
  }

  @Test
  void cudaIsMissedClearly() {
    ModelVersion model = Tables.model("mlp");
    List<Feature> features = features(model, null);
    assertThatThrownBy(
            () ->
                predictors.open(
                    model,
                    Tables.path("mlp"),
                    features,
                    model.signature().outputs(),
                    new ComputeOptions("cuda", true, false, false)))
        .isInstanceOfSatisfying(
            AuspexException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.DEVICE_MISSING))
        .hasMessageContaining("-Pgpu");
  }

  private void check(
      ModelVersion model,
      String name,
      List<Feature> features,
      List<Output> outputs,
      PlainSession plain,
      int nullEvery)
      throws Exception {
    Random random = new Random(name.hashCode());
    try (Predictor predictor = open(model, features, outputs)) {
      for (int rows : BATCH_ROWS) {
        // Twice: the first batch copies its results, later ones are written in place.
        for (int round = 0; round < 2; round++) {
          List<FieldVector> columns = columns(features, rows, random, nullEvery);
          boolean[] nullRows = nullRows(features, columns, rows);
          Map<String, List<String>> expected = plain.run(inputs(features, columns, rows), rows);
          List<FieldVector> found = predictor.predict(columns, rows, allocator, new Cancellation());
          for (int i = 0; i < outputs.size(); i++) {
            List<String> texts = expected.get(outputs.get(i).name());
            for (int row = 0; row < rows; row++) {
              assertThat(Tables.text(found.get(i), row))
                  .as("%s, output %s, row %d of %d", name, outputs.get(i).name(), row, rows)
                  .isEqualTo(nullRows[row] ? null : text(outputs.get(i), texts.get(row)));
            }
          }
          columns.forEach(FieldVector::close);
          found.forEach(FieldVector::close);
        }
      }
    }
  }

  /** The text of the element, of an array's {@code [a, b]}. */
  private static String text(Output output, String whole) {
    return output.element() < 0
        ? whole
        : whole.substring(1, whole.length() - 1).split(", ")[output.element()];
  }

  private Predictor open(ModelVersion model, List<Feature> features, List<Output> outputs) {
    return predictors.open(
        model, Tables.path(model.model()), features, outputs, ComputeOptions.ONNX_RUNTIME);
  }

  /** Features bound to columns of just the type each takes, or of {@code type}. */
  private static List<Feature> features(ModelVersion model, String type) {
    List<Column> columns = new ArrayList<>();
    for (Input input : model.signature().inputs()) {
      for (int i = 0; i < Math.max(1, input.width()); i++) {
        columns.add(new Column("c" + i, type == null ? input.type().sqlType() : type));
      }
    }
    return Bindings.byPosition(model, columns);
  }

  private List<FieldVector> columns(
      List<Feature> features, int rows, Random random, int nullEvery) {
    List<FieldVector> columns = new ArrayList<>();
    for (Feature feature : features) {
      columns.add(Tables.column(feature, rows, random, nullEvery, allocator));
    }
    return columns;
  }

  private static boolean[] nullRows(List<Feature> features, List<FieldVector> columns, int rows) {
    boolean[] nulls = new boolean[rows];
    for (int i = 0; i < columns.size(); i++) {
      for (int row = 0; row < rows; row++) {
        boolean told = features.get(i).input().type().isFloatingPoint();
        nulls[row] |= !told && columns.get(i).isNull(row);
      }
    }
    return nulls;
  }

  private static Map<String, List<Object>> inputs(
      List<Feature> features, List<FieldVector> columns, int rows) {
    Map<String, List<Object>> inputs = new HashMap<>();
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < features.size(); i++) {
        Object value = columns.get(i).getObject(row);
        if (value == null) {
          value = missing(features.get(i).input());
        } else if (features.get(i).sqlType().equals("VARCHAR")) {
          value = value.toString();
        }
        inputs.computeIfAbsent(features.get(i).input().name(), key -> new ArrayList<>()).add(value);
      }
    }
    return inputs;
  }

  private static Object missing(Input input) {
    return switch (input.type()) {
      case FLOAT, DOUBLE -> Double.NaN;
      case STRING -> "";
      case BOOL -> false;
      default -> 0L;
    };
  }
}
