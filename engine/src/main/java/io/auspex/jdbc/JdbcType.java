package io.auspex.jdbc;

import java.math.BigDecimal;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What JDBC says of a DuckDB type.
 *
 * @param code of {@link Types}
 * @param precision digits of a number, characters of a date; 0 where there is no bound
 * @param javaClass what {@code getObject} gives
 */
record JdbcType(
    int code, int precision, int scale, int displaySize, Class<?> javaClass, boolean signed) {

  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+), ?(\\d+)\\)");
  private static final Set<String> LISTS = Set.of("LIST", "ARRAY");
  private static final int UNBOUNDED_WIDTH = 256;

  private static final Map<String, JdbcType> SIMPLE =
      Map.ofEntries(
          Map.entry("BOOLEAN", new JdbcType(Types.BOOLEAN, 1, 0, 5, Boolean.class, false)),
          Map.entry("TINYINT", number(Types.TINYINT, 3, 4, Integer.class, true)),
          Map.entry("SMALLINT", number(Types.SMALLINT, 5, 6, Integer.class, true)),
          Map.entry("INTEGER", number(Types.INTEGER, 10, 11, Integer.class, true)),
          Map.entry("BIGINT", number(Types.BIGINT, 19, 20, Long.class, true)),
          Map.entry("UTINYINT", number(Types.SMALLINT, 3, 3, Integer.class, false)),
          Map.entry("USMALLINT", number(Types.INTEGER, 5, 5, Integer.class, false)),
          Map.entry("UINTEGER", number(Types.BIGINT, 10, 10, Long.class, false)),
          Map.entry("UBIGINT", number(Types.NUMERIC, 20, 20, BigDecimal.class, false)),
          Map.entry("HUGEINT", number(Types.NUMERIC, 39, 40, BigDecimal.class, true)),
          Map.entry("UHUGEINT", number(Types.NUMERIC, 39, 39, BigDecimal.class, false)),
          Map.entry("BIGNUM", number(Types.NUMERIC, 0, UNBOUNDED_WIDTH, BigDecimal.class, true)),
          Map.entry("FLOAT", number(Types.REAL, 7, 15, Float.class, true)),
          Map.entry("DOUBLE", number(Types.DOUBLE, 15, 24, Double.class, true)),
          Map.entry("DECIMAL", number(Types.DECIMAL, 38, 40, BigDecimal.class, true)),
          Map.entry("VARCHAR", text(Types.VARCHAR)),
          Map.entry("JSON", text(Types.VARCHAR)),
          Map.entry("BIT", text(Types.VARCHAR)),
          Map.entry("INTERVAL", text(Types.OTHER)),
          Map.entry("BLOB", other(Types.VARBINARY, UNBOUNDED_WIDTH, byte[].class)),
          Map.entry("UUID", other(Types.OTHER, 36, UUID.class)),
          Map.entry("DATE", time(Types.DATE, 10, 0, java.sql.Date.class)),
          Map.entry("TIME", time(Types.TIME, 15, 6, java.sql.Time.class)),
          Map.entry("TIME_NS", time(Types.TIME, 18, 9, java.sql.Time.class)),
          Map.entry("TIME WITH TIME ZONE", time(Types.TIME_WITH_TIMEZONE, 24, 6, OffsetTime.class)),
          Map.entry("TIMESTAMP", time(Types.TIMESTAMP, 26, 6, java.sql.Timestamp.class)),
          Map.entry("TIMESTAMP_S", time(Types.TIMESTAMP, 19, 0, java.sql.Timestamp.class)),
          Map.entry("TIMESTAMP_MS", time(Types.TIMESTAMP, 23, 3, java.sql.Timestamp.class)),
          Map.entry("TIMESTAMP_NS", time(Types.TIMESTAMP, 29, 9, java.sql.Timestamp.class)),
          Map.entry(
              "TIMESTAMP WITH TIME ZONE",
              time(Types.TIMESTAMP_WITH_TIMEZONE, 32, 6, OffsetDateTime.class)),
          Map.entry(
              "TIMESTAMPTZ_NS", time(Types.TIMESTAMP_WITH_TIMEZONE, 35, 9, OffsetDateTime.class)),
          Map.entry("\"NULL\"", other(Types.NULL, 4, Object.class)));

  private static JdbcType number(
      int code, int precision, int width, Class<?> javaClass, boolean signed) {
    return new JdbcType(code, precision, 0, width, javaClass, signed);
  }

  private static JdbcType text(int code) {
    return other(code, UNBOUNDED_WIDTH, String.class);
  }

  private static JdbcType time(int code, int width, int digits, Class<?> javaClass) {
    return new JdbcType(code, width, digits, width, javaClass, false);
  }

  private static JdbcType other(int code, int width, Class<?> javaClass) {
    return new JdbcType(code, 0, 0, width, javaClass, false);
  }

  /** Of a type as DuckDB writes it, such as {@code DECIMAL(18,3)} or {@code INTEGER[]}. */
  static JdbcType of(String duckDbType) {
    JdbcType simple = SIMPLE.get(duckDbType);
    if (simple != null) {
      return simple;
    } else if (duckDbType.endsWith("]") || LISTS.contains(duckDbType)) {
      return other(Types.ARRAY, UNBOUNDED_WIDTH, java.sql.Array.class);
    }
    Matcher decimal = DECIMAL.matcher(duckDbType);
    if (decimal.matches()) {
      int precision = Integer.parseInt(decimal.group(1));
      int scale = Integer.parseInt(decimal.group(2));
      return new JdbcType(Types.DECIMAL, precision, scale, precision + 2, BigDecimal.class, true);
    } else if (duckDbType.startsWith("STRUCT") || duckDbType.startsWith("TUPLE(")) {
      return other(Types.STRUCT, UNBOUNDED_WIDTH, java.sql.Struct.class);
    } else if (duckDbType.startsWith("MAP")) {
      return other(Types.JAVA_OBJECT, UNBOUNDED_WIDTH, Map.class);
    } else if (duckDbType.startsWith("ENUM")) {
      return text(Types.VARCHAR);
    }
    return other(Types.OTHER, UNBOUNDED_WIDTH, Object.class);
  }

  /** The type of a list's elements: {@code INTEGER} of {@code INTEGER[]} and {@code INTEGER[3]}. */
  static String element(String listType) {
    int bracket = listType.lastIndexOf('[');
    return bracket < 0 ? "\"NULL\"" : listType.substring(0, bracket);
  }
}
