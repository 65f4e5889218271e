package io.auspex.udf.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.IntConsumer;
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

  /** Fewer tell more of what a batch costs than of what a row does. */
  private static final int TIMED_ROWS = 64;

  /** The first of them are slower than later ones will be, until they are compiled. */
  private static final int TIMINGS = 3;

  private static final int TRIAL_BATCHES = 8;
  private static final long MOST_BYTES = 64 << 20;
  private static final int MOST_ROWS = 1 << 20;

  private final Predictor predictor;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final AtomicInteger batches = new AtomicInteger();
  private final AtomicInteger timings = new AtomicInteger();
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
    Reading reading = new Reading(layout(features), rows);
    return remembered(features, rows, batch, reading, allocator, cancellation);
  }

  /** All batches have columns of the same types. */
  private RowLayout layout(List<FieldVector> features) {
    if (layout == null) {
      synchronized (this) {
        if (layout == null) {
          RowLayout first = RowLayout.of(features);
          int most = (int) Math.min(MOST_ROWS, MOST_BYTES / ((long) Integer.BYTES * first.width()));
          table = new RowTable(first.width(), most);
          layout = first;
        }
      }
    }
    return layout;
  }

  /** Takes note of a row that was added. */
  private interface Added {
    void take(int row, int number);
  }

  /** What one thread needs to look rows up. */
  private static final class Reading {
    private final RowBlock block;
    private final RowTable.Search search = new RowTable.Search();

    Reading(RowLayout layout, int rows) {
      this.block = new RowBlock(layout, rows);
    }

    /**
     * The rows' numbers in a table that does not change meanwhile; −1 of those that are not known.
     */
    int[] numbers(List<FieldVector> features, int rows, RowTable table) {
      int[] numbers = new int[rows];
      inBlocks(features, rows, start -> table.find(block, numbers, start, search));
      return numbers;
    }

    /** Adds the rows that are not in a table to it, and says which number each was given. */
    void addTo(RowTable table, List<FieldVector> features, int rows, Added added) {
      inBlocks(
          features,
          rows,
          start -> {
            for (int row = 0; row < block.rows(); row++) {
              if (table.find(block, row) < 0) {
                added.take(start + row, table.add(block, row));
              }
            }
          });
    }

    /** Reads all rows, a block after the other. */
    private void inBlocks(List<FieldVector> features, int rows, IntConsumer action) {
      for (int start = 0; start < rows; start += RowBlock.ROWS) {
        block.read(features, start, Math.min(RowBlock.ROWS, rows - start));
        action.accept(start);
      }
    }
  }

  private List<FieldVector> remembered(
      List<FieldVector> features,
      int rows,
      int batch,
      Reading reading,
      BufferAllocator allocator,
      Cancellation cancellation) {
    int[] numbers;
    lock.readLock().lock();
    try {
      numbers = reading.numbers(features, rows, table);
    } finally {
      lock.readLock().unlock();
    }
    int[] unknown = unknown(numbers);
    boolean areNew = batch > TRIAL_BATCHES && 2 * unknown.length > rows;
    if (areNew
        || (unknown.length > 0
            && !learn(features, numbers, unknown, reading, allocator, cancellation))) {
      isOver = true;
      return predictor.predict(features, rows, allocator, cancellation);
    }
    lock.readLock().lock();
    try {
      return Vectors.collect(answers, answer -> RowCopy.select(answer, numbers, allocator));
    } finally {
      lock.readLock().unlock();
    }
  }

  private static int[] unknown(int[] numbers) {
    int[] unknown = new int[numbers.length];
    int count = 0;
    for (int row = 0; row < numbers.length; row++) {
      unknown[count] = row;
      count += numbers[row] >>> 31;
    }
    return Arrays.copyOf(unknown, count);
  }

  /**
   * Computes rows that are not known, keeps what comes out, and numbers them; false where there is
   * no room.
   */
  private boolean learn(
      List<FieldVector> features,
      int[] numbers,
      int[] unknown,
      Reading reading,
      BufferAllocator allocator,
      Cancellation cancellation) {
    List<FieldVector> rows = List.of();
    List<FieldVector> asked = List.of();
    List<FieldVector> outputs = List.of();
    try {
      rows = select(features, unknown, allocator);
      int[] distinct = distinct(rows, unknown.length, reading);
      asked = select(rows, distinct, allocator);
      outputs = timed(asked, distinct.length, allocator, cancellation);
      if (isOver || !keep(asked, distinct.length, outputs, reading, allocator)) {
        return false;
      }
      lock.readLock().lock();
      try {
        int[] found = reading.numbers(rows, unknown.length, table);
        for (int i = 0; i < unknown.length; i++) {
          numbers[unknown[i]] = found[i];
        }
        return true;
      } finally {
        lock.readLock().unlock();
      }
    } finally {
      rows.forEach(FieldVector::close);
      asked.forEach(FieldVector::close);
      outputs.forEach(FieldVector::close);
    }
  }

  /** Computes rows, and ends all this where that is cheap. */
  private List<FieldVector> timed(
      List<FieldVector> features, int rows, BufferAllocator allocator, Cancellation cancellation) {
    if (rows < TIMED_ROWS || timings.get() >= TIMINGS) {
      return predictor.predict(features, rows, allocator, cancellation);
    }
    long start = System.nanoTime();
    List<FieldVector> outputs = predictor.predict(features, rows, allocator, cancellation);
    long nanos = (System.nanoTime() - start) / rows;
    if (leastNanos.accumulateAndGet(nanos, Math::min) < CHEAP_NANOS) {
      isOver = true;
    }
    timings.incrementAndGet();
    return outputs;
  }

  private static List<FieldVector> select(
      List<FieldVector> features, int[] rows, BufferAllocator allocator) {
    return Vectors.collect(features, feature -> RowCopy.select(feature, rows, allocator));
  }

  /** The first of each of the equal rows. */
  private int[] distinct(List<FieldVector> features, int rows, Reading reading) {
    RowTable seen = new RowTable(layout.width(), rows);
    int[] distinct = new int[rows];
    reading.addTo(seen, features, rows, (row, number) -> distinct[number] = row);
    return Arrays.copyOf(distinct, seen.count());
  }

  /**
   * What is known already, or what another batch has learnt meanwhile, stays; false without room.
   */
  private boolean keep(
      List<FieldVector> features,
      int rows,
      List<FieldVector> outputs,
      Reading reading,
      BufferAllocator allocator) {
    lock.writeLock().lock();
    try {
      if (!table.hasRoomFor(rows)) {
        return false;
      }
      if (answers.isEmpty()) {
        answers.addAll(Vectors.collect(outputs, output -> RowCopy.vector(output, rows, allocator)));
      }
      reading.addTo(table, features, rows, (row, number) -> keep(outputs, row, number));
      answers.forEach(answer -> answer.setValueCount(table.count()));
      return true;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void keep(List<FieldVector> outputs, int row, int number) {
    for (int output = 0; output < outputs.size(); output++) {
      RowCopy.copy(outputs.get(output), row, answers.get(output), number, Trim.NONE, 0);
    }
  }

  @Override
  public void close() {
    answers.forEach(FieldVector::close);
    predictor.close();
  }
}
