package io.auspex.engine.source.write.copy;

import java.util.function.IntUnaryOperator;

/** Lists as PostgreSQL's arrays of one dimension, which begin at 1. */
final class ArrayEncoder implements ValueEncoder {
  private static final int EMPTY_HEADER = 3 * Integer.BYTES;
  private static final int HEADER = 5 * Integer.BYTES;
  private static final int LOWER_BOUND = 1;

  private final ColumnEncoder elements;
  private final CopyType elementType;
  private final IntUnaryOperator start;
  private final IntUnaryOperator end;

  /**
   * @param start where the elements of a row begin
   * @param end where they have ended
   */
  ArrayEncoder(
      ColumnEncoder elements, CopyType elementType, IntUnaryOperator start, IntUnaryOperator end) {
    this.elements = elements;
    this.elementType = elementType;
    this.start = start;
    this.end = end;
  }

  @Override
  public int size(int row) {
    int from = start.applyAsInt(row);
    int to = end.applyAsInt(row);
    return from == to ? EMPTY_HEADER : HEADER + elements.size(from, to);
  }

  @Override
  public int put(int row, byte[] out, int at) {
    int from = start.applyAsInt(row);
    int to = end.applyAsInt(row);
    int next = NetworkOrder.putInt(out, at, from == to ? 0 : 1);
    next = NetworkOrder.putInt(out, next, elements.hasNulls(from, to) ? 1 : 0);
    next = NetworkOrder.putInt(out, next, elementType.number());
    if (from == to) {
      return next;
    }
    next = NetworkOrder.putInt(out, next, to - from);
    next = NetworkOrder.putInt(out, next, LOWER_BOUND);
    return elements.put(from, to, out, next);
  }
}
