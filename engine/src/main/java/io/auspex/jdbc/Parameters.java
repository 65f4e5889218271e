package io.auspex.jdbc;

import io.auspex.catalog.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * From what callers set to what the engine binds: Boolean, Byte, Short, Integer, Long, Float,
 * Double, BigDecimal, BigInteger, String, byte[], LocalDate, LocalTime, LocalDateTime,
 * OffsetDateTime, UUID, or a {@link java.sql.Array} or {@link java.sql.Struct} of DuckDB's.
 */
final class Parameters {
  private static final Map<Class<?>, String> ELEMENT_TYPES =
      Map.ofEntries(
          Map.entry(Boolean.class, "BOOLEAN"),
          Map.entry(Byte.class, "TINYINT"),
          Map.entry(Short.class, "SMALLINT"),
          Map.entry(Integer.class, "INTEGER"),
          Map.entry(Long.class, "BIGINT"),
          Map.entry(Float.class, "FLOAT"),
          Map.entry(Double.class, "DOUBLE"),
          Map.entry(BigInteger.class, "HUGEINT"),
          Map.entry(String.class, "VARCHAR"),
          Map.entry(LocalDate.class, "DATE"),
          Map.entry(LocalTime.class, "TIME"),
          Map.entry(LocalDateTime.class, "TIMESTAMP"),
          Map.entry(OffsetDateTime.class, "TIMESTAMP WITH TIME ZONE"),
          Map.entry(UUID.class, "UUID"));

  private final AuspexConnection connection;

  Parameters(AuspexConnection connection) {
    this.connection = connection;
  }

  /** What the engine binds for {@code value}. */
  Object of(Object value) throws SQLException {
    if (value instanceof Date date) {
      return date.toLocalDate();
    } else if (value instanceof Time time) {
      return new Timestamp(time.getTime()).toLocalDateTime().toLocalTime();
    } else if (value instanceof Timestamp timestamp) {
      return timestamp.toLocalDateTime();
    } else if (value instanceof java.util.Date date) {
      return new Timestamp(date.getTime()).toLocalDateTime();
    } else if (value instanceof Instant instant) {
      return instant.atOffset(ZoneOffset.UTC);
    } else if (value instanceof ZonedDateTime moment) {
      return moment.toOffsetDateTime();
    } else if (value instanceof Character
        || value instanceof OffsetTime
        || value instanceof URL
        || value instanceof Enum<?>) {
      return value.toString();
    } else if (value instanceof Blob blob) {
      return blob.getBytes(1, Math.toIntExact(blob.length()));
    } else if (value instanceof Clob clob) {
      return clob.getSubString(1, Math.toIntExact(clob.length()));
    } else if (value instanceof InputStream stream) {
      return bytes(stream, Long.MAX_VALUE);
    } else if (value instanceof Reader reader) {
      return text(reader, Long.MAX_VALUE);
    } else if (value instanceof ArrayValue array) {
      return array(array.elementType(), array.values());
    } else if (value instanceof StructValue struct) {
      return connection.createStruct(struct.typeName(), struct.values().toArray());
    } else if (value instanceof List<?> list) {
      return array(elementType(list), list);
    } else if (value != null && value.getClass().isArray() && !(value instanceof byte[])) {
      Object[] elements = new Object[Array.getLength(value)];
      Arrays.setAll(elements, i -> Array.get(value, i));
      return of(Arrays.asList(elements));
    }
    return value;
  }

  /** The same, converted to a type of {@link Types} first where the caller names one. */
  Object of(Object value, int type) throws SQLException {
    Object own = of(value);
    Class<?> target =
        switch (type) {
          case Types.BIT, Types.BOOLEAN -> Boolean.class;
          case Types.TINYINT -> Byte.class;
          case Types.SMALLINT -> Short.class;
          case Types.INTEGER -> Integer.class;
          case Types.BIGINT -> Long.class;
          case Types.REAL -> Float.class;
          case Types.FLOAT, Types.DOUBLE -> Double.class;
          case Types.NUMERIC, Types.DECIMAL -> BigDecimal.class;
          case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR -> String.class;
          case Types.DATE -> LocalDate.class;
          case Types.TIME -> LocalTime.class;
          case Types.TIMESTAMP -> LocalDateTime.class;
          default -> null;
        };
    if (own == null || target == null || target.isInstance(own)) {
      return own;
    }
    Object readable = own instanceof Byte || own instanceof Short ? ((Number) own).intValue() : own;
    if (own instanceof LocalTime time) {
      readable = new TimeOfDay(time.toNanoOfDay(), null);
    }
    return Conversions.to(target, readable);
  }

  private java.sql.Array array(String elementType, List<?> elements) throws SQLException {
    Object[] own = new Object[elements.size()];
    for (int i = 0; i < own.length; i++) {
      own[i] = of(elements.get(i));
    }
    return connection.createArrayOf(elementType, own);
  }

  private String elementType(List<?> elements) throws SQLException {
    Object first = of(elements.stream().filter(Objects::nonNull).findFirst().orElse(null));
    if (first == null) {
      return "VARCHAR";
    } else if (first instanceof BigDecimal number) {
      return "DECIMAL(38," + Math.max(0, number.scale()) + ")";
    } else if (first instanceof java.sql.Array array) {
      return array.getBaseTypeName() + "[]";
    }
    String type = ELEMENT_TYPES.get(first.getClass());
    if (type == null) {
      throw Failures.unreadable(first, "the element of an array");
    }
    return type;
  }

  /** The same clock as the calendar's zone shows at that instant. */
  static LocalDateTime clock(java.util.Date moment, Calendar calendar) {
    Instant instant = Instant.ofEpochMilli(moment.getTime());
    LocalDateTime clock = instant.atZone(calendar.getTimeZone().toZoneId()).toLocalDateTime();
    return moment instanceof Timestamp timestamp ? clock.withNano(timestamp.getNanos()) : clock;
  }

  static byte[] bytes(InputStream stream, long length) throws SQLException {
    try {
      return length > Integer.MAX_VALUE - 8
          ? stream.readAllBytes()
          : stream.readNBytes((int) length);
    } catch (IOException e) {
      throw Failures.of(ErrorCode.ROW_VALUE, "A parameter's stream failed: " + e.getMessage());
    }
  }

  static String text(Reader reader, long length) throws SQLException {
    try {
      StringWriter text = new StringWriter();
      reader.transferTo(text);
      return length >= text.getBuffer().length()
          ? text.toString()
          : text.getBuffer().substring(0, (int) length);
    } catch (IOException e) {
      throw Failures.of(ErrorCode.ROW_VALUE, "A parameter's reader failed: " + e.getMessage());
    }
  }
}
