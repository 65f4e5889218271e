package io.auspex.udf.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.ElementType;
import io.auspex.catalog.Input;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.domain.Domain.Numbers;
import io.auspex.udf.domain.Domains;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.Test;

final class ExpectingPredictorTest {
  private static final Input INPUT =
      new Input("X", ElementType.FLOAT, List.of(-1L, 2L), List.of("a", "b"));
  private static final int ROWS = 2500;

  /** Counts batches. */
  private static final class Counter implements Predictor {
    int batches;
    boolean isClosed;

    @Override
    public List<FieldVector> predict(
        List<FieldVector> features,
        int rows,
        BufferAllocator allocator,
        Cancellation cancellation) {
      batches++;
      return List.of();
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }

  @Test
  void theBoundsThemselvesAreWithin() {
    Numbers numbers = Numbers.between(-1, 2, false);
    assertThat(isAsExpected("FLOAT", numbers, 0f, -1f, 2f, -0.0f)).isTrue();
    assertThat(isAsExpected("FLOAT", numbers, 0f, Math.nextUp(2f))).isFalse();
    assertThat(isAsExpected("FLOAT", numbers, Math.nextDown(-1f))).isFalse();
    assertThat(isAsExpected("FLOAT", Numbers.between(0, 0, false), -0.0f, 0f)).isTrue();
  }

  @Test
  void whatIsMissingIsWithinWhereItMayBe() {
    for (Object missing : new Object[] {null, Float.NaN}) {
      assertThat(isAsExpected("FLOAT", Numbers.between(-1, 2, true), 0f, missing)).isTrue();
      assertThat(isAsExpected("FLOAT", Numbers.between(-1, 2, false), 0f, missing)).isFalse();
      assertThat(isAsExpected("FLOAT", Numbers.MISSING, missing)).isTrue();
    }
    assertThat(isAsExpected("FLOAT", Numbers.MISSING, 0f)).isFalse();
  }

  @Test
  void listedNumbersAreTheOnlyOnes() {
    Numbers numbers = Numbers.of(List.of(1.0, 3.0), true);
    assertThat(isAsExpected("FLOAT", numbers, 1f, 3f, null)).isTrue();
    assertThat(isAsExpected("FLOAT", numbers, 1f, 2f)).isFalse();
  }

  /** The tensor has floats, and so has what is known of it. */
  @Test
  void doublesAreRoundedFirst() {
    Numbers numbers = Numbers.between(0.1f, 0.3f, false);
    assertThat(isAsExpected("DOUBLE", numbers, 0.1, 0.3, 0.2)).isTrue();
    assertThat(isAsExpected("DOUBLE", numbers, 0.1, 0.30001)).isFalse();
  }

  @Test
  void noRowsAreAsExpected() {
    assertThat(isAsExpected("FLOAT", Numbers.between(1, 1, false))).isTrue();
  }

  @Test
  void oneRowAmongManyIsSeen() {
    Numbers numbers = Numbers.between(-1, 2, false);
    for (int at : new int[] {0, 1023, 1024, ROWS - 1}) {
      List<Object> values = new ArrayList<>(Collections.nCopies(ROWS, 0.5f));
      assertThat(isAsExpected("FLOAT", numbers, values.toArray())).isTrue();
      values.set(at, 5f);
      assertThat(isAsExpected("FLOAT", numbers, values.toArray())).as("row %s", at).isFalse();
    }
  }

  /** Two features: of the first something is expected, of the second it is known. */
  private static boolean isAsExpected(String type, Numbers numbers, Object... values) {
    List<Feature> features =
        List.of(new Feature(INPUT, 1, 0, type, false), new Feature(INPUT, 0, 1, "FLOAT", false));
    Domains.Builder known = new Domains.Builder();
    known.add(INPUT, 0, Numbers.between(7, 7, false));
    Domains.Builder expected = new Domains.Builder(known.build());
    expected.add(INPUT, 1, numbers);
    Counter smaller = new Counter();
    Counter whole = new Counter();
    try (BufferAllocator allocator = new RootAllocator();
        FieldVector first = Tables.column(type, Arrays.asList(values), allocator);
        FieldVector other =
            Tables.column("FLOAT", Collections.nCopies(values.length, 0f), allocator);
        Predictor predictor =
            new ExpectingPredictor(
                smaller, whole, features, expected.build().beyond(known.build()))) {
      predictor.predict(List.of(first, other), values.length, allocator, new Cancellation());
    }
    assertThat(smaller.isClosed && whole.isClosed).isTrue();
    assertThat(smaller.batches + whole.batches).isOne();
    return smaller.batches == 1;
  }
}
