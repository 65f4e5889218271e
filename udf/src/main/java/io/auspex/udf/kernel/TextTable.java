package io.auspex.udf.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers of known texts, found by their UTF-8 bytes without making a String. Immutable.
 *
 * <p>Open addressing. The hash takes eight bytes at a time.
 */
public final class TextTable {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[][] texts;
  private final int[] places;

  /** Numbers follow the order of the texts. */
  public TextTable(List<String> texts) {
    this.texts = new byte[texts.size()][];
    this.places = new int[Hashing.places(texts.size())];
    Arrays.fill(places, -1);
    for (int i = 0; i < this.texts.length; i++) {
      this.texts[i] = texts.get(i).getBytes(StandardCharsets.UTF_8);
      int at = place(this.texts[i], 0, this.texts[i].length);
      while (places[at] >= 0) {
        at = (at + 1) & (places.length - 1);
      }
      places[at] = i;
    }
  }

  private int place(byte[] bytes, int start, int length) {
    long hash = length;
    int at = start;
    for (int end = start + length - Long.BYTES; at <= end; at += Long.BYTES) {
      hash = Hashing.mixed(hash ^ (long) WORDS.get(bytes, at));
    }
    long rest = 0;
    for (int shift = 0; at < start + length; at++, shift += Byte.SIZE) {
      rest |= (bytes[at] & 0xffL) << shift;
    }
    return Hashing.place(hash ^ rest, places.length);
  }

  /** The number of the text in these bytes; −1 where it is not known. */
  public int find(byte[] bytes, int start, int length) {
    int at = place(bytes, start, length);
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
