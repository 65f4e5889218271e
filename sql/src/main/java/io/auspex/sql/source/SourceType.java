package io.auspex.sql.source;

import io.auspex.catalog.Names;
import io.auspex.sql.context.RemoteColumn;
import io.auspex.sql.context.RemoteSystem;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a column's values are, as far as both databases agree on them; {@link #OTHER} is all of
 * which we only know how to read it.
 */
enum SourceType {
  INTEGER,
  DECIMAL,
  DOUBLE,
  /** Compared by the bytes of UTF-8 in DuckDB, and by a collation elsewhere. */
  TEXT,
  DATE,
  TIMESTAMP,
  BOOLEAN,
  OTHER;

  private static final Pattern DECIMAL_TYPE = Pattern.compile("DECIMAL\\((\\d+),\\s*(\\d+)\\)");
  private static final Pattern NATIVE_DECIMAL =
      Pattern.compile("(?:numeric|decimal|dec|number)\\s*\\((\\d+)(?:,\\s*(\\d+))?\\).*");

  private static final Set<String> INTEGERS =
      Set.of(
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "HUGEINT",
          "UTINYINT",
          "USMALLINT",
          "UINTEGER",
          "UBIGINT");

  /** Native types, without what follows in parentheses, whose values are compared as here. */
  private static final Set<String> NATIVE_INTEGERS =
      Set.of(
          "int2",
          "int4",
          "int8",
          "smallint",
          "integer",
          "bigint",
          "smallserial",
          "serial",
          "bigserial",
          "serial2",
          "serial4",
          "serial8",
          "int",
          "tinyint",
          "mediumint");

  private static final Set<String> NATIVE_TEXTS =
      Set.of(
          "text",
          "varchar",
          "character varying",
          "tinytext",
          "mediumtext",
          "longtext",
          "char",
          "character");

  /** Of a type of DuckDB. */
  static SourceType of(String type) {
    if (INTEGERS.contains(type)) {
      return INTEGER;
    } else if (DECIMAL_TYPE.matcher(type).matches()) {
      return DECIMAL;
    }
    return switch (type) {
      case "DOUBLE" -> DOUBLE;
      case "VARCHAR" -> TEXT;
      case "DATE" -> DATE;
      case "TIMESTAMP" -> TIMESTAMP;
      case "BOOLEAN" -> BOOLEAN;
      default -> OTHER;
    };
  }

  /** Of a column that is read. */
  static SourceType of(RemoteColumn column, RemoteSystem system) {
    String written = Names.fold(column.nativeType()).strip();
    String base = written.replaceAll("\\s*\\(.*?\\)", "").replace(" unsigned", "").strip();
    SourceType type = of(column.type());
    boolean isSame =
        switch (type) {
          case INTEGER -> NATIVE_INTEGERS.contains(base);
          case DECIMAL -> system != RemoteSystem.SQLITE && isDecimal(written, column.type());
          case DOUBLE ->
              system == RemoteSystem.POSTGRESQL
                  && Set.of("float8", "double precision").contains(base);
          // PostgreSQL's char(n) is compared without its spaces.
          case TEXT ->
              NATIVE_TEXTS.contains(base)
                  && !(system == RemoteSystem.POSTGRESQL
                      && base.startsWith("char")
                      && !base.endsWith("varying"));
          case DATE -> system != RemoteSystem.SQLITE && base.equals("date");
          case TIMESTAMP ->
              system != RemoteSystem.SQLITE
                  && Set.of("timestamp", "timestamp without time zone", "datetime").contains(base);
          case BOOLEAN ->
              system == RemoteSystem.POSTGRESQL && Set.of("bool", "boolean").contains(base);
          case OTHER -> false;
        };
    return isSame ? type : OTHER;
  }

  /** Whether it has as many digits there as here, so that reading rounds nothing. */
  private static boolean isDecimal(String written, String type) {
    Matcher there = NATIVE_DECIMAL.matcher(written);
    Matcher here = DECIMAL_TYPE.matcher(type);
    return there.matches()
        && here.matches()
        && there.group(1).equals(here.group(1))
        && (there.group(2) == null ? "0" : there.group(2)).equals(here.group(2));
  }

  /** Whether values are numbers without rounding. */
  boolean isExactNumber() {
    return this == INTEGER || this == DECIMAL;
  }

  /** Whether values are points in time; a date beside a time is its midnight. */
  boolean isTime() {
    return this == DATE || this == TIMESTAMP;
  }

  /** How many digits a DECIMAL has. */
  static int digits(String decimal) {
    Matcher matcher = DECIMAL_TYPE.matcher(decimal);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  /** How many of them follow its point. */
  static int scale(String decimal) {
    Matcher matcher = DECIMAL_TYPE.matcher(decimal);
    return matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
  }
}
