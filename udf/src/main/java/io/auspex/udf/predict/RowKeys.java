package io.auspex.udf.predict;

import io.auspex.udf.binding.Feature;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;

/** The features of rows as words, so that equal rows are equal words. For one thread. */
final class RowKeys {
  /** Odd, with bits set all over: the golden ratio. */
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private final int rows;
  private final RowLayout layout;
  private final int width;
  private final long[] words;

  private RowKeys(RowLayout layout, int rows) {
    this.rows = rows;
    this.layout = layout;
    this.width = layout.width();
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

  static RowKeys of(RowLayout layout, List<FieldVector> columns, int rows) {
    RowKeys keys = new RowKeys(layout, rows);
    for (int i = 0; i < columns.size(); i++) {
      keys.put(columns.get(i), i);
    }
    return keys;
  }

  private void put(FieldVector column, int feature) {
    int word = layout.words()[feature];
    int shift = layout.shifts()[feature];
    if (column instanceof BitVector bits) {
      putBits(bits, word, shift);
    } else {
      int bytes = ((BaseFixedWidthVector) column).getTypeWidth();
      ByteBuffer values = Batch.bytes(column.getDataBuffer(), 0, (long) rows * bytes);
      switch (bytes) {
        case 1 -> putBytes(values, word, shift);
        case 2 -> putShorts(values, word, shift);
        case 4 -> putInts(values, word, shift);
        default -> putLongs(values, word);
      }
    }
    int nulls = layout.nulls() + feature / Long.SIZE;
    long value = layout.masks()[feature];
    Cells.forEachNull(
        column,
        0,
        rows,
        row -> {
          words[row * width + word] &= ~value;
          words[row * width + nulls] |= 1L << feature;
        });
  }

  private void putBits(BitVector bits, int word, int shift) {
    for (int row = 0, at = word; row < rows; row++, at += width) {
      words[at] |= (long) BitVectorHelper.get(bits.getDataBuffer(), row) << shift;
    }
  }

  private void putBytes(ByteBuffer values, int word, int shift) {
    for (int row = 0, at = word; row < rows; row++, at += width) {
      words[at] |= (values.get(row) & 0xFFL) << shift;
    }
  }

  private void putShorts(ByteBuffer values, int word, int shift) {
    for (int row = 0, at = word; row < rows; row++, at += width) {
      words[at] |= (values.getShort(Short.BYTES * row) & 0xFFFFL) << shift;
    }
  }

  private void putInts(ByteBuffer values, int word, int shift) {
    for (int row = 0, at = word; row < rows; row++, at += width) {
      words[at] |= (values.getInt(Integer.BYTES * row) & 0xFFFFFFFFL) << shift;
    }
  }

  private void putLongs(ByteBuffer values, int word) {
    for (int row = 0, at = word; row < rows; row++, at += width) {
      words[at] = values.getLong(Long.BYTES * row);
    }
  }

  /**
   * Well-mixed hashes of the rows. The words of a row are mixed side by side, rather than one into
   * the other, so that the processor need not wait for each.
   */
  long[] hashes() {
    long[] hashes = new long[rows];
    for (int row = 0, at = 0; row < rows; row++) {
      long sum = 0;
      long factor = FACTOR;
      for (int end = at + width; at < end; at++) {
        // The bits that differ are often the highest of a float, which a product only loses.
        sum += (words[at] ^ words[at] >>> 32) * factor;
        factor += 2 * FACTOR;
      }
      sum = (sum ^ sum >>> 32) * FACTOR;
      hashes[row] = sum ^ sum >>> 29;
    }
    return hashes;
  }

  boolean isEqual(int row, long[] others, int start) {
    int at = row * width;
    for (int i = 0; i < width; i++) {
      if (words[at + i] != others[start + i]) {
        return false;
      }
    }
    return true;
  }

  void copy(int row, long[] to, int start) {
    System.arraycopy(words, row * width, to, start, width);
  }
}
