package io.auspex.udf.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.ModelVersion;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.fuzz.Case;
import io.auspex.udf.fuzz.Cases;
import io.auspex.udf.fuzz.RandomEnsemble;
import io.auspex.udf.fuzz.RandomPrefix;
import io.auspex.udf.fuzz.RandomRows;
import io.auspex.udf.onnx.OnnxGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random tree ensembles over random rows: the kernel gives the labels of ONNX Runtime, and scores
 * that differ by at most 1e-6·max(1, |y|).
 */
final class KernelFuzzTest {
  private static final int SAMPLE = 400;
  private static final int ALL = 10_000;
  private static final int ROWS = 700;
  private static final double TOLERANCE = 1e-6;

  @TempDir Path folder;

  private final Predictors predictors = new Predictors();
  private int kernels;

  @Test
  void aSampleOfEnsembles() throws Exception {
    compareAll(RandomEnsemble::of, 0, SAMPLE);
    assertThat(kernels).isGreaterThan(SAMPLE / 2);
  }

  @Test
  void aSampleBehindOtherOperators() throws Exception {
    compareAll(RandomPrefix::of, 0, SAMPLE / 2);
    assertThat(kernels).isGreaterThan(SAMPLE / 4);
  }

  @Test
  @Tag("full")
  void tenThousandEnsembles() throws Exception {
    compareAll(RandomEnsemble::of, SAMPLE, ALL);
    assertThat(kernels).isGreaterThan(ALL / 2);
  }

  @Test
  @Tag("full")
  void aThousandBehindOtherOperators() throws Exception {
    compareAll(RandomPrefix::of, SAMPLE, ALL / 10);
    assertThat(kernels).isGreaterThan(ALL / 40);
  }

  private void compareAll(LongFunction<Case> generator, long from, long to) {
    try {
      Cases.checkAll(generator, from, to, this::compare);
    } finally {
      predictors.close();
    }
  }

  private void compare(Case made, BufferAllocator allocator) throws IOException {
    String name = made.getClass().getSimpleName() + made.seed() + made.hashCode();
    Path file = Files.write(folder.resolve("model.onnx"), made.model().toByteArray());
    ModelVersion model = Tables.model(name, file);
    OnnxGraph graph = OnnxGraph.read(file, name);
    if (KernelModel.of(model, graph, model.signature().outputs()).isEmpty()) {
      return;
    }
    kernels++;
    List<Feature> features = new ArrayList<>();
    List<FieldVector> columns = new ArrayList<>();
    Map<String, List<Object>> rows = RandomRows.of(made.inputs(), ROWS, made.seed());
    try {
      made.inputs()
          .forEach(
              input -> {
                for (int slot = 0; slot < input.width(); slot++) {
                  features.add(feature(model, input, slot, features.size()));
                  columns.add(column(input, rows.get(input.name()), slot, allocator));
                }
              });
      compare(model, file, features, columns, allocator);
    } finally {
      columns.forEach(FieldVector::close);
    }
  }

  private static Feature feature(ModelVersion model, Case.Input input, int slot, int column) {
    return model.signature().inputs().stream()
        .filter(found -> found.name().equals(input.name()))
        .findFirst()
        .map(found -> new Feature(found, slot, column, found.type().sqlType(), false))
        .orElseThrow();
  }

  private static FieldVector column(
      Case.Input input, List<Object> rows, int slot, BufferAllocator allocator) {
    List<Object> values = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      values.add(rows.get(row * input.width() + slot));
    }
    return Tables.column(input.type().sqlType(), values, allocator);
  }

  private void compare(
      ModelVersion model,
      Path file,
      List<Feature> features,
      List<FieldVector> columns,
      BufferAllocator allocator) {
    Cancellation cancellation = new Cancellation();
    List<FieldVector> expected = List.of();
    List<FieldVector> found = List.of();
    try (Predictor runtime =
            predictors.open(
                model, file, features, model.signature().outputs(), ComputeOptions.ONNX_RUNTIME);
        Predictor kernel =
            predictors.open(
                model, file, features, model.signature().outputs(), ComputeOptions.AUTO)) {
      assertThat(kernel).isInstanceOf(KernelPredictor.class);
      expected = runtime.predict(columns, ROWS, allocator, cancellation);
      found = kernel.predict(columns, ROWS, allocator, cancellation);
      for (int output = 0; output < expected.size(); output++) {
        assertThat(found.get(output).getField()).isEqualTo(expected.get(output).getField());
        for (int row = 0; row < ROWS; row++) {
          Object right = expected.get(output).getObject(row);
          Object ours = found.get(output).getObject(row);
          assertThat(isSame(right, ours))
              .as(
                  "output %d of row %d: %s, not %s, for %s",
                  output, row, ours, right, row(columns, row))
              .isTrue();
        }
      }
    } finally {
      expected.forEach(FieldVector::close);
      found.forEach(FieldVector::close);
    }
  }

  private static List<Object> row(List<FieldVector> columns, int row) {
    return columns.stream().map(column -> column.getObject(row)).toList();
  }

  private static boolean isSame(Object a, Object b) {
    if (a instanceof List<?> left && b instanceof List<?> right) {
      boolean same = left.size() == right.size();
      for (int i = 0; same && i < left.size(); i++) {
        same = isSame(left.get(i), right.get(i));
      }
      return same;
    } else if (a instanceof Double || a instanceof Float) {
      double x = ((Number) a).doubleValue();
      double y = ((Number) b).doubleValue();
      return x == y
          || (Double.isNaN(x) && Double.isNaN(y))
          || Math.abs(x - y) <= TOLERANCE * Math.max(1, Math.abs(x));
    }
    return Objects.equals(a, b);
  }
}
