package io.auspex.udf.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Output;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.domain.Domain;
import io.auspex.udf.domain.Domain.Numbers;
import io.auspex.udf.domain.Domain.Texts;
import io.auspex.udf.domain.Domains;
import io.auspex.udf.fuzz.Case;
import io.auspex.udf.fuzz.Cases;
import io.auspex.udf.fuzz.RandomEnsemble;
import io.auspex.udf.fuzz.RandomPrefix;
import io.auspex.udf.fuzz.RandomRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random models, random domains of their features, and rows inside of those: what is left of a
 * model gives what the whole one gives, bit for bit.
 */
final class PrunerFuzzTest {
  private static final int SAMPLE = 600;
  private static final int ALL = 10_000;
  private static final int ROWS = 300;

  /** Beyond, a double is not the number that it is made of. */
  private static final long LARGEST_WHOLE = 1L << 53;

  @TempDir Path folder;

  private final Predictors predictors = new Predictors();
  private int smaller;
  private int unread;

  /** Whether values may be others than is expected. */
  private boolean mayStray;

  private int strays;

  @AfterEach
  void close() {
    predictors.close();
  }

  @Test
  void aSampleOfEnsembles() throws IOException {
    Cases.checkAll(RandomEnsemble::of, 0, SAMPLE, this::compare);
    assertThat(smaller).isGreaterThan(SAMPLE / 3);
    assertThat(unread).isGreaterThan(SAMPLE / 10);
  }

  @Test
  void aSampleBehindOtherOperators() throws IOException {
    Cases.checkAll(RandomPrefix::of, 0, SAMPLE, this::compare);
    assertThat(smaller).isGreaterThan(SAMPLE / 4);
    assertThat(unread).isGreaterThan(SAMPLE / 10);
  }

  @Test
  void rowsThatAreNotAsExpectedAreComputedByTheWholeModel() throws IOException {
    mayStray = true;
    Cases.checkAll(RandomEnsemble::of, 0, SAMPLE / 2, this::compare);
    Cases.checkAll(RandomPrefix::of, 0, SAMPLE / 2, this::compare);
    assertThat(smaller).isGreaterThan(SAMPLE / 4);
    assertThat(strays).isBetween(SAMPLE / 10, SAMPLE);
  }

  @Test
  @Tag("full")
  void twentyThousandOfBoth() throws IOException {
    Cases.checkAll(RandomEnsemble::of, SAMPLE, ALL, this::compare);
    Cases.checkAll(RandomPrefix::of, SAMPLE, ALL, this::compare);
  }

  private void compare(Case made, BufferAllocator allocator) throws IOException {
    String name = made.getClass().getSimpleName() + made.seed() + made.hashCode();
    Path file = Files.write(folder.resolve("model.onnx"), made.model().toByteArray());
    ModelVersion model = Tables.model(name, file);
    List<Output> outputs = model.signature().outputs();
    ModelProfile whole = predictors.profile(model, file, outputs, Domains.NONE);
    if (!whole.isKernel()) {
      return;
    }
    Random random = new Random(made.seed());
    Map<String, List<Object>> rows = RandomRows.of(made.inputs(), ROWS, made.seed());
    Domains.Builder domains = new Domains.Builder();
    CaseColumns.Change inside =
        (input, slot, values) -> {
          List<Object> known = values.stream().map(PrunerFuzzTest::known).toList();
          if (random.nextDouble() >= 0.6) {
            return known;
          }
          Domain domain = domain(known, random);
          domains.add(input, slot, domain);
          if (mayStray && domain instanceof Numbers && random.nextInt(4) == 0) {
            strays++;
            return known;
          }
          return inside(known, domain, random);
        };
    try (CaseColumns columns = CaseColumns.of(model, made, rows, inside, allocator)) {
      compare(
          model, file, columns.features(), columns.vectors(), domains.build(), whole, allocator);
    }
  }

  private static Object known(Object value) {
    boolean isTooLarge = value instanceof Long whole && Math.abs((double) whole) >= LARGEST_WHOLE;
    return isTooLarge ? (Object) 7L : value;
  }

  /** Around some of the values. */
  private static Domain domain(List<Object> values, Random random) {
    List<Object> some = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      some.add(values.get(random.nextInt(values.size())));
    }
    if (some.get(0) instanceof String) {
      return new Texts(some.stream().map(String.class::cast).toList());
    }
    List<Double> numbers =
        some.stream().map(PrunerFuzzTest::number).filter(value -> !Double.isNaN(value)).toList();
    boolean mayBeMissing = !(some.get(0) instanceof Long) && random.nextDouble() < 0.4;
    if (numbers.isEmpty()) {
      return Numbers.MISSING;
    }
    double low = numbers.stream().mapToDouble(Double::doubleValue).min().getAsDouble();
    double high = numbers.stream().mapToDouble(Double::doubleValue).max().getAsDouble();
    double infinity = Double.POSITIVE_INFINITY;
    return switch (random.nextInt(4)) {
      case 0 -> Numbers.of(numbers, mayBeMissing);
      case 1 -> Numbers.between(low, infinity, mayBeMissing);
      case 2 -> Numbers.between(-infinity, high, mayBeMissing);
      default -> Numbers.between(low, high, mayBeMissing);
    };
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  /** The values in a domain, and some of them again for those that are not. */
  private static List<Object> inside(List<Object> values, Domain domain, Random random) {
    List<Object> good = new ArrayList<>(values);
    good.removeIf(value -> !isIn(value, domain));
    if (good.isEmpty()) {
      good.add(values.get(0) instanceof Float ? (Object) Float.NaN : (Object) Double.NaN);
    }
    return values.stream()
        .map(value -> isIn(value, domain) ? value : good.get(random.nextInt(good.size())))
        .toList();
  }

  private static boolean isIn(Object value, Domain domain) {
    if (domain instanceof Texts texts) {
      return texts.values().contains((String) value);
    }
    Numbers numbers = (Numbers) domain;
    double number = number(value);
    return Double.isNaN(number) ? numbers.mayBeMissing() : numbers.has(number);
  }

  private void compare(
      ModelVersion model,
      Path file,
      List<Feature> features,
      List<FieldVector> columns,
      Domains domains,
      ModelProfile whole,
      BufferAllocator allocator) {
    List<Output> outputs = model.signature().outputs();
    ModelProfile pruned = predictors.profile(model, file, outputs, domains);
    if (!pruned.isKernel()) {
      return;
    }
    assertThat(whole.reads().get()).containsAll(pruned.reads().get());
    assertThat(pruned.allSplits()).isLessThanOrEqualTo(whole.allSplits());
    smaller += pruned.size() < whole.size() ? 1 : 0;
    unread += pruned.reads().get().size() < whole.reads().get().size() ? 1 : 0;
    Cancellation cancellation = new Cancellation();
    List<FieldVector> expected = List.of();
    List<FieldVector> found = List.of();
    try (Predictor all = open(model, file, features, Domains.NONE, Domains.NONE);
        Predictor some =
            mayStray
                ? open(model, file, features, Domains.NONE, domains)
                : open(model, file, features, domains, Domains.NONE)) {
      expected = all.predict(columns, ROWS, allocator, cancellation);
      found = some.predict(columns, ROWS, allocator, cancellation);
      for (int output = 0; output < expected.size(); output++) {
        for (int row = 0; row < ROWS; row++) {
          int at = row;
          // Of floats, equality of objects is that of bits.
          assertThat(found.get(output).getObject(row))
              .as(
                  () ->
                      domains
                          + ": "
                          + columns.stream().map(column -> column.getObject(at)).toList())
              .isEqualTo(expected.get(output).getObject(row));
        }
      }
    } finally {
      expected.forEach(FieldVector::close);
      found.forEach(FieldVector::close);
    }
  }

  private Predictor open(
      ModelVersion model, Path file, List<Feature> features, Domains domains, Domains expected) {
    return predictors.open(
        model,
        file,
        features,
        model.signature().outputs(),
        ComputeOptions.AUTO,
        domains,
        expected,
        Optional.empty());
  }
}
