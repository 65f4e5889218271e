package io.auspex.engine.source.write.copy;

import java.math.BigInteger;

/**
 * Decimal numbers as PostgreSQL's {@code numeric}: digits in base 10,000, the weight of the first,
 * a sign, and how many decimal places are shown.
 *
 * <p>Not thread-safe: a number's digits are worked out in an array that is used again.
 */
final class NumericEncoder implements ValueEncoder {
  private static final int BASE = 10_000;
  private static final int DIGITS_OF_BASE = 4;
  private static final int HEADER = 4 * Short.BYTES;
  private static final int NEGATIVE = 0x4000;
  private static final BigInteger BIG_BASE = BigInteger.valueOf(BASE);
  private static final int[] POWERS = {1, 10, 100, 1000};

  /** Unscaled values, 128 bits each. */
  interface Source {
    long low(int row);

    long high(int row);

    /** Whether the highest bit is no sign. */
    default boolean isUnsigned() {
      return false;
    }
  }

  private final Source source;
  private final int scale;
  private final int padding;
  private final int fractionGroups;

  /** Groups of the number looked at last, the lowest first. */
  private final short[] groups = new short[16];

  private int first;
  private int count;
  private boolean negative;

  NumericEncoder(Source source, int scale) {
    this.source = source;
    this.scale = scale;
    this.padding = POWERS[(DIGITS_OF_BASE - scale % DIGITS_OF_BASE) % DIGITS_OF_BASE];
    this.fractionGroups = (scale + DIGITS_OF_BASE - 1) / DIGITS_OF_BASE;
  }

  @Override
  public int size(int row) {
    divide(row);
    return HEADER + (count - first) * Short.BYTES;
  }

  @Override
  public int put(int row, byte[] out, int at) {
    divide(row);
    int next = NetworkOrder.putShort(out, at, count - first);
    next = NetworkOrder.putShort(out, next, count - fractionGroups - 1);
    next = NetworkOrder.putShort(out, next, negative ? NEGATIVE : 0);
    next = NetworkOrder.putShort(out, next, scale);
    for (int group = count - 1; group >= first; group--) {
      next = NetworkOrder.putShort(out, next, groups[group]);
    }
    return next;
  }

  private void divide(int row) {
    long low = source.low(row);
    long high = source.high(row);
    boolean fitsLong = source.isUnsigned() ? high == 0 && low >= 0 : high == low >> 63;
    if (fitsLong && Math.abs(low) <= Long.MAX_VALUE / 1000 && low != Long.MIN_VALUE) {
      negative = low < 0;
      divide(Math.abs(low) * padding);
    } else {
      BigInteger value = big(low, high);
      negative = value.signum() < 0;
      divide(value.abs().multiply(BigInteger.valueOf(padding)));
    }
    // Zeros at the end are not sent.
    first = 0;
    while (first < count && groups[first] == 0) {
      first++;
    }
  }

  private void divide(long magnitude) {
    count = 0;
    for (long left = magnitude; left != 0; left /= BASE) {
      groups[count++] = (short) (left % BASE);
    }
  }

  private void divide(BigInteger magnitude) {
    count = 0;
    BigInteger left = magnitude;
    while (left.bitLength() > 63) {
      BigInteger[] parts = left.divideAndRemainder(BIG_BASE);
      groups[count++] = parts[1].shortValue();
      left = parts[0];
    }
    for (long rest = left.longValue(); rest != 0; rest /= BASE) {
      groups[count++] = (short) (rest % BASE);
    }
  }

  private BigInteger big(long low, long high) {
    BigInteger upper = BigInteger.valueOf(high);
    if (source.isUnsigned() && high < 0) {
      upper = upper.add(BigInteger.ONE.shiftLeft(64));
    }
    BigInteger lower = BigInteger.valueOf(low);
    if (low < 0) {
      lower = lower.add(BigInteger.ONE.shiftLeft(64));
    }
    return upper.shiftLeft(64).add(lower);
  }
}
