package io.auspex.engine.source.write.copy;

/** The values of one column as PostgreSQL's binary format has them, without their length words. */
interface ValueEncoder {
  /** Tells that values differ in size. */
  int VARIES = -1;

  /** The bytes that every value takes, or {@link #VARIES}. */
  default int width() {
    return VARIES;
  }

  /** The bytes that the value of {@code row}, which is not NULL, takes. */
  int size(int row);

  /**
   * Writes the value of {@code row}, which is not NULL, at {@code at}.
   *
   * @return the place after it
   */
  int put(int row, byte[] out, int at);

  /** Of values that all take {@code width} bytes. */
  static ValueEncoder fixed(int width, Put put) {
    return new ValueEncoder() {
      @Override
      public int width() {
        return width;
      }

      @Override
      public int size(int row) {
        return width;
      }

      @Override
      public int put(int row, byte[] out, int at) {
        put.put(row, out, at);
        return at + width;
      }
    };
  }

  /** Writes one value of a known size. */
  interface Put {
    void put(int row, byte[] out, int at);
  }
}
