package io.auspex.udf.predict;

import java.util.Arrays;

/**
 * Numbers rows by their features, equal ones alike: a hash table with open addressing that grows up
 * to a bound. Not thread-safe.
 */
final class RowTable {
  private static final int FIRST = 1 << 12;

  private final int width;
  private final int most;
  private long[] keys;
  private long[] hashes;

  /** The number of a row plus 1, below half of its hash, so that most others need no look at it. */
  private long[] places;

  private int count;

  /**
   * @param width words of a key
   * @param most how many rows are kept
   */
  RowTable(int width, int most) {
    this.width = width;
    this.most = most;
    this.keys = new long[FIRST / 2 * width];
    this.hashes = new long[FIRST / 2];
    this.places = new long[FIRST];
  }

  int count() {
    return count;
  }

  boolean hasRoomFor(int rows) {
    return count + rows <= most;
  }

  /** The number of a row; −1 where it is not known. */
  int find(RowKeys rows, int row, long hash) {
    int mask = places.length - 1;
    for (int at = (int) hash & mask; places[at] != 0; at = (at + 1) & mask) {
      long place = places[at];
      int number = (int) place - 1;
      if (place >>> 32 == hash >>> 32 && rows.isEqual(row, keys, number * width)) {
        return number;
      }
    }
    return -1;
  }

  /** Numbers a row that is not known. */
  int add(RowKeys rows, int row, long hash) {
    if (2 * (count + 1) > places.length) {
      grow();
    }
    rows.copy(row, keys, count * width);
    hashes[count] = hash;
    enter(count);
    return count++;
  }

  private void enter(int number) {
    int mask = places.length - 1;
    int at = (int) hashes[number] & mask;
    while (places[at] != 0) {
      at = (at + 1) & mask;
    }
    places[at] = hashes[number] >>> 32 << 32 | (number + 1);
  }

  private void grow() {
    places = new long[2 * places.length];
    keys = Arrays.copyOf(keys, places.length / 2 * width);
    hashes = Arrays.copyOf(hashes, places.length / 2);
    for (int number = 0; number < count; number++) {
      enter(number);
    }
  }
}
