package io.auspex.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Calendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;

/**
 * From a value as {@link VectorReader} gives it to the Java type a caller asks for. A value that
 * does not fit is an error, never cut; NULL is null.
 */
final class Conversions {
  private static final Set<String> TRUE = Set.of("true", "t", "1", "yes", "y", "on");
  private static final Set<String> FALSE = Set.of("false", "f", "0", "no", "n", "off");

  private Conversions() {}

  /** What {@code getObject} gives: JDBC's own class for the column's type. */
  static Object toObject(Object value) {
    if (value instanceof LocalDate date) {
      return Date.valueOf(date);
    } else if (value instanceof LocalDateTime timestamp) {
      return Timestamp.valueOf(timestamp);
    } else if (value instanceof TimeOfDay time) {
      return time.offset() == null ? time(time.local()) : time.withOffset();
    } else if (value instanceof BigInteger number) {
      return new BigDecimal(number);
    }
    return value;
  }

  static Object to(Class<?> type, Object value) throws SQLException {
    if (value == null) {
      return null;
    } else if (type == String.class) {
      return Text.of(value);
    } else if (type == Boolean.class) {
      return toBoolean(value);
    } else if (Number.class.isAssignableFrom(type)) {
      return toNumber(type, value);
    } else if (type == byte[].class) {
      return toBytes(value);
    } else if (type == UUID.class && value instanceof String text) {
      return toUuid(text);
    } else if (type == Map.class && value instanceof StructValue struct) {
      return struct.asMap();
    } else if (type == List.class && value instanceof ArrayValue array) {
      return array.values().stream().map(Conversions::toObject).toList();
    } else if (type.getPackageName().equals("java.time")) {
      return toJavaTime(type, value);
    } else if (type == Date.class) {
      return toDate(value, null);
    } else if (type == Time.class) {
      return toTime(value, null);
    } else if (type == Timestamp.class || type == java.util.Date.class) {
      return toTimestamp(value, null);
    }
    Object object = toObject(value);
    if (!type.isInstance(object)) {
      throw Failures.unreadable(value, type.getSimpleName());
    }
    return object;
  }

  static boolean toBoolean(Object value) throws SQLException {
    if (value instanceof Boolean bool) {
      return bool;
    } else if (value instanceof Number number) {
      return number.doubleValue() != 0;
    }
    String text = Text.of(value).strip().toLowerCase(Locale.ROOT);
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return TRUE.contains(text);
    }
    throw Failures.unreadable(value, "boolean");
  }

  /** A whole number between the bounds; fractions are cut off, as JDBC drivers do. */
  static long toLong(Object value, long least, long greatest, String type) throws SQLException {
    if (value instanceof Integer || value instanceof Long) {
      long number = ((Number) value).longValue();
      if (number >= least && number <= greatest) {
        return number;
      }
      throw Failures.unreadable(value, type);
    }
    BigInteger number = toBigDecimal(value).toBigInteger();
    if (number.bitLength() > 63 || number.longValue() < least || number.longValue() > greatest) {
      throw Failures.unreadable(value, type);
    }
    return number.longValue();
  }

  static double toDouble(Object value) throws SQLException {
    if (value instanceof Number number) {
      return number.doubleValue();
    } else if (value instanceof Boolean bool) {
      return bool ? 1 : 0;
    } else if (value instanceof String text) {
      try {
        return Double.parseDouble(text.strip());
      } catch (NumberFormatException e) {
        throw Failures.unreadable(value, "double");
      }
    }
    throw Failures.unreadable(value, "double");
  }

  static BigDecimal toBigDecimal(Object value) throws SQLException {
    if (value == null || value instanceof BigDecimal) {
      return (BigDecimal) value;
    } else if (value instanceof BigInteger number) {
      return new BigDecimal(number);
    } else if (value instanceof Integer || value instanceof Long) {
      return BigDecimal.valueOf(((Number) value).longValue());
    } else if (value instanceof Boolean bool) {
      return bool ? BigDecimal.ONE : BigDecimal.ZERO;
    } else if (value instanceof Float || value instanceof Double || value instanceof String) {
      try {
        return new BigDecimal(Text.of(value).strip());
      } catch (NumberFormatException e) {
        throw Failures.unreadable(value, "BigDecimal");
      }
    }
    throw Failures.unreadable(value, "BigDecimal");
  }

  private static Number toNumber(Class<?> type, Object value) throws SQLException {
    if (type == Byte.class) {
      return (byte) toLong(value, Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
    } else if (type == Short.class) {
      return (short) toLong(value, Short.MIN_VALUE, Short.MAX_VALUE, "short");
    } else if (type == Integer.class) {
      return (int) toLong(value, Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
    } else if (type == Long.class) {
      return toLong(value, Long.MIN_VALUE, Long.MAX_VALUE, "long");
    } else if (type == Float.class) {
      return (float) toDouble(value);
    } else if (type == Double.class) {
      return toDouble(value);
    } else if (type == BigDecimal.class) {
      return toBigDecimal(value);
    } else if (type == BigInteger.class) {
      return toBigDecimal(value).setScale(0, RoundingMode.DOWN).toBigInteger();
    }
    throw Failures.unreadable(value, type.getSimpleName());
  }

  static byte[] toBytes(Object value) throws SQLException {
    if (value == null || value instanceof byte[]) {
      return (byte[]) value;
    } else if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    throw Failures.unreadable(value, "bytes");
  }

  private static UUID toUuid(String text) throws SQLException {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Failures.unreadable(text, "UUID");
    }
  }

  private static Object toJavaTime(Class<?> type, Object value) throws SQLException {
    if (type == LocalDate.class) {
      return toLocalDateTime(value).toLocalDate();
    } else if (type == LocalTime.class) {
      return toLocalTime(value);
    } else if (type == LocalDateTime.class) {
      return toLocalDateTime(value);
    } else if (type == OffsetTime.class && value instanceof TimeOfDay time) {
      return time.withOffset();
    } else if (value instanceof OffsetDateTime moment) {
      if (type == OffsetDateTime.class) {
        return moment;
      } else if (type == ZonedDateTime.class) {
        return moment.toZonedDateTime();
      } else if (type == Instant.class) {
        return moment.toInstant();
      }
    }
    throw Failures.unreadable(value, type.getSimpleName());
  }

  private static LocalDateTime toLocalDateTime(Object value) throws SQLException {
    if (value instanceof LocalDateTime timestamp) {
      return timestamp;
    } else if (value instanceof LocalDate date) {
      return date.atStartOfDay();
    } else if (value instanceof OffsetDateTime moment) {
      return moment.toLocalDateTime();
    } else if (value instanceof String text) {
      try {
        String stripped = text.strip();
        return stripped.length() <= 10
            ? LocalDate.parse(stripped).atStartOfDay()
            : LocalDateTime.parse(stripped.replace(' ', 'T'));
      } catch (DateTimeParseException e) {
        throw Failures.unreadable(value, "date or timestamp");
      }
    }
    throw Failures.unreadable(value, "date or timestamp");
  }

  private static LocalTime toLocalTime(Object value) throws SQLException {
    if (value instanceof TimeOfDay time) {
      return time.local();
    } else if (value instanceof String text && text.length() <= 18) {
      try {
        return LocalTime.parse(text.strip());
      } catch (DateTimeParseException e) {
        throw Failures.unreadable(value, "time");
      }
    }
    return toLocalDateTime(value).toLocalTime();
  }

  /** The same calendar day in the calendar's zone; without one, in the JVM's. */
  static Date toDate(Object value, Calendar calendar) throws SQLException {
    if (value == null) {
      return null;
    }
    LocalDate date = toLocalDateTime(value).toLocalDate();
    return isDefault(calendar)
        ? Date.valueOf(date)
        : new Date(date.atStartOfDay(zone(calendar)).toInstant().toEpochMilli());
  }

  static Time toTime(Object value, Calendar calendar) throws SQLException {
    if (value == null) {
      return null;
    }
    LocalTime time = toLocalTime(value);
    return isDefault(calendar)
        ? time(time)
        : new Time(time.atDate(LocalDate.EPOCH).atZone(zone(calendar)).toInstant().toEpochMilli());
  }

  /** The same instant of a TIMESTAMPTZ; otherwise the same clock in the calendar's zone. */
  static Timestamp toTimestamp(Object value, Calendar calendar) throws SQLException {
    if (value == null) {
      return null;
    } else if (value instanceof OffsetDateTime moment) {
      return Timestamp.from(moment.toInstant());
    }
    LocalDateTime timestamp =
        value instanceof TimeOfDay time
            ? time.local().atDate(LocalDate.EPOCH)
            : toLocalDateTime(value);
    return isDefault(calendar)
        ? Timestamp.valueOf(timestamp)
        : Timestamp.from(timestamp.atZone(zone(calendar)).toInstant());
  }

  /** With its milliseconds, which {@code Time.valueOf} drops. */
  private static Time time(LocalTime time) {
    LocalDateTime clock = time.atDate(LocalDate.EPOCH);
    return new Time(Timestamp.valueOf(clock).getTime());
  }

  private static boolean isDefault(Calendar calendar) {
    return calendar == null || calendar.getTimeZone().equals(TimeZone.getDefault());
  }

  private static ZoneId zone(Calendar calendar) {
    return calendar == null ? ZoneOffset.UTC : calendar.getTimeZone().toZoneId();
  }
}
