package io.auspex.udf.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * Computes equal rows once: keeps the predictions of the rows it has seen, and asks another
 * predictor for those of the others only.
 *
 * <p>Whether that pays is seen while it runs: it ends where the model is as cheap as looking rows
 * up, where after a few batches most rows are still new, or where there are too many to keep.
 */
final class RepeatedRows implements Predictor {
  /** Looking a row up costs about as much; measured with 20 features. */
  private static final long CHEAP_NANOS = 300;

  /** The first of them are slower than later ones will be, until they are compiled. */
  private static final int TIMED_BATCHES = 3;

  private static final int TRIAL_BATCHES = 8;
  private static final long MOST_BYTES = 64 << 20;
  private static final int MOST_ROWS = 1 << 20;

  private final Predictor predictor;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final AtomicInteger batches = new AtomicInteger();
  private final AtomicLong leastNanos = new AtomicLong(Long.MAX_VALUE);
  private volatile RowLayout layout;
  private RowTable table;
  private final List<FieldVector> answers = new ArrayList<>();
  private volatile boolean isOver;

  /**
   * @param predictor closed with this; its features are numbers
   */
  RepeatedRows(Predictor predictor) {
    this.predictor = predictor;
  }

  @Override
  public List<FieldVector> predict(
      List<FieldVector> features, int rows, BufferAllocator allocator, Cancellation cancellation) {
    if (isOver || rows == 0) {
      return predictor.predict(features, rows, allocator, cancellation);
    }
    int batch = batches.incrementAndGet();
    return batch <= TIMED_BATCHES
        ? timed(features, rows, allocator, cancellation)
        : remembered(new Rows(layout(features), features, rows), batch, allocator, cancellation);
  }

  /** All batches have columns of the same types. */
  private RowLayout layout(List<FieldVector> features) {
    if (layout == null) {
      synchronized (this) {
        if (layout == null) {
          RowLayout first = RowLayout.of(features);
          int most = (int) Math.min(MOST_ROWS, MOST_BYTES / ((long) Long.BYTES * first.width()));
          table = new RowTable(first.width(), most);
          layout = first;
        }
      }
    }
    return layout;
  }

  private List<FieldVector> timed(
      List<FieldVector> features, int rows, BufferAllocator allocator, Cancellation cancellation) {
    long start = System.nanoTime();
    List<FieldVector> outputs = predictor.predict(features, rows, allocator, cancellation);
    long nanos = (System.nanoTime() - start) / rows;
    isOver = leastNanos.accumulateAndGet(nanos, Math::min) < CHEAP_NANOS;
    return outputs;
  }

  /** A batch, and where its rows' answers are. */
  private static final class Rows {
    final List<FieldVector> features;
    final RowKeys keys;
    final long[] hashes;
    final int[] numbers;

    Rows(RowLayout layout, List<FieldVector> features, int rows) {
      this.features = features;
      this.keys = RowKeys.of(layout, features, rows);
      this.hashes = keys.hashes();
      this.numbers = new int[rows];
    }

    /** Looks these up in a table that does not change meanwhile. */
    void find(RowTable table, int[] rows) {
      for (int row : rows) {
        numbers[row] = table.find(keys, row, hashes[row]);
      }
    }

    int[] unknown() {
      return IntStream.range(0, numbers.length).filter(row -> numbers[row] < 0).toArray();
    }
  }

  private List<FieldVector> remembered(
      Rows rows, int batch, BufferAllocator allocator, Cancellation cancellation) {
    lock.readLock().lock();
    try {
      rows.find(table, IntStream.range(0, rows.numbers.length).toArray());
    } finally {
      lock.readLock().unlock();
    }
    int[] unknown = rows.unknown();
    boolean areNew = batch > TRIAL_BATCHES && 2 * unknown.length > rows.numbers.length;
    if (areNew || (unknown.length > 0 && !learn(rows, unknown, allocator, cancellation))) {
      isOver = true;
      return predictor.predict(rows.features, rows.numbers.length, allocator, cancellation);
    }
    lock.readLock().lock();
    try {
      return Vectors.collect(answers, answer -> RowCopy.select(answer, rows.numbers, allocator));
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Computes rows that are not known, and keeps what comes out; false where there is no room. */
  private boolean learn(
      Rows rows, int[] unknown, BufferAllocator allocator, Cancellation cancellation) {
    int[] distinct = distinct(rows, unknown);
    List<FieldVector> selected = List.of();
    List<FieldVector> outputs = List.of();
    try {
      selected =
          Vectors.collect(rows.features, feature -> RowCopy.select(feature, distinct, allocator));
      outputs = predictor.predict(selected, distinct.length, allocator, cancellation);
      lock.writeLock().lock();
      try {
        if (!table.hasRoomFor(distinct.length)) {
          return false;
        }
        keep(rows, distinct, outputs, allocator);
        rows.find(table, unknown);
        return true;
      } finally {
        lock.writeLock().unlock();
      }
    } finally {
      selected.forEach(FieldVector::close);
      outputs.forEach(FieldVector::close);
    }
  }

  /** The first of each of the equal rows. */
  private int[] distinct(Rows rows, int[] unknown) {
    RowTable seen = new RowTable(layout.width(), unknown.length);
    int[] distinct = new int[unknown.length];
    for (int row : unknown) {
      if (seen.find(rows.keys, row, rows.hashes[row]) < 0) {
        distinct[seen.add(rows.keys, row, rows.hashes[row])] = row;
      }
    }
    return Arrays.copyOf(distinct, seen.count());
  }

  /** What another batch has learnt meanwhile stays. */
  private void keep(
      Rows rows, int[] distinct, List<FieldVector> outputs, BufferAllocator allocator) {
    if (answers.isEmpty()) {
      answers.addAll(
          Vectors.collect(outputs, output -> RowCopy.vector(output, distinct.length, allocator)));
    }
    for (int i = 0; i < distinct.length; i++) {
      int row = distinct[i];
      if (table.find(rows.keys, row, rows.hashes[row]) < 0) {
        int number = table.add(rows.keys, row, rows.hashes[row]);
        for (int output = 0; output < outputs.size(); output++) {
          RowCopy.copy(outputs.get(output), i, answers.get(output), number, Trim.NONE, 0);
        }
      }
    }
    answers.forEach(answer -> answer.setValueCount(table.count()));
  }

  @Override
  public void close() {
    answers.forEach(FieldVector::close);
    predictor.close();
  }
}
