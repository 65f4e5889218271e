package io.auspex.engine.source.type;

import static io.auspex.engine.source.type.PostgresReaders.shortAt;

import io.auspex.engine.source.type.DuckType.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * PostgreSQL's numeric in its binary form: how many digits to the base of 10,000, the weight of the
 * first, the sign, the scale shown; then the digits.
 */
final class PostgresNumeric {
  private static final int BASE = 10_000;
  private static final int BASE_DIGITS = 4;
  private static final int HEADER = 8;
  private static final int WEIGHT = 2;
  private static final int SIGN = 4;
  private static final int NEGATIVE = 0x4000;
  private static final int NAN = 0xC000;
  private static final int INFINITY = 0xD000;
  private static final int MINUS_INFINITY = 0xF000;

  /** As many digits as surely fit in a long, whatever they are. */
  private static final int LONG_DIGITS = 4;

  /** The most powers of ten that a double has exactly. */
  private static final double[] DOUBLE_POWERS = new double[23];

  private static final long[] LONG_POWERS = new long[19];
  private static final long EXACT = 1L << 53;

  static {
    double asDouble = 1;
    for (int i = 0; i < DOUBLE_POWERS.length; i++, asDouble *= 10) {
      DOUBLE_POWERS[i] = asDouble;
    }
    long asLong = 1;
    for (int i = 0; i < LONG_POWERS.length; i++, asLong *= 10) {
      LONG_POWERS[i] = asLong;
    }
  }

  private PostgresNumeric() {}

  private static short digits(byte[] bytes, int from) {
    return shortAt(bytes, from);
  }

  private static int sign(byte[] bytes, int from) {
    return shortAt(bytes, from + SIGN) & 0xffff;
  }

  /** The power of ten by which the digits, read as one whole number, are to be multiplied. */
  private static int exponent(byte[] bytes, int from) {
    int weight = shortAt(bytes, from + WEIGHT);
    return BASE_DIGITS * (weight - digits(bytes, from) + 1);
  }

  private static long asLong(byte[] bytes, int from, int digits) {
    long value = 0;
    for (int i = 0; i < digits; i++) {
      value = value * BASE + shortAt(bytes, from + HEADER + 2 * i);
    }
    return value;
  }

  /** The nearest double; NaN and infinities are themselves. */
  static double toDouble(byte[] bytes, int from) {
    int sign = sign(bytes, from);
    if (sign >= NAN) {
      return switch (sign) {
        case INFINITY -> Double.POSITIVE_INFINITY;
        case MINUS_INFINITY -> Double.NEGATIVE_INFINITY;
        default -> Double.NaN;
      };
    }
    int digits = digits(bytes, from);
    int exponent = exponent(bytes, from);
    if (digits <= LONG_DIGITS && Math.abs(exponent) < DOUBLE_POWERS.length) {
      long value = asLong(bytes, from, digits);
      if (value <= EXACT) {
        // Both exact, so that the one rounding gives the nearest (W. D. Clinger, 1990).
        double power = DOUBLE_POWERS[Math.abs(exponent)];
        double result = exponent < 0 ? value / power : value * power;
        return sign == NEGATIVE ? -result : result;
      }
    }
    double nearest = toBigDecimal(bytes, from).doubleValue();
    if (Double.isInfinite(nearest)) {
      throw new ValueException(
          "a number beyond 1.8e308", "DOUBLE", "Leave it out, or read it as text.");
    }
    return nearest;
  }

  /** Throws where it is not a number. */
  static BigDecimal toBigDecimal(byte[] bytes, int from) {
    int sign = sign(bytes, from);
    if (sign >= NAN) {
      throw new IllegalArgumentException("not a number");
    }
    BigInteger value = BigInteger.ZERO;
    int digits = digits(bytes, from);
    for (int first = 0; first < digits; first += LONG_DIGITS) {
      int some = Math.min(LONG_DIGITS, digits - first);
      long part = asLong(bytes, from + 2 * first, some);
      value =
          value
              .multiply(BigInteger.valueOf(LONG_POWERS[BASE_DIGITS * some]))
              .add(BigInteger.valueOf(part));
    }
    BigDecimal number = new BigDecimal(value, -exponent(bytes, from));
    return sign == NEGATIVE ? number.negate() : number;
  }

  static void toDecimal(byte[] bytes, int from, DuckType type, FixedColumn column, int row) {
    int sign = sign(bytes, from);
    if (sign >= NAN) {
      throw notFinite(sign, type.sql());
    }
    int digits = digits(bytes, from);
    int shift = exponent(bytes, from) + type.scale();
    if (digits <= LONG_DIGITS && type.precision() < LONG_POWERS.length) {
      long value = asLong(bytes, from, digits);
      // Digits that do not fit are refused below, where the number is told.
      if (shift <= 0 && -shift < LONG_POWERS.length && value % LONG_POWERS[-shift] == 0) {
        value /= LONG_POWERS[-shift];
      } else if (shift > 0
          && shift < LONG_POWERS.length
          && Math.multiplyHigh(value, LONG_POWERS[shift]) == 0) {
        value *= LONG_POWERS[shift];
      } else {
        value = -1;
      }
      if (value >= 0 && value < LONG_POWERS[type.precision()]) {
        long signed = sign == NEGATIVE ? -value : value;
        column.putLongs(row, signed, signed >> 63);
        return;
      }
    }
    Numbers.putDecimal(toBigDecimal(bytes, from), type, column, row);
  }

  static ValueException notFinite(int sign, String type) {
    String value = sign == NAN ? "NaN" : sign == INFINITY ? "Infinity" : "-Infinity";
    return new ValueException(
        value, type, "Read it through a view that casts the column to double precision.");
  }

  static void toInteger(byte[] bytes, int from, Kind kind, FixedColumn column, int row) {
    int sign = sign(bytes, from);
    if (sign >= NAN) {
      throw notFinite(sign, kind.name());
    }
    Numbers.putInteger(toBigDecimal(bytes, from), kind, column, row);
  }
}
