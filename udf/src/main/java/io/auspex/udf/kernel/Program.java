package io.auspex.udf.kernel;

import io.auspex.catalog.ElementType;
import io.auspex.udf.expression.Expression;
import io.auspex.udf.expression.Expression.Column;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Expressions as a list of steps over blocks of rows. A step fills a register, which has a number a
 * row; texts are numbers of a dictionary. Immutable but for its pool of registers; thread-safe.
 */
public final class Program {
  private static final int BLOCK_ROWS = 512;

  /** Of a value that no feature has a part in but by its trees. */
  private static final Source NO_FEATURES =
      new Source() {
        @Override
        public void numbers(int column, int from, int rows, double[] to) {
          to[0] = 0;
        }

        @Override
        public void texts(int column, TextTable table, int from, int rows, double[] to) {
          to[0] = -1;
        }
      };

  private final List<Read> reads;
  private final List<Step> loads;
  private final List<Step> steps;
  private final int registers;
  private final int blockRows;
  private final List<Result> results;
  private final ConcurrentLinkedQueue<Block> pool = new ConcurrentLinkedQueue<>();

  /**
   * A feature that is read.
   *
   * @param isFloat whether its values are rounded to floats
   */
  public record Read(Column column, boolean isFloat) {}

  /**
   * A value that is asked for.
   *
   * @param texts what its numbers mean where it is a text; otherwise empty
   * @param trees the ordinal of the step whose sum it follows; −1 where there is no such
   * @param isRising whether it grows with that sum, rather than falls
   */
  public record Result(
      int register, ElementType type, List<String> texts, int trees, boolean isRising) {}

  /** Computes a register from others. */
  interface Step {
    void run(Block block);
  }

  /** Receives a block's results. */
  public interface Sink {
    /**
     * @param places of the rows in the batch, ascending
     * @param rows how many they are; rows that are known to be out of a bound do not come
     * @param values those of {@link #results}, by ordinal; valid during the call, as the places are
     */
    void take(int[] places, int rows, double[][] values);
  }

  /** Gives a feature's values to a block. */
  public interface Source {
    /**
     * @param column ordinal among {@link #reads}
     * @param to receives the numbers; NaN where a floating-point value is NULL
     */
    void numbers(int column, int from, int rows, double[] to);

    /** The same of texts: their numbers in the dictionary, −1 for others and for NULL. */
    void texts(int column, TextTable table, int from, int rows, double[] to);
  }

  /**
   * @param loads what the features are read by, before all else
   */
  Program(
      List<Read> reads,
      List<Step> loads,
      List<Step> steps,
      int registers,
      int forestRows,
      List<Result> results) {
    this.reads = List.copyOf(reads);
    this.loads = List.copyOf(loads);
    this.steps = List.copyOf(steps);
    this.registers = registers;
    this.blockRows = Math.min(BLOCK_ROWS, forestRows);
    this.results = List.copyOf(results);
  }

  /** A program for values; nothing where one is of a kind that it does not have. */
  public static Optional<Program> of(List<Expression> values) {
    return new Compiler(Screen.Pace.USUAL).compile(values);
  }

  /** The features it reads. */
  public List<Read> reads() {
    return reads;
  }

  public List<Result> results() {
    return results;
  }

  /** A block's registers; for one thread at a time. */
  static final class Block {
    final double[][] registers;
    final Object[] scratch;

    /** Registers by result. */
    final double[][] values;

    /** Of its rows in the batch. */
    final int[] places;

    Source source;
    int from;
    int rows;

    private Block(int registers, List<Result> results, int rows, int steps) {
      this.registers = new double[registers][rows];
      this.values = new double[results.size()][];
      Arrays.setAll(values, result -> this.registers[results.get(result).register()]);
      this.scratch = new Object[steps];
      this.places = new int[rows];
    }

    boolean isFull() {
      return rows == places.length;
    }

    /** Adds some rows of another block, which is one of the same program. */
    void append(Block other, int[] kept, int from, int to) {
      for (int register = 0; register < registers.length; register++) {
        double[] target = registers[register];
        double[] values = other.registers[register];
        for (int i = from; i < to; i++) {
          target[rows + i - from] = values[kept[i]];
        }
      }
      for (int i = from; i < to; i++) {
        places[rows + i - from] = other.places[kept[i]];
      }
      rows += to - from;
    }

    /** Keeps some rows only, ascending. */
    void keep(int[] kept, int count) {
      rows = 0;
      append(this, kept, 0, count);
    }
  }

  /**
   * Computes rows, block by block, on the calling thread.
   *
   * @param bound of rows that are wanted; null where all are
   * @return the share of the work on their sum that the bound has spared
   */
  public double run(Source source, int rows, SumBound bound, Sink sink) {
    Block block = take();
    try {
      block.source = source;
      if (bound != null) {
        return runWithin(bound, block, rows, sink);
      }
      for (int from = 0; from < rows; from += blockRows) {
        load(block, from, rows);
        run(0, steps.size(), block);
        sink.take(block.places, block.rows, block.values);
      }
      return 0;
    } finally {
      block.source = null;
      pool.add(block);
    }
  }

  /**
   * Rows that may be wanted are few in each block: they are gathered to blocks of their own before
   * trees are walked.
   */
  private double runWithin(SumBound bound, Block block, int rows, Sink sink) {
    TreeStep trees = (TreeStep) steps.get(bound.step());
    BoundedSum.Pass pass = trees.forest().bounded().begin(bound);
    Block wanted = take();
    try {
      wanted.rows = 0;
      for (int from = 0; from < rows; from += blockRows) {
        load(block, from, rows);
        run(0, bound.step(), block);
        int left = trees.locate(block, pass);
        for (int at = 0; at < left; ) {
          at = trees.gather(block, at, left, wanted);
          if (wanted.isFull()) {
            finish(trees, pass, wanted, sink);
          }
        }
      }
      finish(trees, pass, wanted, sink);
      return pass.end();
    } finally {
      pool.add(wanted);
    }
  }

  private void finish(TreeStep trees, BoundedSum.Pass pass, Block wanted, Sink sink) {
    if (wanted.rows > 0) {
      trees.sum(wanted, pass);
    }
    if (wanted.rows > 0) {
      run(trees.ordinal() + 1, steps.size(), wanted);
      sink.take(wanted.places, wanted.rows, wanted.values);
      wanted.rows = 0;
    }
  }

  private void load(Block block, int from, int rows) {
    block.from = from;
    block.rows = Math.min(blockRows, rows - from);
    for (int row = 0; row < block.rows; row++) {
      block.places[row] = from + row;
    }
    loads.forEach(step -> step.run(block));
  }

  private void run(int from, int to, Block block) {
    for (int step = from; step < to; step++) {
      steps.get(step).run(block);
    }
  }

  private Block take() {
    Block pooled = pool.poll();
    return pooled == null ? new Block(registers, results, blockRows, steps.size()) : pooled;
  }

  /** Whether a value follows one sum of weights, so that a bound of it is one of the sum. */
  public boolean hasSum(int result) {
    return results.get(result).trees() >= 0;
  }

  /** Whether rows out of a bound may still come to be told sooner. */
  public boolean learns(SumBound bound) {
    double limit = bound.isLeast() ? bound.limit() : -bound.limit();
    return screen(bound).learns(limit);
  }

  private Screen screen(SumBound bound) {
    return ((TreeStep) steps.get(bound.step())).forest().bounded().screen(bound);
  }

  /**
   * The bound that the best sums are expected to be within; null where nothing is known.
   *
   * @param bound of the same step and side
   * @param top how many are the best
   */
  public SumBound expected(SumBound bound, int top) {
    OptionalDouble limit = screen(bound).expectations().limit(top);
    return limit.isPresent()
        ? new SumBound(bound.step(), bound.isLeast(), limit.getAsDouble(), true)
        : null;
  }

  /** Has later queries expect that the best {@code top} sums are within a limit. */
  public void expect(SumBound bound, int top, double limit) {
    screen(bound).expectations().reached(top, limit);
  }

  /** Takes note of an expectation that was wrong. */
  public void expectNothing(SumBound bound) {
    screen(bound).expectations().wereWrong();
  }

  /**
   * The bound of the sum that a value follows.
   *
   * @param isLeast whether values above the limit are wanted, rather than those below
   */
  public SumBound bound(int result, boolean isLeast, double limit) {
    Result of = results.get(result);
    boolean isLeastSum = isLeast == of.isRising();
    Block block = take();
    try {
      // The sums are numbers; half of them at a time are found not to be the first within.
      long low = ordinal(Double.NEGATIVE_INFINITY);
      long high = ordinal(Double.POSITIVE_INFINITY);
      while (low + 1 < high) {
        long middle = (low >> 1) + (high >> 1) + (low & high & 1);
        double value = valueAt(block, of, number(middle));
        boolean isWanted = isLeast ? value >= limit : value <= limit;
        if (isWanted == isLeastSum) {
          high = middle;
        } else {
          low = middle;
        }
      }
      return new SumBound(of.trees(), isLeastSum, number(isLeastSum ? low : high), true);
    } finally {
      block.source = null;
      pool.add(block);
    }
  }

  /** Numbers in their order as whole ones. */
  private static long ordinal(double number) {
    long bits = Double.doubleToLongBits(number);
    return bits < 0 ? Long.MIN_VALUE - bits : bits;
  }

  private static double number(long ordinal) {
    return Double.longBitsToDouble(ordinal < 0 ? Long.MIN_VALUE - ordinal : ordinal);
  }

  private double valueAt(Block block, Result result, double sum) {
    block.source = NO_FEATURES;
    block.rows = 1;
    loads.forEach(step -> step.run(block));
    for (int i = 0; i < steps.size(); i++) {
      if (i == result.trees()) {
        ((TreeStep) steps.get(i)).finish(block, sum);
      } else {
        steps.get(i).run(block);
      }
    }
    return block.registers[result.register()][0];
  }
}
