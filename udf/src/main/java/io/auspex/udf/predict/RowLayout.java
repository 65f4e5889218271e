package io.auspex.udf.predict;

import java.util.List;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;

/**
 * Where the features of a row lie in words of 64 bits: wide ones in a word each, narrow ones two in
 * a word; bits in words behind them say which are NULL.
 *
 * @param words by feature
 * @param shifts by feature: 32 for the second in a word
 * @param masks by feature, its bits in the word
 * @param nulls the first word of the bits
 * @param width all words
 */
record RowLayout(int[] words, int[] shifts, long[] masks, int nulls, int width) {

  private static final long NARROW = 0xFFFFFFFFL;

  static RowLayout of(List<FieldVector> features) {
    int[] words = new int[features.size()];
    int[] shifts = new int[features.size()];
    long[] masks = new long[features.size()];
    int used = 0;
    int half = -1;
    for (int i = 0; i < words.length; i++) {
      boolean isWide = ((BaseFixedWidthVector) features.get(i)).getTypeWidth() > Integer.BYTES;
      if (!isWide && half >= 0) {
        words[i] = half;
        shifts[i] = Integer.SIZE;
        half = -1;
      } else {
        words[i] = used++;
        half = isWide ? half : words[i];
      }
      masks[i] = isWide ? -1 : NARROW << shifts[i];
    }
    int bits = (words.length + Long.SIZE - 1) / Long.SIZE;
    return new RowLayout(words, shifts, masks, used, used + bits);
  }
}
