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
  private int[] places;
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
    this.places = new int[FIRST];
    Arrays.fill(places, -1);
  }

  int count() {
    return count;
  }

  boolean hasRoomFor(int rows) {
    return count + rows <= most;
  }

  /** The number of a row; −1 where it is not known. */
  int find(RowKeys rows, int row, long hash) {
    for (int at = place(hash); places[at] >= 0; at = (at + 1) & (places.length - 1)) {
      int number = places[at];
      if (hashes[number] == hash && rows.isEqual(row, keys, number * width)) {
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
    int at = place(hashes[number]);
    while (places[at] >= 0) {
      at = (at + 1) & (places.length - 1);
    }
    places[at] = number;
  }

  private int place(long hash) {
    return (int) (hash >>> 20) & (places.length - 1);
  }

  private void grow() {
    places = new int[2 * places.length];
    Arrays.fill(places, -1);
    keys = Arrays.copyOf(keys, places.length / 2 * width);
    hashes = Arrays.copyOf(hashes, places.length / 2);
    for (int number = 0; number < count; number++) {
      enter(number);
    }
  }
}
