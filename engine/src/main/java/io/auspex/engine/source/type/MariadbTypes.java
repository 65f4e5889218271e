package io.auspex.engine.source.type;

import io.auspex.engine.source.type.DuckType.Kind;
import java.sql.SQLDataException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** MariaDB's and MySQL's types: what each is in DuckDB, and how its values are read. */
public final class MariadbTypes {
  private static final Pattern DECLARED =
      Pattern.compile("(\\w+)(?:\\((\\d+)(?:,(\\d+))?\\))?(.*)", Pattern.DOTALL);
  private static final Pattern TIME =
      Pattern.compile("(-?)(\\d+):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,6}))?");
  private static final Pattern ZERO_DATE = Pattern.compile("\\d{4}-(00-\\d\\d|\\d\\d-00)");
  private static final int MINUTE = 60;
  private static final long DAY_MICROS = 24L * MINUTE * MINUTE * JdbcReaders.MICROS;

  private MariadbTypes() {}

  /**
   * What a column is in DuckDB.
   *
   * @param declared its {@code COLUMN_TYPE}, such as {@code decimal(10,2) unsigned}
   */
  public static DuckType of(String declared) {
    Matcher matcher = DECLARED.matcher(declared.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return DuckType.of(Kind.VARCHAR);
    }
    boolean isUnsigned = matcher.group(4).contains("unsigned");
    int length = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
    int scale = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
    return switch (matcher.group(1)) {
      case "tinyint" -> DuckType.of(isUnsigned ? Kind.UTINYINT : Kind.TINYINT);
      case "smallint" -> DuckType.of(isUnsigned ? Kind.USMALLINT : Kind.SMALLINT);
      case "mediumint", "int", "integer" -> DuckType.of(isUnsigned ? Kind.UINTEGER : Kind.INTEGER);
      case "bigint" -> DuckType.of(isUnsigned ? Kind.UBIGINT : Kind.BIGINT);
      case "decimal", "numeric" ->
          length > DuckType.MOST_DIGITS
              ? DuckType.of(Kind.DOUBLE)
              : DuckType.decimal(length, scale);
      case "float" -> DuckType.of(Kind.FLOAT);
      case "double", "real" -> DuckType.of(Kind.DOUBLE);
      case "bit" -> DuckType.of(length <= 1 ? Kind.BOOLEAN : Kind.BIT);
      case "year" -> DuckType.of(Kind.SMALLINT);
      case "date" -> DuckType.of(Kind.DATE);
      case "time" -> DuckType.of(Kind.TIME);
      case "datetime" -> DuckType.of(Kind.TIMESTAMP);
      case "timestamp" -> DuckType.of(Kind.TIMESTAMPTZ);
      case "json" -> DuckType.of(Kind.JSON);
      case "uuid" -> DuckType.of(Kind.UUID);
      case "binary",
          "varbinary",
          "tinyblob",
          "blob",
          "mediumblob",
          "longblob",
          "vector",
          "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geometrycollection" ->
          DuckType.of(Kind.BLOB);
      default -> DuckType.of(Kind.VARCHAR);
    };
  }

  /** The reader of one column of a result. */
  public static JdbcReaders.Reader reader(DuckType type, int index, ColumnBuilder column) {
    if (type.kind() == Kind.BIT) {
      BytesColumn bits = (BytesColumn) column;
      // It sends whole bytes; how many bits the column has stands in its metadata.
      return (rows, row) -> {
        byte[] value = rows.getBytes(index);
        if (value == null) {
          bits.setNull(row);
        } else {
          bits.put(row, Bits.fromRight(value, rows.getMetaData().getPrecision(index)));
        }
      };
    } else if (type.kind() == Kind.TIMESTAMPTZ || type.kind() == Kind.TIMESTAMP) {
      // The session is in UTC, and so is what it sends.
      return orNull(JdbcReaders.generic(DuckType.of(Kind.TIMESTAMP), index, column), index, column);
    } else if (type.kind() == Kind.DATE) {
      return orNull(JdbcReaders.generic(type, index, column), index, column);
    } else if (type.kind() == Kind.TIME) {
      FixedColumn times = (FixedColumn) column;
      return JdbcReaders.objects(
          index,
          times,
          (rows, at) -> rows.getString(at),
          (value, row) -> times.putLong(row, time(value)));
    }
    return JdbcReaders.generic(type, index, column);
  }

  /** Dates with a zero month or day are none, which the driver refuses: NULL, as a zero date is. */
  private static JdbcReaders.Reader orNull(
      JdbcReaders.Reader reader, int index, ColumnBuilder column) {
    return (rows, row) -> {
      try {
        reader.read(rows, row);
      } catch (SQLDataException e) {
        String text = rows.getString(index);
        if (text == null || !ZERO_DATE.matcher(text).lookingAt()) {
          throw e;
        }
        column.setNull(row);
      }
    };
  }

  /** Microseconds of a time of day; MariaDB's go from -838 to 838 hours. */
  private static long time(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      throw new ValueException(text, "TIME", "Read it through a view that casts it.");
    }
    long seconds =
        (Long.parseLong(matcher.group(2)) * MINUTE + Long.parseLong(matcher.group(3))) * MINUTE
            + Long.parseLong(matcher.group(4));
    String fraction = matcher.group(5) == null ? "0" : matcher.group(5);
    long micros =
        seconds * JdbcReaders.MICROS + Long.parseLong((fraction + "00000").substring(0, 6));
    if (micros > DAY_MICROS || micros > 0 && !matcher.group(1).isEmpty()) {
      throw new ValueException(
          text, "TIME", "Read it through a view, with TIME_TO_SEC or as text.");
    }
    return micros;
  }

  /** The type table. */
  public static List<TypeRow> table() {
    return List.of(
        new TypeRow(
            "tinyint, smallint, int, bigint",
            "TINYINT, SMALLINT, INTEGER, BIGINT",
            "boolean is tinyint(1), which may hold other numbers than 0 and 1: a TINYINT, too."),
        new TypeRow("the same unsigned", "UTINYINT, USMALLINT, UINTEGER, UBIGINT", ""),
        new TypeRow("mediumint, mediumint unsigned", "INTEGER, UINTEGER", ""),
        new TypeRow("decimal(p,s)", "DECIMAL(p,s)", "Of more than 38 digits: DOUBLE."),
        new TypeRow("float, double", "FLOAT, DOUBLE", ""),
        new TypeRow("bit(1)", "BOOLEAN", ""),
        new TypeRow("bit(n)", "BIT", "Of n bits."),
        new TypeRow("year", "SMALLINT", "The zero year is 0."),
        new TypeRow(
            "date, datetime",
            "DATE, TIMESTAMP",
            "Zero dates, and those with a zero month or day, are NULL."),
        new TypeRow("timestamp", "TIMESTAMP WITH TIME ZONE", "The zero timestamp is NULL."),
        new TypeRow("time", "TIME", "Below 0 and beyond 24 hours: an error."),
        new TypeRow("char, varchar, text, enum, set", "VARCHAR", ""),
        new TypeRow("binary, varbinary, blob", "BLOB", ""),
        new TypeRow("json", "JSON", "In MariaDB, a text column that is checked to be valid JSON."),
        new TypeRow("uuid", "UUID", ""),
        new TypeRow("inet4, inet6", "VARCHAR", ""),
        new TypeRow("geometry and its kinds, vector", "BLOB", "As the server keeps them."));
  }
}
