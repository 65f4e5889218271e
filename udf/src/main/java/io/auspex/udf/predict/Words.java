package io.auspex.udf.predict;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.VarCharVector;

/**
 * The distinct strings of a batch, numbered in the order they came: a hash table with open
 * addressing over their UTF-8 bytes, so that a string seen before is never decoded.
 */
final class Words {
  /** The number of the empty string, which also stands for NULL. */
  static final int EMPTY = 0;

  private final List<byte[]> words = new ArrayList<>();
  private int[] slots = new int[64];
  private int[] hashes = new int[64];

  Words() {
    words.add(new byte[0]);
  }

  /** Numbers the strings of one vector. */
  final class Reader {
    private final VarCharVector vector;
    private final ByteBuffer bytes;

    private Reader(VarCharVector vector) {
      this.vector = vector;
      this.bytes = Batch.bytes(vector.getDataBuffer(), 0, vector.getDataBuffer().capacity());
    }

    /** The number of a string; {@link #EMPTY} for NULL. */
    int number(int index) {
      int start = vector.getStartOffset(index);
      int end = vector.getEndOffset(index);
      return start == end || vector.isNull(index) ? EMPTY : Words.this.number(bytes, start, end);
    }
  }

  /** The number of a string. */
  int number(String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    return bytes.length == 0 ? EMPTY : number(ByteBuffer.wrap(bytes), 0, bytes.length);
  }

  Reader reader(VarCharVector vector) {
    return new Reader(vector);
  }

  private int number(ByteBuffer bytes, int start, int end) {
    int hash = hash(bytes, start, end);
    int slot = hash & slots.length - 1;
    while (slots[slot] != EMPTY) {
      if (hashes[slot] == hash && matches(words.get(slots[slot]), bytes, start, end)) {
        return slots[slot];
      }
      slot = slot + 1 & slots.length - 1;
    }
    byte[] word = new byte[end - start];
    bytes.get(start, word);
    words.add(word);
    int number = words.size() - 1;
    slots[slot] = number;
    hashes[slot] = hash;
    if (words.size() * 2 > slots.length) {
      grow();
    }
    return number;
  }

  private static boolean matches(byte[] word, ByteBuffer bytes, int start, int end) {
    if (word.length != end - start) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (word[i] != bytes.get(start + i)) {
        return false;
      }
    }
    return true;
  }

  private void grow() {
    int[] oldSlots = slots;
    int[] oldHashes = hashes;
    slots = new int[oldSlots.length * 2];
    hashes = new int[oldSlots.length * 2];
    for (int i = 0; i < oldSlots.length; i++) {
      if (oldSlots[i] != EMPTY) {
        int slot = oldHashes[i] & slots.length - 1;
        while (slots[slot] != EMPTY) {
          slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = oldSlots[i];
        hashes[slot] = oldHashes[i];
      }
    }
  }

  /** FNV-1a (Fowler, Noll, Vo), folded so that its low bits depend on all of it. */
  private static int hash(ByteBuffer bytes, int start, int end) {
    int hash = 0x811C9DC5;
    for (int i = start; i < end; i++) {
      hash = (hash ^ bytes.get(i)) * 0x01000193;
    }
    return hash ^ hash >>> 15;
  }

  /** The words in UTF-8, by their number. */
  List<byte[]> utf8() {
    return words;
  }
}
