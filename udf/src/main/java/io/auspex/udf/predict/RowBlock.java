package io.auspex.udf.predict;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;

/**
 * The features of a few rows as words, so that equal rows are equal words, and hashes of them. Word
 * by word for all rows, in memory that the processor keeps at hand. For one thread.
 */
final class RowBlock {
  /** At most. So few of 20 features, and their rows of the table, stay in the nearest caches. */
  static final int ROWS = 1024;

  /** Odd, with bits set all over: the golden ratio. */
  private static final int FACTOR = 0x9E3779B1;

  private final RowLayout layout;
  private final int[][] words;
  private final int[] hashes;
  private int rows;

  /**
   * @param most how many rows there are in all
   */
  RowBlock(RowLayout layout, int most) {
    this.layout = layout;
    this.words = new int[layout.width()][Math.min(ROWS, most)];
    this.hashes = new int[Math.min(ROWS, most)];
  }

  /**
   * Reads {@code rows} rows from {@code start} on.
   *
   * @param features of the layout's types
   */
  void read(List<FieldVector> features, int start, int rows) {
    this.rows = rows;
    for (int word = layout.nulls(); word < layout.width(); word++) {
      Arrays.fill(words[word], 0, rows, 0);
    }
    for (int i = 0; i < features.size(); i++) {
      read(features.get(i), start, layout.words()[i]);
      markNulls(features.get(i), start, i);
    }
    hash();
  }

  private void read(FieldVector feature, int start, int word) {
    int[] first = words[word];
    if (feature instanceof BitVector bits) {
      for (int row = 0; row < rows; row++) {
        first[row] = BitVectorHelper.get(bits.getDataBuffer(), start + row);
      }
      return;
    }
    int width = ((BaseFixedWidthVector) feature).getTypeWidth();
    ByteBuffer values =
        Batch.bytes(feature.getDataBuffer(), (long) start * width, (long) rows * width);
    switch (width) {
      case 1 -> {
        for (int row = 0; row < rows; row++) {
          first[row] = values.get(row);
        }
      }
      case 2 -> {
        for (int row = 0; row < rows; row++) {
          first[row] = values.getShort(Short.BYTES * row);
        }
      }
      case 4 -> values.asIntBuffer().get(0, first, 0, rows);
      default -> {
        int[] second = words[word + 1];
        for (int row = 0; row < rows; row++) {
          long value = values.getLong(Long.BYTES * row);
          first[row] = (int) value;
          second[row] = (int) (value >>> Integer.SIZE);
        }
      }
    }
  }

  /** What lies under a NULL is nothing. */
  private void markNulls(FieldVector feature, int start, int number) {
    int word = layout.words()[number];
    int[] nulls = words[layout.nulls() + number / Integer.SIZE];
    boolean isWide = RowLayout.isWide(feature);
    Cells.forEachNull(
        feature,
        start,
        rows,
        at -> {
          int row = at - start;
          words[word][row] = 0;
          if (isWide) {
            words[word + 1][row] = 0;
          }
          nulls[row] |= 1 << number;
        });
  }

  /** One word after the other for all rows, which the compiler turns into vector instructions. */
  private void hash() {
    Arrays.fill(hashes, 0, rows, 0);
    for (int[] word : words) {
      for (int row = 0; row < rows; row++) {
        int mixed = (hashes[row] ^ word[row]) * FACTOR;
        // The bits that differ are often the highest of a float, which a product only loses.
        hashes[row] = mixed ^ mixed >>> 15;
      }
    }
  }

  int rows() {
    return rows;
  }

  int hash(int row) {
    return hashes[row];
  }

  /**
   * Sets those of {@code differs} that are not the words from {@code starts} on to another than 0.
   */
  void compare(int[] others, int[] starts, int[] differs) {
    Arrays.fill(differs, 0, rows, 0);
    int i = 0;
    // Four at once: each pass reads and writes the differences again.
    for (; i + 4 <= words.length; i += 4) {
      int[] first = words[i];
      int[] second = words[i + 1];
      int[] third = words[i + 2];
      int[] fourth = words[i + 3];
      for (int row = 0; row < rows; row++) {
        int at = starts[row] + i;
        differs[row] |=
            first[row] ^ others[at]
                | second[row] ^ others[at + 1]
                | third[row] ^ others[at + 2]
                | fourth[row] ^ others[at + 3];
      }
    }
    for (; i < words.length; i++) {
      int[] word = words[i];
      for (int row = 0; row < rows; row++) {
        differs[row] |= word[row] ^ others[starts[row] + i];
      }
    }
  }

  boolean isEqual(int row, int[] others, int start) {
    for (int i = 0; i < words.length; i++) {
      if (words[i][row] != others[start + i]) {
        return false;
      }
    }
    return true;
  }

  void copy(int row, int[] to, int start) {
    for (int i = 0; i < words.length; i++) {
      to[start + i] = words[i][row];
    }
  }
}
