package io.auspex.udf.predict;

import io.auspex.udf.binding.Feature;
import java.util.List;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;

/**
 * Where the features of a row lie in words of 32 bits: wide ones in two, narrow ones in one; bits
 * in words behind them say which are NULL.
 *
 * @param words the first word of each feature
 * @param nulls the first word of the bits
 * @param width all words
 */
record RowLayout(int[] words, int nulls, int width) {

  /** Whether features are numbers, which have such words. */
  static boolean isFor(List<Feature> features) {
    return !features.isEmpty()
        && features.stream()
            .noneMatch(
                feature ->
                    feature.isArray() || feature.isBlob() || feature.sqlType().equals("VARCHAR"));
  }

  static RowLayout of(List<FieldVector> features) {
    int[] words = new int[features.size()];
    int used = 0;
    for (int i = 0; i < words.length; i++) {
      words[i] = used;
      used += isWide(features.get(i)) ? 2 : 1;
    }
    return new RowLayout(words, used, used + (words.length + Integer.SIZE - 1) / Integer.SIZE);
  }

  static boolean isWide(FieldVector feature) {
    return ((BaseFixedWidthVector) feature).getTypeWidth() > Integer.BYTES;
  }
}
