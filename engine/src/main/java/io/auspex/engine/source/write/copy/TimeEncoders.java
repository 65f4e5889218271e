package io.auspex.engine.source.write.copy;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * Dates and times as PostgreSQL has them: days or microseconds since 2000-01-01, the two infinities
 * as the largest and the smallest number. What is finer than a microsecond is cut off.
 */
final class TimeEncoders {
  private static final int EPOCH_DAYS = 10_957;
  private static final long EPOCH_MICROS = EPOCH_DAYS * 86_400_000_000L;

  /** DuckDB keeps an offset as this less the seconds east of Greenwich. */
  private static final int GREATEST_OFFSET = 16 * 3600 - 1;

  private TimeEncoders() {}

  /** The encoder, or null where values of the vector are not of that type. */
  static ValueEncoder of(FieldVector vector, CopyType type) {
    return switch (type) {
      case DATE -> vector instanceof DateDayVector days ? dates(days) : null;
      case TIME -> times(vector);
      case TIMETZ -> zonedTimes(vector);
      case TIMESTAMP ->
          vector instanceof TimeStampVector stamps && !isZoned(vector) ? timestamps(stamps) : null;
      case TIMESTAMPTZ ->
          vector instanceof TimeStampVector stamps && isZoned(vector) ? timestamps(stamps) : null;
      case INTERVAL -> vector instanceof IntervalMonthDayNanoVector spans ? intervals(spans) : null;
      default -> null;
    };
  }

  private static boolean isZoned(FieldVector vector) {
    return ((ArrowType.Timestamp) vector.getField().getType()).getTimezone() != null;
  }

  private static ValueEncoder dates(DateDayVector days) {
    return ValueEncoder.fixed(
        4, (row, out, at) -> NetworkOrder.putInt(out, at, day(days, days.get(row))));
  }

  private static int day(FieldVector vector, int day) {
    if (day == Integer.MAX_VALUE) {
      return Integer.MAX_VALUE;
    } else if (day == -Integer.MAX_VALUE) {
      return Integer.MIN_VALUE;
    } else if (day < Integer.MIN_VALUE + EPOCH_DAYS + 1) {
      throw tooEarly(vector);
    }
    return day - EPOCH_DAYS;
  }

  private static AuspexException tooEarly(FieldVector vector) {
    return new AuspexException(
        ErrorCode.ROW_VALUE,
        "The column " + vector.getName() + " has a date before 4713 BC, PostgreSQL's first.");
  }

  private static ValueEncoder times(FieldVector vector) {
    if (vector instanceof TimeMicroVector micros) {
      return ValueEncoder.fixed(
          8, (row, out, at) -> NetworkOrder.putLong(out, at, micros.get(row)));
    } else if (vector instanceof TimeNanoVector nanos) {
      return ValueEncoder.fixed(
          8, (row, out, at) -> NetworkOrder.putLong(out, at, nanos.get(row) / 1000));
    }
    return null;
  }

  /** From 40 bits of microseconds, then 24 bits of the offset. */
  private static ValueEncoder zonedTimes(FieldVector vector) {
    boolean isBinary = vector instanceof FixedSizeBinaryVector fixed && fixed.getByteWidth() == 8;
    if (!isBinary && !(vector instanceof BigIntVector)) {
      return null;
    }
    return ValueEncoder.fixed(
        12,
        (row, out, at) -> {
          long bits = vector.getDataBuffer().getLong(row * 8L);
          NetworkOrder.putLong(out, at, bits >>> 24);
          NetworkOrder.putInt(out, at + 8, (int) (bits & 0xFF_FFFF) - GREATEST_OFFSET);
        });
  }

  private static ValueEncoder timestamps(TimeStampVector stamps) {
    ArrowType.Timestamp type = (ArrowType.Timestamp) stamps.getField().getType();
    ValueEncoder.Put put =
        switch (type.getUnit()) {
          case SECOND -> (row, out, at) -> put(stamps, row, 1_000_000, 1, out, at);
          case MILLISECOND -> (row, out, at) -> put(stamps, row, 1000, 1, out, at);
          case MICROSECOND -> (row, out, at) -> put(stamps, row, 1, 1, out, at);
          case NANOSECOND -> (row, out, at) -> put(stamps, row, 1, 1000, out, at);
        };
    return ValueEncoder.fixed(8, put);
  }

  private static void put(
      TimeStampVector stamps, int row, long times, long per, byte[] out, int at) {
    NetworkOrder.putLong(
        out, at, timestamp(stamps, stamps.getDataBuffer().getLong(row * 8L), times, per));
  }

  private static long timestamp(FieldVector vector, long value, long times, long per) {
    if (value == Long.MAX_VALUE) {
      return Long.MAX_VALUE;
    } else if (value == -Long.MAX_VALUE) {
      return Long.MIN_VALUE;
    }
    try {
      return Math.subtractExact(Math.floorDiv(Math.multiplyExact(value, times), per), EPOCH_MICROS);
    } catch (ArithmeticException e) {
      throw tooEarly(vector);
    }
  }

  private static ValueEncoder intervals(IntervalMonthDayNanoVector spans) {
    return ValueEncoder.fixed(
        16,
        (row, out, at) -> {
          ArrowBuf data = spans.getDataBuffer();
          long nanos = IntervalMonthDayNanoVector.getNanoseconds(data, row);
          NetworkOrder.putLong(out, at, Math.floorDiv(nanos, 1000L));
          NetworkOrder.putInt(out, at + 8, IntervalMonthDayNanoVector.getDays(data, row));
          NetworkOrder.putInt(out, at + 12, IntervalMonthDayNanoVector.getMonths(data, row));
        });
  }
}
