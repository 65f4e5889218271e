package io.auspex.engine.source.type;

import static io.auspex.engine.source.type.PostgresReaders.intAt;
import static io.auspex.engine.source.type.PostgresReaders.longAt;

import io.auspex.engine.source.type.DuckType.Kind;
import io.auspex.engine.source.type.PostgresReaders.Reader;

/**
 * Dates and times. PostgreSQL counts from the year 2000, DuckDB from 1970; both count microseconds,
 * in the proleptic Gregorian calendar, and both have infinities.
 */
final class PostgresTimes {
  static final int DAYS = 10_957;
  static final long MICROS = DAYS * 86_400_000_000L;
  private static final int INTERVAL_DAYS = Long.BYTES;
  private static final int INTERVAL_MONTHS = Long.BYTES + Integer.BYTES;
  private static final long NANOS = 1000;

  /** DuckDB's TIME WITH TIME ZONE: microseconds, then 15:59:59 less the seconds east of UTC. */
  static final int MOST_OFFSET = 16 * 60 * 60 - 1;

  static final int OFFSET_BITS = 24;

  private PostgresTimes() {}

  static Reader reader(String name, Kind kind, FixedColumn column) {
    boolean isSame =
        switch (kind) {
          case DATE -> name.equals("date");
          case TIME -> name.equals("time");
          case TIMETZ -> name.equals("timetz");
          case TIMESTAMP -> name.equals("timestamp");
          case TIMESTAMPTZ -> name.equals("timestamptz");
          case INTERVAL -> name.equals("interval");
          default -> false;
        };
    if (!isSame) {
      return null;
    }
    return switch (kind) {
      case DATE -> (b, at, n, row) -> column.putInt(row, date(intAt(b, at)));
      case TIME -> (b, at, n, row) -> column.putLong(row, longAt(b, at));
      case TIMETZ ->
          (b, at, n, row) ->
              column.putLong(row, zonedTime(longAt(b, at), -intAt(b, at + Long.BYTES)));
      case INTERVAL ->
          (b, at, n, row) ->
              interval(
                  column,
                  row,
                  intAt(b, at + INTERVAL_MONTHS),
                  intAt(b, at + INTERVAL_DAYS),
                  longAt(b, at));
      default -> (b, at, n, row) -> column.putLong(row, timestamp(longAt(b, at)));
    };
  }

  private static int date(int days) {
    if (days == Integer.MAX_VALUE) {
      return days;
    }
    return days == Integer.MIN_VALUE ? -Integer.MAX_VALUE : days + DAYS;
  }

  private static long timestamp(long micros) {
    if (micros == Long.MAX_VALUE) {
      return micros;
    } else if (micros == Long.MIN_VALUE) {
      return -Long.MAX_VALUE;
    }
    long since1970 = micros + MICROS;
    if (since1970 < micros || since1970 == Long.MAX_VALUE) {
      throw new ValueException(
          "a time after the year 294246", "TIMESTAMP", "Leave it out, or read it as text.");
    }
    return since1970;
  }

  /**
   * @param offset seconds east of UTC
   */
  static long zonedTime(long micros, int offset) {
    return micros << OFFSET_BITS | (MOST_OFFSET - offset);
  }

  static void interval(FixedColumn column, int row, int months, int days, long micros) {
    if (months == Integer.MAX_VALUE && days == Integer.MAX_VALUE
        || months == Integer.MIN_VALUE && days == Integer.MIN_VALUE) {
      throw new ValueException("infinity", "INTERVAL", "Leave it out, or read it as text.");
    }
    long nanos = micros * NANOS;
    if (nanos / NANOS != micros) {
      throw new ValueException(
          "an interval of more than 2,562,047 hours",
          "INTERVAL",
          "Give it days, with justify_hours in a view.");
    }
    column.putLongs(row, Integer.toUnsignedLong(months) | (long) days << Integer.SIZE, nanos);
  }
}
