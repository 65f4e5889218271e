package io.auspex.udf.predict;

import java.util.Arrays;

/**
 * Numbers rows by their features, equal ones alike: a hash table with open addressing that grows up
 * to a bound. May be read by several threads while none adds.
 */
final class RowTable {
  private static final int FIRST = 1 << 12;

  private final int width;
  private final int most;

  /** Row by row: the words of one are near each other. */
  private int[] keys;

  private int[] hashes;

  /** The number of a row plus 1, below its hash, so that most others need no look at the row. */
  private long[] places;

  private int count;

  /**
   * @param width words of a row
   * @param most how many rows are kept
   */
  RowTable(int width, int most) {
    this.width = width;
    this.most = most;
    int first = Math.min(FIRST, Integer.highestOneBit(Math.max(1, most)) * 4);
    this.keys = new int[first / 2 * width];
    this.hashes = new int[first / 2];
    this.places = new long[first];
  }

  int count() {
    return count;
  }

  boolean hasRoomFor(int rows) {
    return count + rows <= most;
  }

  /** Scratch memory of one thread. */
  static final class Search {
    private final int[] starts = new int[RowBlock.ROWS];
    private final int[] differs = new int[RowBlock.ROWS];
  }

  /**
   * The numbers of a block's rows; −1 of those that are not known. Each row's likeliest is compared
   * together with all others', without a branch; the few that are others are looked up.
   *
   * @param numbers gets them, from {@code at} on
   */
  void find(RowBlock block, int[] numbers, int at, Search search) {
    for (int row = 0; row < block.rows(); row++) {
      int number = likeliest(block.hash(row));
      numbers[at + row] = number;
      search.starts[row] = Math.max(number, 0) * width;
    }
    block.compare(keys, search.starts, search.differs);
    for (int row = 0; row < block.rows(); row++) {
      if (search.differs[row] != 0 && numbers[at + row] >= 0) {
        numbers[at + row] = find(block, row);
      }
    }
  }

  /** The first row of the same hash; −1 where there is none. */
  private int likeliest(int hash) {
    int mask = places.length - 1;
    int at = slot(hash);
    while (places[at] != 0 && (int) (places[at] >>> 32) != hash) {
      at = (at + 1) & mask;
    }
    return (int) places[at] - 1;
  }

  /** The number of a row; −1 where it is not known. */
  int find(RowBlock block, int row) {
    int mask = places.length - 1;
    int hash = block.hash(row);
    for (int at = slot(hash); places[at] != 0; at = (at + 1) & mask) {
      int number = (int) places[at] - 1;
      if ((int) (places[at] >>> 32) == hash && block.isEqual(row, keys, number * width)) {
        return number;
      }
    }
    return -1;
  }

  private int slot(int hash) {
    return (hash ^ hash >>> 16) & (places.length - 1);
  }

  /** Numbers a row that is not known. */
  int add(RowBlock block, int row) {
    if (2 * (count + 1) > places.length) {
      grow();
    }
    block.copy(row, keys, count * width);
    hashes[count] = block.hash(row);
    enter(count);
    return count++;
  }

  private void enter(int number) {
    int mask = places.length - 1;
    int at = slot(hashes[number]);
    while (places[at] != 0) {
      at = (at + 1) & mask;
    }
    places[at] = (long) hashes[number] << 32 | (number + 1);
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
