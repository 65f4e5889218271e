package io.auspex.engine.source.type;

import io.auspex.engine.source.type.DuckType.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Writes exact numbers into columns, or refuses those that do not fit. */
final class Numbers {
  private static final BigInteger LONG_MASK = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

  private Numbers() {}

  /** Writes a number that has no more digits than the type. */
  static void putDecimal(BigDecimal number, DuckType type, FixedColumn column, int row) {
    BigDecimal scaled;
    try {
      scaled = number.setScale(type.scale());
    } catch (ArithmeticException e) {
      throw tooLong(number, type);
    }
    if (scaled.precision() > type.precision()) {
      throw tooLong(number, type);
    }
    putHuge(scaled.unscaledValue(), column, row);
  }

  private static ValueException tooLong(BigDecimal number, DuckType type) {
    return new ValueException(
        number.toString(), type.sql(), "Read it through a view that rounds it.");
  }

  private static void putHuge(BigInteger value, FixedColumn column, int row) {
    column.putLongs(row, value.and(LONG_MASK).longValue(), value.shiftRight(64).longValue());
  }

  /** Writes a whole number that is one of the type's. */
  static void putInteger(BigDecimal number, Kind kind, FixedColumn column, int row) {
    BigInteger value;
    try {
      value = number.toBigIntegerExact();
    } catch (ArithmeticException e) {
      throw new ValueException(number.toString(), kind.name(), "Round it.");
    }
    int bits =
        switch (kind) {
          case TINYINT, UTINYINT -> Byte.SIZE;
          case SMALLINT, USMALLINT -> Short.SIZE;
          case INTEGER, UINTEGER -> Integer.SIZE;
          case BIGINT, UBIGINT -> Long.SIZE;
          default -> 2 * Long.SIZE;
        };
    boolean isUnsigned = kind.name().startsWith("U");
    if (isUnsigned ? value.signum() < 0 || value.bitLength() > bits : value.bitLength() >= bits) {
      throw new ValueException(
          number.toString(), kind.name(), "Read it through a view that casts it.");
    }
    switch (bits) {
      case Byte.SIZE -> column.putByte(row, value.byteValue());
      case Short.SIZE -> column.putShort(row, value.shortValue());
      case Integer.SIZE -> column.putInt(row, value.intValue());
      case Long.SIZE -> column.putLong(row, value.longValue());
      default -> putHuge(value, column, row);
    }
  }
}
