package io.auspex.udf.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers of known texts, found by their UTF-8 bytes without making a String. Immutable.
 *
 * <p>Open addressing over FNV-1a hashes.
 */
public final class TextTable {
  private static final int FNV_OFFSET = 0x811c9dc5;
  private static final int FNV_PRIME = 0x01000193;

  private final byte[][] texts;
  private final int[] places;

  /** Numbers follow the order of the texts. */
  public TextTable(List<String> texts) {
    this.texts = new byte[texts.size()][];
    this.places = new int[Integer.highestOneBit(Math.max(2, 2 * texts.size())) * 2];
    Arrays.fill(places, -1);
    for (int i = 0; i < this.texts.length; i++) {
      this.texts[i] = texts.get(i).getBytes(StandardCharsets.UTF_8);
      int at = place(hash(this.texts[i], 0, this.texts[i].length));
      while (places[at] >= 0) {
        at = (at + 1) & (places.length - 1);
      }
      places[at] = i;
    }
  }

  private static int hash(byte[] bytes, int start, int length) {
    int hash = FNV_OFFSET;
    for (int i = start; i < start + length; i++) {
      hash = (hash ^ bytes[i]) * FNV_PRIME;
    }
    return hash;
  }

  private int place(int hash) {
    return (hash ^ hash >>> 15) & (places.length - 1);
  }

  /** The number of the text in these bytes; −1 where it is not known. */
  public int find(byte[] bytes, int start, int length) {
    int at = place(hash(bytes, start, length));
    while (places[at] >= 0) {
      byte[] text = texts[places[at]];
      if (Arrays.equals(text, 0, text.length, bytes, start, start + length)) {
        return places[at];
      }
      at = (at + 1) & (places.length - 1);
    }
    return -1;
  }
}
