package io.auspex.engine.source.type;

/**
 * DuckDB's BIT: a byte that says how many bits of the next are padding, then the bits from the
 * left, behind that padding, which is ones.
 */
public final class Bits {
  private static final int BYTE = 8;

  private Bits() {}

  /** Of {@code length} bits that start at the left of the first byte. */
  static byte[] fromLeft(byte[] bytes, int from, int length) {
    return of(length, bit -> (bytes[from + bit / BYTE] >> (BYTE - 1 - bit % BYTE) & 1) != 0);
  }

  /** Of {@code length} bits of a number that ends with the last byte. */
  static byte[] fromRight(byte[] bytes, int length) {
    int skipped = bytes.length * BYTE - length;
    return of(
        length,
        bit -> {
          int at = bit + skipped;
          return at >= 0 && (bytes[at / BYTE] >> (BYTE - 1 - at % BYTE) & 1) != 0;
        });
  }

  /** Of a text of zeros and ones. */
  static byte[] ofText(String text) {
    return of(text.length(), bit -> text.charAt(bit) == '1');
  }

  private interface Bit {
    boolean isSet(int index);
  }

  private static byte[] of(int length, Bit bits) {
    if (length == 0) {
      throw new ValueException("an empty bit string", "BIT", "Read it through a view as text.");
    }
    int bytes = (length + BYTE - 1) / BYTE;
    int padding = bytes * BYTE - length;
    byte[] made = new byte[1 + bytes];
    made[0] = (byte) padding;
    for (int i = 0; i < bytes * BYTE; i++) {
      if (i < padding || bits.isSet(i - padding)) {
        made[1 + i / BYTE] |= (byte) (1 << (BYTE - 1 - i % BYTE));
      }
    }
    return made;
  }

  /** How many bits DuckDB's value has. */
  static int length(byte[] value) {
    return (value.length - 1) * BYTE - value[0];
  }

  /** Whether a bit of DuckDB's value is set, counted from the left. */
  static boolean isSet(byte[] value, int bit) {
    int at = bit + value[0];
    return (value[1 + at / BYTE] >> (BYTE - 1 - at % BYTE) & 1) != 0;
  }

  /** Zeros and ones. */
  public static String text(byte[] value) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length(value); i++) {
      text.append(isSet(value, i) ? '1' : '0');
    }
    return text.toString();
  }
}
