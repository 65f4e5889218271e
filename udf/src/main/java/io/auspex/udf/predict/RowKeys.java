package io.auspex.udf.predict;

import io.auspex.udf.binding.Feature;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;

/**
 * The features of rows as words of 64 bits, so that equal rows are equal words: two narrow values
 * share one, and bits at the end say which are NULL. For one thread.
 */
final class RowKeys {
  private final int rows;
  private final int width;
  private final long[] words;

  private RowKeys(int rows, int width) {
    this.rows = rows;
    this.width = width;
    this.words = new long[rows * width];
  }

  /** Whether features are numbers, which have such keys. */
  static boolean areFor(List<Feature> features) {
    return !features.isEmpty()
        && features.stream()
            .noneMatch(
                feature ->
                    feature.isArray() || feature.isBlob() || feature.sqlType().equals("VARCHAR"));
  }

  /** How many words a key has. */
  static int width(int features) {
    return features + (features + Long.SIZE - 1) / Long.SIZE;
  }

  static RowKeys of(List<FieldVector> columns, int rows) {
    RowKeys keys = new RowKeys(rows, width(columns.size()));
    for (int i = 0; i < columns.size(); i++) {
      keys.put(columns.get(i), i, columns.size());
    }
    return keys;
  }

  private void put(FieldVector column, int at, int features) {
    int nulls = features + at / Long.SIZE;
    if (column instanceof BitVector bits) {
      for (int row = 0; row < rows; row++) {
        words[row * width + at] = BitVectorHelper.get(bits.getDataBuffer(), row);
      }
    } else {
      int bytes = ((BaseFixedWidthVector) column).getTypeWidth();
      ByteBuffer values = Batch.bytes(column.getDataBuffer(), 0, (long) rows * bytes);
      for (int row = 0; row < rows; row++) {
        words[row * width + at] =
            switch (bytes) {
              case 1 -> values.get(row);
              case 2 -> values.getShort(2 * row);
              case 4 -> values.getInt(4 * row);
              default -> values.getLong(8 * row);
            };
      }
    }
    Cells.forEachNull(
        column,
        0,
        rows,
        row -> {
          words[row * width + at] = 0;
          words[row * width + nulls] |= 1L << at;
        });
  }

  int rows() {
    return rows;
  }

  /** A well-mixed hash of a row. */
  long hash(int row) {
    long hash = 0;
    for (int i = row * width; i < (row + 1) * width; i++) {
      hash = (hash ^ words[i]) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
    }
    return hash;
  }

  boolean isEqual(int row, long[] others, int start) {
    return Arrays.equals(words, row * width, (row + 1) * width, others, start, start + width);
  }

  void copy(int row, long[] to, int start) {
    System.arraycopy(words, row * width, to, start, width);
  }
}
