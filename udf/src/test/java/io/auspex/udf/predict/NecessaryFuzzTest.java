package io.auspex.udf.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Output;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.domain.Domain.Numbers;
import io.auspex.udf.domain.Domains;
import io.auspex.udf.fuzz.Case;
import io.auspex.udf.fuzz.Cases;
import io.auspex.udf.fuzz.RandomEnsemble;
import io.auspex.udf.fuzz.RandomPrefix;
import io.auspex.udf.fuzz.RandomRows;
import io.auspex.udf.predict.ModelProfile.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random ensembles, random limits: what {@link Predictors#necessary} says of features holds in each
 * row whose prediction is within the limit, and a predictor that is told the limit, or how many are
 * the best, gives up none of them.
 */
final class NecessaryFuzzTest {
  private static final int SAMPLE = 700;
  private static final int ALL = 20_000;
  private static final int ROWS = 300;

  /** Each the same, so that the first lets give up rows of the others. */
  private static final int BATCHES = 3;

  private static final ComputeOptions EXPECTING = new ComputeOptions("auto", true, false, true);

  @TempDir Path folder;

  private final Predictors predictors = new Predictors();
  private int told;
  private int dropped;
  private int spared;
  private int leftOut;

  @AfterEach
  void close() {
    predictors.close();
  }

  @Test
  void aSample() throws IOException {
    Cases.checkAll(RandomEnsemble::of, 0, SAMPLE, this::check);
    assertThat(told).isGreaterThan(SAMPLE / 50);
    assertThat(dropped).isGreaterThan(SAMPLE);
    assertThat(spared).isGreaterThan(SAMPLE);
    assertThat(leftOut).isGreaterThan(SAMPLE / 10);
  }

  @Test
  void aSampleBehindOtherOperators() throws IOException {
    Cases.checkAll(RandomPrefix::of, 0, SAMPLE, this::check);
    assertThat(told).isPositive();
    assertThat(dropped).isPositive();
  }

  @Test
  @Tag("full")
  void fiveThousandBehindOtherOperators() throws IOException {
    Cases.checkAll(RandomPrefix::of, SAMPLE, ALL / 4, this::check);
  }

  @Test
  @Tag("full")
  void twentyThousand() throws IOException {
    Cases.checkAll(RandomEnsemble::of, SAMPLE, ALL, this::check);
  }

  private void check(Case made, BufferAllocator allocator) throws IOException {
    Path file = Files.write(folder.resolve("model.onnx"), made.model().toByteArray());
    ModelVersion model = Tables.model("necessary" + made.seed(), file);
    Random random = new Random(made.seed());
    Map<String, List<Object>> rows = RandomRows.of(made.inputs(), ROWS, made.seed());
    CaseColumns.Change none = (input, slot, values) -> values;
    try (CaseColumns columns = CaseColumns.of(model, made, rows, none, allocator)) {
      for (Output output : model.signature().outputs()) {
        for (Output one :
            output.isScalar() ? List.of(output) : List.of(output.part(0), output.part(1))) {
          boolean isNumber = one.type().isFloatingPoint() && output.keyType().isEmpty();
          if (isNumber && isKernel(model, file, one)) {
            check(model, file, one, columns, random, allocator);
          }
        }
      }
    }
  }

  private boolean isKernel(ModelVersion model, Path file, Output output) {
    return predictors.profile(model, file, List.of(output), Domains.NONE).isKernel();
  }

  private void check(
      ModelVersion model,
      Path file,
      Output output,
      CaseColumns columns,
      Random random,
      BufferAllocator allocator) {
    List<FieldVector> found = List.of();
    try (Predictor predictor =
        predictors.open(model, file, columns.features(), List.of(output), ComputeOptions.AUTO)) {
      found = predictor.predict(columns.vectors(), ROWS, allocator, new Cancellation());
      for (int i = 0; i < 4; i++) {
        Object picked = found.get(0).getObject(random.nextInt(ROWS));
        if (picked instanceof Number number && Double.isFinite(number.doubleValue())) {
          OutputBound bound = new OutputBound(0, random.nextBoolean(), number.doubleValue(), 0);
          Map<Slot, Numbers> necessary = predictors.necessary(model, file, List.of(output), bound);
          told += necessary.isEmpty() ? 0 : 1;
          check(found.get(0), bound, necessary, columns);
          checkBounded(model, file, output, bound, columns, found.get(0), allocator);
        }
      }
      checkBest(model, file, output, 1 + random.nextInt(30), columns, found.get(0), allocator);
    } finally {
      found.forEach(FieldVector::close);
    }
  }

  private void check(
      FieldVector predictions,
      OutputBound bound,
      Map<Slot, Numbers> necessary,
      CaseColumns columns) {
    for (int row = 0; row < ROWS; row++) {
      Object prediction = predictions.getObject(row);
      double value = prediction == null ? Double.NaN : ((Number) prediction).doubleValue();
      boolean isWanted = isWanted(bound, value);
      boolean passes = true;
      for (int i = 0; i < columns.features().size(); i++) {
        Feature feature = columns.features().get(i);
        Numbers numbers = necessary.get(Slot.of(feature.input(), feature.slot()));
        Object of = columns.values().get(i).get(row);
        if (numbers != null && !isIn(of, numbers)) {
          passes = false;
          assertThat(isWanted)
              .as("%s of %s is %s, not %s, and gives %s", feature.slot(), bound, of, numbers, value)
              .isFalse();
        }
      }
      dropped += passes ? 0 : 1;
    }
  }

  /** A predictor that knows the bound gives up rows, but none that is wanted. */
  private void checkBounded(
      ModelVersion model,
      Path file,
      Output output,
      OutputBound bound,
      CaseColumns columns,
      FieldVector expected,
      BufferAllocator allocator) {
    List<FieldVector> found = List.of();
    try (Predictor bounded =
        predictors.open(
            model,
            file,
            columns.features(),
            List.of(output),
            ComputeOptions.AUTO,
            Domains.NONE,
            Optional.of(bound))) {
      found = bounded.predict(columns.vectors(), ROWS, allocator, new Cancellation());
      for (int row = 0; row < ROWS; row++) {
        Object value = expected.getObject(row);
        if (found.get(0).isNull(row) && value != null) {
          spared++;
          assertThat(isWanted(bound, ((Number) value).doubleValue())).isFalse();
        } else {
          assertThat(found.get(0).getObject(row)).isEqualTo(value);
        }
      }
    } finally {
      found.forEach(FieldVector::close);
    }
  }

  /** The best are among those that are left, also with what one predictor lets the next expect. */
  private void checkBest(
      ModelVersion model,
      Path file,
      Output output,
      int top,
      CaseColumns columns,
      FieldVector predictions,
      BufferAllocator allocator) {
    for (boolean isLeast : List.of(true, false)) {
      double limit = isLeast ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      Optional<OutputBound> bound = Optional.of(new OutputBound(0, isLeast, limit, top));
      List<Double> all = new ArrayList<>();
      for (int batch = 0; batch < BATCHES; batch++) {
        all.addAll(numbers(predictions));
      }
      for (int turn = 0; turn < 2; turn++) {
        List<Double> left = new ArrayList<>();
        try (Predictor best =
            predictors.open(
                model, file, columns.features(), List.of(output), EXPECTING, Domains.NONE, bound)) {
          for (int batch = 0; batch < BATCHES; batch++) {
            List<FieldVector> found =
                best.predict(columns.vectors(), ROWS, allocator, new Cancellation());
            left.addAll(numbers(found.get(0)));
            found.forEach(FieldVector::close);
          }
          assertThat(best.isComplete() || all.size() < top).isTrue();
        }
        leftOut += left.size() < all.size() ? 1 : 0;
        assertThat(best(left, isLeast, top)).isEqualTo(best(all, isLeast, top));
      }
    }
  }

  private static List<Double> numbers(FieldVector vector) {
    return IntStream.range(0, vector.getValueCount())
        .mapToObj(vector::getObject)
        .filter(value -> value != null && !Double.isNaN(((Number) value).doubleValue()))
        .map(value -> ((Number) value).doubleValue())
        .toList();
  }

  private static List<Double> best(List<Double> values, boolean isGreatest, int count) {
    Comparator<Double> order = Comparator.naturalOrder();
    return values.stream().sorted(isGreatest ? order.reversed() : order).limit(count).toList();
  }

  private static boolean isWanted(OutputBound bound, double value) {
    return bound.isLeast() ? value >= bound.limit() : value <= bound.limit();
  }

  private static boolean isIn(Object value, Numbers numbers) {
    double number = value == null ? Double.NaN : ((Number) value).doubleValue();
    return Double.isNaN(number)
        ? numbers.mayBeMissing()
        : numbers.low() <= number && number <= numbers.high();
  }
}
