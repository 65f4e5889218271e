package io.auspex.engine.source.type;

import io.auspex.engine.source.type.DuckType.Kind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * SQLite's types. A column declares one, or none, and each value has one of its own: a value that
 * is not of the declared type is refused, where another would be made of it silently.
 */
public final class SqliteTypes {
  private static final String ADVICE = "Read it through a view that casts it.";
  private static final int SHOWN = 40;

  private SqliteTypes() {}

  /** What a column is in DuckDB; the words are looked for as SQLite itself does for affinity. */
  public static DuckType of(String declared) {
    String type = declared.toUpperCase(Locale.ROOT);
    if (type.contains("BOOL")) {
      return DuckType.of(Kind.BOOLEAN);
    } else if (type.contains("INT")) {
      return DuckType.of(Kind.BIGINT);
    } else if (type.contains("JSON")) {
      return DuckType.of(Kind.JSON);
    } else if (type.contains("UUID")) {
      return DuckType.of(Kind.UUID);
    } else if (type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT")) {
      return DuckType.of(Kind.VARCHAR);
    } else if (type.contains("BLOB") || type.contains("BINARY")) {
      return DuckType.of(Kind.BLOB);
    } else if (type.contains("REAL")
        || type.contains("FLOA")
        || type.contains("DOUB")
        || type.contains("DEC")
        || type.contains("NUMERIC")
        || type.contains("MONEY")) {
      return DuckType.of(Kind.DOUBLE);
    } else if (type.contains("TIMESTAMP") || type.contains("DATETIME")) {
      return DuckType.of(Kind.TIMESTAMP);
    } else if (type.contains("DATE")) {
      return DuckType.of(Kind.DATE);
    } else if (type.contains("TIME")) {
      return DuckType.of(Kind.TIME);
    }
    return DuckType.of(Kind.VARCHAR);
  }

  /** The reader of one column of a result. */
  public static JdbcReaders.Reader reader(DuckType type, int index, ColumnBuilder column) {
    if (column instanceof BytesColumn bytes) {
      return objects(index, bytes, (value, row) -> bytes.put(row, bytes(value, type.kind())));
    }
    FixedColumn fixed = (FixedColumn) column;
    return switch (type.kind()) {
      case BOOLEAN ->
          objects(index, fixed, (value, row) -> fixed.putByte(row, (byte) (isTrue(value) ? 1 : 0)));
      case BIGINT -> objects(index, fixed, (value, row) -> fixed.putLong(row, whole(value)));
      case DOUBLE ->
          objects(
              index,
              fixed,
              (value, row) -> fixed.putDouble(row, number(value, type).doubleValue()));
      case FLOAT ->
          objects(
              index, fixed, (value, row) -> fixed.putFloat(row, number(value, type).floatValue()));
      case DECIMAL ->
          objects(
              index,
              fixed,
              (value, row) -> Numbers.putDecimal(exact(value, type), type, fixed, row));
      case DATE ->
          objects(
              index,
              fixed,
              (value, row) -> fixed.putInt(row, JdbcReaders.date(time(value, type).toLocalDate())));
      case TIME ->
          objects(
              index,
              fixed,
              (value, row) -> fixed.putLong(row, timeOfDay(value, type) / JdbcReaders.NANOS));
      case TIMESTAMP, TIMESTAMPTZ ->
          objects(
              index,
              fixed,
              (value, row) -> fixed.putLong(row, JdbcReaders.micros(time(value, type))));
      case UUID ->
          objects(index, fixed, (value, row) -> JdbcReaders.putUuid(fixed, row, uuid(value, type)));
      default ->
          objects(
              index,
              fixed,
              (value, row) -> Numbers.putInteger(exact(value, type), type.kind(), fixed, row));
    };
  }

  private static JdbcReaders.Reader objects(
      int index, ColumnBuilder column, JdbcReaders.Put<Object> put) {
    return JdbcReaders.objects(index, column, SqliteTypes::object, put);
  }

  private static Object object(ResultSet rows, int index) throws SQLException {
    return rows.getObject(index);
  }

  private static byte[] bytes(Object value, Kind kind) {
    if (value instanceof byte[] bytes) {
      if (kind == Kind.BLOB) {
        return bytes;
      }
      throw refused(value, kind.name());
    }
    String text = value.toString();
    return kind == Kind.BIT ? Bits.ofText(text) : text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isTrue(Object value) {
    String text = value.toString().toLowerCase(Locale.ROOT);
    return switch (text) {
      case "0", "false" -> false;
      case "1", "true" -> true;
      default -> throw refused(value, "BOOLEAN");
    };
  }

  private static long whole(Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw refused(value, "BIGINT");
  }

  private static Number number(Object value, DuckType type) {
    if (value instanceof Number number) {
      return number;
    }
    throw refused(value, type.sql());
  }

  private static BigDecimal exact(Object value, DuckType type) {
    Number number = number(value, type);
    return number instanceof Double || number instanceof Float
        ? BigDecimal.valueOf(number.doubleValue())
        : BigDecimal.valueOf(number.longValue());
  }

  /** {@code YYYY-MM-DD}, with {@code HH:MM[:SS[.f]]} and a zone behind it or not. */
  private static LocalDateTime time(Object value, DuckType type) {
    if (value instanceof String text) {
      try {
        String iso = text.strip().replace(' ', 'T');
        if (!iso.contains("T")) {
          return LocalDate.parse(iso).atStartOfDay();
        }
        boolean isZoned = iso.matches(".*T.*(Z|[+-]\\d\\d:\\d\\d)");
        return isZoned
            ? OffsetDateTime.parse(iso).atZoneSameInstant(ZoneOffset.UTC).toLocalDateTime()
            : LocalDateTime.parse(iso);
      } catch (DateTimeException e) {
        throw refused(value, type.sql());
      }
    }
    throw refused(value, type.sql());
  }

  private static long timeOfDay(Object value, DuckType type) {
    if (value instanceof String text) {
      try {
        return LocalTime.parse(text.strip()).toNanoOfDay();
      } catch (DateTimeException e) {
        throw refused(value, type.sql());
      }
    }
    throw refused(value, type.sql());
  }

  private static UUID uuid(Object value, DuckType type) {
    try {
      return UUID.fromString(value.toString().strip());
    } catch (IllegalArgumentException e) {
      throw refused(value, type.sql());
    }
  }

  private static ValueException refused(Object value, String type) {
    if (value instanceof byte[] bytes) {
      return new ValueException("a BLOB of " + bytes.length + " bytes", type, ADVICE);
    }
    String text = value.toString();
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    boolean isText = value instanceof String;
    return new ValueException(isText ? "the text '" + shown + "'" : shown, type, ADVICE);
  }

  /** The type table. */
  public static List<TypeRow> table() {
    return List.of(
        new TypeRow("… BOOL …", "BOOLEAN", "0, 1, 'true' and 'false'."),
        new TypeRow("… INT …", "BIGINT", ""),
        new TypeRow("… CHAR …, … CLOB …, … TEXT …", "VARCHAR", "Numbers in it come as text."),
        new TypeRow("… JSON …", "JSON", ""),
        new TypeRow("… UUID …", "UUID", ""),
        new TypeRow("… BLOB …, … BINARY …", "BLOB", "Text in it comes as its bytes in UTF-8."),
        new TypeRow(
            "… REAL …, … FLOA …, … DOUB …, … DEC …, … NUMERIC …, … MONEY …",
            "DOUBLE",
            "SQLite has no decimals: it keeps them as DOUBLE itself."),
        new TypeRow(
            "… DATETIME …, … TIMESTAMP …",
            "TIMESTAMP",
            "Of text such as 2024-05-01 12:00:00.5; with a zone, in UTC. Numbers are an error, since"
                + " they may be seconds, milliseconds or days."),
        new TypeRow("… DATE …", "DATE", "Of text; numbers are an error."),
        new TypeRow("… TIME …", "TIME", "Of text; numbers are an error."),
        new TypeRow("all others, and none", "VARCHAR", ""));
  }
}
