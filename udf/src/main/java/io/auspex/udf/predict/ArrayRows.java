package io.auspex.udf.predict;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Input;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;

/**
 * An array column as the rows of a tensor: nested as the tensor is, or flat, the values in the
 * tensor's order, the last dimension the fastest.
 */
final class ArrayRows {
  private final FieldVector column;
  private final int rows;
  private final Input input;
  private final boolean padded;
  private final String model;

  /** How many elements an array of each level has, the outermost first; −1 where none says it. */
  private final long[] sizes;

  private final FieldVector values;
  private int start;
  private boolean contiguous = true;

  private ArrayRows(FieldVector column, int rows, Input input, boolean padded, String model) {
    this.padded = padded;
    this.column = column;
    this.rows = rows;
    this.input = input;
    this.model = model;
    this.sizes = declared();
    this.values = measure();
  }

  /**
   * Throws ROW_LENGTH where an array is not as long as the input, or as the others, has it.
   *
   * @param padded whether it may be shorter than the others
   */
  static ArrayRows of(FieldVector column, int rows, Input input, boolean padded, String model) {
    return new ArrayRows(column, rows, input, padded, model);
  }

  /** What the input says of the column's levels. */
  private long[] declared() {
    List<Long> shape = input.rowShape();
    return Vectors.depth(column) == shape.size()
        ? shape.stream().mapToLong(Long::longValue).toArray()
        : new long[] {input.width()};
  }

  /** Learns the sizes from the arrays; returns the innermost elements. */
  private FieldVector measure() {
    FieldVector level = column;
    int from = 0;
    int to = rows;
    for (int depth = 0; depth < sizes.length; depth++) {
      contiguous &= level.getNullCount() == 0;
      if (level instanceof FixedSizeListVector fixed) {
        check(depth, fixed.getListSize());
        from *= fixed.getListSize();
        to *= fixed.getListSize();
      } else {
        ListVector list = (ListVector) level;
        for (int i = from; i < to; i++) {
          if (!list.isNull(i)) {
            check(depth, list.getElementEndIndex(i) - list.getElementStartIndex(i));
          }
        }
        int first = from;
        from = from < to ? list.getElementStartIndex(from) : 0;
        to = first < to ? list.getElementEndIndex(to - 1) : from;
      }
      level = Vectors.elements(level);
    }
    for (int depth = 0; depth < sizes.length; depth++) {
      // No array says it: there is none but NULLs, or none at all.
      sizes[depth] = sizes[depth] < 0 ? 1 : sizes[depth];
    }
    start = from;
    contiguous &= to - from == (long) rows * rowSize();
    return level;
  }

  private void check(int depth, int size) {
    boolean grows = padded && input.width() < 0 && input.rowShape().get(depth) < 0;
    if (sizes[depth] < 0 || (grows && sizes[depth] < size)) {
      sizes[depth] = size;
    } else if (grows) {
      return;
    } else if (sizes[depth] != size) {
      throw new AuspexException(ErrorCode.ROW_LENGTH, model, sizes[depth], input.name(), size);
    }
  }

  /** The elements of all rows. */
  FieldVector values() {
    return values;
  }

  /** How many elements a row has. */
  int rowSize() {
    return Math.toIntExact(LongStream.of(sizes).reduce(1, Math::multiplyExact));
  }

  /** The dimensions of a row of the tensor. */
  long[] rowShape() {
    List<Long> shape = input.rowShape();
    return sizes.length == shape.size()
        ? sizes
        : shape.stream().mapToLong(Long::longValue).toArray();
  }

  /** Whether all rows' elements lie one after the other, none missing. */
  boolean areContiguous() {
    return contiguous;
  }

  /** Where the first row's elements begin among {@link #values}. */
  int start() {
    return start;
  }

  /** Told where in the tensor elements go, counted in elements. */
  interface Visitor {
    /** {@code count} of {@link #values}, from {@code start} on; NULLs may be among them. */
    void elements(int start, int count, int position);

    /** Elements of an array in {@code row} that is NULL. */
    void missing(int row, int count, int position);
  }

  /** Visits all elements that there are, in the tensor's order. */
  void visit(Visitor visitor) {
    if (contiguous) {
      visitor.elements(start, Math.multiplyExact(rows, rowSize()), 0);
      return;
    }
    for (int row = 0; row < rows; row++) {
      visit(column, row, row, 0, Math.multiplyExact(row, rowSize()), visitor);
    }
  }

  private void visit(
      FieldVector level, int index, int row, int depth, int position, Visitor visitor) {
    if (level.isNull(index)) {
      visitor.missing(row, size(depth), position);
      return;
    }
    int first = index * (int) sizes[depth];
    int count = (int) sizes[depth];
    if (level instanceof ListVector list) {
      first = list.getElementStartIndex(index);
      count = list.getElementEndIndex(index) - first;
    }
    if (depth == sizes.length - 1) {
      visitor.elements(first, count, position);
      return;
    }
    int inner = size(depth + 1);
    int from = first;
    IntStream.range(0, count)
        .forEach(
            i ->
                visit(
                    Vectors.elements(level),
                    from + i,
                    row,
                    depth + 1,
                    position + i * inner,
                    visitor));
  }

  /** Elements of an array at this depth. */
  private int size(int depth) {
    return (int) Arrays.stream(sizes, depth, sizes.length).reduce(1, (a, b) -> a * b);
  }
}
