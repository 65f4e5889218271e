package io.auspex.udf.kernel;

import io.auspex.catalog.ElementType;
import io.auspex.udf.expression.Expression;
import io.auspex.udf.expression.Expression.Column;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Expressions as a list of steps over blocks of rows. A step fills a register, which has a number a
 * row; texts are numbers of a dictionary. Immutable but for its pool of registers; thread-safe.
 */
public final class Program {
  private static final int BLOCK_ROWS = 512;

  private final List<Read> reads;
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
   */
  public record Result(int register, ElementType type, List<String> texts) {}

  /** Computes a register from others. */
  interface Step {
    void run(Block block);
  }

  /** Receives a block's results. */
  public interface Sink {
    /**
     * @param from the first row's place in the batch
     * @param values those of {@link #results}, by ordinal; valid during the call
     */
    void take(int from, int rows, double[][] values);
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

  Program(List<Read> reads, List<Step> steps, int registers, int forestRows, List<Result> results) {
    this.reads = List.copyOf(reads);
    this.steps = List.copyOf(steps);
    this.registers = registers;
    this.blockRows = Math.min(BLOCK_ROWS, forestRows);
    this.results = List.copyOf(results);
  }

  /** A program for values; nothing where one is of a kind that it does not have. */
  public static Optional<Program> of(List<Expression> values) {
    return new Compiler().compile(values);
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
    Source source;
    int from;
    int rows;

    private Block(int registers, int rows, int steps) {
      this.registers = new double[registers][rows];
      this.scratch = new Object[steps];
    }
  }

  /** Computes rows, block by block, on the calling thread. */
  public void run(Source source, int rows, Sink sink) {
    Block pooled = pool.poll();
    Block block = pooled == null ? new Block(registers, blockRows, steps.size()) : pooled;
    try {
      double[][] values = new double[results.size()][];
      for (int i = 0; i < values.length; i++) {
        values[i] = block.registers[results.get(i).register()];
      }
      block.source = source;
      for (int from = 0; from < rows; from += blockRows) {
        block.from = from;
        block.rows = Math.min(blockRows, rows - from);
        for (Step step : steps) {
          step.run(block);
        }
        sink.take(from, block.rows, values);
      }
    } finally {
      block.source = null;
      pool.add(block);
    }
  }

  /** Whether it has trees. */
  public boolean hasTrees() {
    return steps.stream().anyMatch(TreeStep.class::isInstance);
  }
}
