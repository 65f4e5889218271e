package io.auspex.udf.kernel;

/**
 * Where keys stand in tables of open addressing: multiplicative hashing (Knuth, The Art of Computer
 * Programming 3, 6.4).
 */
final class Hashing {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** Places in a table to one that is taken, at least. */
  private static final int ROOM = 4;

  private Hashing() {}

  /** The places of a table for so many keys, a power of two. */
  static int places(int keys) {
    return Integer.highestOneBit(Math.max(1, keys)) * ROOM;
  }

  /** The place of a key in a table of {@link #places}, to be looked at first. */
  static int place(long key, int places) {
    return (int) (key * GOLDEN >>> (Long.numberOfLeadingZeros(places) + 1));
  }

  /** Bits of which each depends on those of the key that are lower. */
  static long mixed(long key) {
    long product = key * GOLDEN;
    return product ^ product >>> 32;
  }
}
