package io.auspex.udf.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.ElementType;
import io.auspex.catalog.Input;
import io.auspex.udf.binding.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.junit.jupiter.api.Test;

final class RepeatedRowsTest {
  private static final int ROWS = 1000;

  /** Adds two features, slowly, and counts the rows. */
  private static final class Adder implements Predictor {
    final AtomicLong computed = new AtomicLong();
    boolean closed;

    @Override
    public List<FieldVector> predict(
        List<FieldVector> features,
        int rows,
        BufferAllocator allocator,
        Cancellation cancellation) {
      computed.addAndGet(rows);
      List<Object> sums = new ArrayList<>();
      for (int row = 0; row < rows; row++) {
        boolean isNull = features.get(0).isNull(row) || features.get(1).isNull(row);
        sums.add(
            isNull
                ? null
                : (Float) features.get(0).getObject(row) + (Float) features.get(1).getObject(row));
      }
      long end = System.nanoTime() + rows * 400L;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      return List.of(Tables.column("FLOAT", sums, allocator));
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static List<FieldVector> batch(int distinct, long seed, BufferAllocator allocator) {
    Random random = new Random(seed);
    List<Object> a = new ArrayList<>();
    List<Object> b = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      int value = random.nextInt(distinct);
      a.add(value % 17 == 3 ? null : (Object) (float) value);
      b.add(value % 13 == 0 ? (Object) 0.5f : (float) (value * 3));
    }
    return List.of(Tables.column("FLOAT", a, allocator), Tables.column("FLOAT", b, allocator));
  }

  private static void compare(Predictor predictor, int distinct, long seed, BufferAllocator all) {
    List<FieldVector> features = batch(distinct, seed, all);
    List<FieldVector> outputs = predictor.predict(features, ROWS, all, new Cancellation());
    for (int row = 0; row < ROWS; row++) {
      Object a = features.get(0).getObject(row);
      Object b = features.get(1).getObject(row);
      Object sum = a == null ? null : (Object) ((Float) a + (Float) b);
      assertThat(outputs.get(0).getObject(row)).isEqualTo(sum);
    }
    assertThat(((Float4Vector) outputs.get(0)).getValueCount()).isEqualTo(ROWS);
    features.forEach(FieldVector::close);
    outputs.forEach(FieldVector::close);
  }

  @Test
  void equalRowsAreComputedOnce() throws Exception {
    Adder adder = new Adder();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (BufferAllocator allocator = new RootAllocator();
        Predictor predictor = new RepeatedRows(adder)) {
      List<Callable<Void>> batches = new ArrayList<>();
      for (long seed = 0; seed < 50; seed++) {
        long mine = seed;
        batches.add(
            () -> {
              compare(predictor, 200, mine, allocator);
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(batches)) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(adder.computed).hasValueLessThan(10 * ROWS);
    assertThat(adder.closed).isTrue();
  }

  @Test
  void rowsThatAreAllNewAreNotKept() {
    Adder adder = new Adder();
    try (BufferAllocator allocator = new RootAllocator();
        Predictor predictor = new RepeatedRows(adder)) {
      for (long seed = 0; seed < 30; seed++) {
        compare(predictor, 1 << 23, seed, allocator);
      }
    }
    assertThat(adder.computed).hasValueGreaterThanOrEqualTo(29 * ROWS);
  }

  @Test
  void onlyNumbersHaveKeys() {
    Input text = new Input("t", ElementType.STRING, List.of(-1L), List.of("t"));
    Input number = new Input("n", ElementType.FLOAT, List.of(-1L), List.of("n"));
    Feature ofText = new Feature(text, 0, 0, "VARCHAR", false);
    Feature ofNumber = new Feature(number, 0, 1, "FLOAT", false);
    assertThat(RowLayout.isFor(List.of(ofNumber))).isTrue();
    assertThat(RowLayout.isFor(List.of(ofText, ofNumber))).isFalse();
    assertThat(RowLayout.isFor(List.of())).isFalse();
  }
}
