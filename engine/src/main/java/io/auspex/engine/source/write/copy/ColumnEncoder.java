package io.auspex.engine.source.write.copy;

import org.apache.arrow.vector.FieldVector;

/** One column of the batch that its vector holds just now: each value's length, then its bytes. */
final class ColumnEncoder {
  private static final int NULL = -1;

  private final FieldVector vector;
  private final ValueEncoder values;

  ColumnEncoder(FieldVector vector, ValueEncoder values) {
    this.vector = vector;
    this.values = values;
  }

  /** Adds to {@code sizes[i]} what the value of the row {@code first + i} takes. */
  void measure(int first, int count, int[] sizes) {
    boolean nulls = vector.getNullCount() > 0;
    int width = values.width();
    for (int i = 0; i < count; i++) {
      int row = first + i;
      int size = nulls && vector.isNull(row) ? 0 : width >= 0 ? width : values.size(row);
      sizes[i] = Math.addExact(sizes[i], Integer.BYTES + size);
    }
  }

  /** Writes the value of the row {@code first + i} at {@code places[i]}, which moves on. */
  void write(int first, int count, byte[] out, int[] places) {
    boolean nulls = vector.getNullCount() > 0;
    for (int i = 0; i < count; i++) {
      places[i] = put(first + i, nulls, out, places[i]);
    }
  }

  private int put(int row, boolean nulls, byte[] out, int at) {
    int start = at + Integer.BYTES;
    if (nulls && vector.isNull(row)) {
      NetworkOrder.putInt(out, at, NULL);
      return start;
    }
    int end = values.put(row, out, start);
    NetworkOrder.putInt(out, at, end - start);
    return end;
  }

  /** What the values of rows take, one after the other. */
  int size(int from, int to) {
    int size = 0;
    for (int row = from; row < to; row++) {
      size = Math.addExact(size, Integer.BYTES + (vector.isNull(row) ? 0 : values.size(row)));
    }
    return size;
  }

  /** Writes the values of rows one after the other. */
  int put(int from, int to, byte[] out, int at) {
    int next = at;
    for (int row = from; row < to; row++) {
      next = put(row, true, out, next);
    }
    return next;
  }

  boolean hasNulls(int from, int to) {
    for (int row = from; row < to; row++) {
      if (vector.isNull(row)) {
        return true;
      }
    }
    return false;
  }
}
