package io.auspex.jdbc;

import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;

/**
 * A TIME, TIME_NS or TIMETZ. Not a {@link LocalTime}, since DuckDB's day has a 24:00:00.
 *
 * @param nanos since midnight
 * @param offset null for a TIME without zone
 */
record TimeOfDay(long nanos, ZoneOffset offset) {
  private static final long DAY = 86_400_000_000_000L;

  /** The time; 24:00:00 is the last nanosecond of the day, which is the nearest Java has. */
  LocalTime local() {
    return nanos >= DAY ? LocalTime.MAX : LocalTime.ofNanoOfDay(nanos);
  }

  OffsetTime withOffset() {
    return local().atOffset(offset == null ? ZoneOffset.UTC : offset);
  }

  @Override
  public String toString() {
    return Text.clock(nanos) + (offset == null ? "" : Text.offset(offset.getTotalSeconds(), true));
  }
}
