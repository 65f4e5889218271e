package io.auspex.engine.source.type;

import io.auspex.engine.source.type.DuckType.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** PostgreSQL's types: what each is in DuckDB, and what the server is to cast a column to. */
public final class PostgresTypes {
  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry("bool", Kind.BOOLEAN),
          Map.entry("int2", Kind.SMALLINT),
          Map.entry("int4", Kind.INTEGER),
          Map.entry("int8", Kind.BIGINT),
          Map.entry("oid", Kind.UINTEGER),
          Map.entry("float4", Kind.FLOAT),
          Map.entry("float8", Kind.DOUBLE),
          Map.entry("bytea", Kind.BLOB),
          Map.entry("bit", Kind.BIT),
          Map.entry("varbit", Kind.BIT),
          Map.entry("uuid", Kind.UUID),
          Map.entry("json", Kind.JSON),
          Map.entry("jsonb", Kind.JSON),
          Map.entry("date", Kind.DATE),
          Map.entry("time", Kind.TIME),
          Map.entry("timetz", Kind.TIMETZ),
          Map.entry("timestamp", Kind.TIMESTAMP),
          Map.entry("timestamptz", Kind.TIMESTAMPTZ),
          Map.entry("interval", Kind.INTERVAL));

  private static final int HEADER = 4;
  private static final int SCALE_MASK = 0x7ff;
  private static final int SCALE_SIGN = 0x400;

  /** Of {@code money}, which has two digits behind the point in most countries. */
  private static final DuckType MONEY = DuckType.decimal(21, 2);

  private PostgresTypes() {}

  /**
   * What a column is in DuckDB.
   *
   * @param name as {@code pg_type} names it; an array's with an underscore in front
   * @param modifier its {@code atttypmod}; -1 where it has none
   * @param dimensions of an array, as declared; what is less than 1 means 1
   */
  public static DuckType of(String name, int modifier, int dimensions) {
    if (name.startsWith("_")) {
      DuckType type = of(name.substring(1), modifier, 0);
      for (int i = 0; i < Math.max(1, dimensions); i++) {
        type = DuckType.list(type);
      }
      return type;
    }
    return switch (name) {
      case "numeric" -> numeric(modifier);
      case "money" -> MONEY;
      default -> DuckType.of(KINDS.getOrDefault(name, Kind.VARCHAR));
    };
  }

  /** A numeric without a scale has values of any; the nearest that computes is a DOUBLE. */
  private static DuckType numeric(int modifier) {
    if (modifier < HEADER) {
      return DuckType.of(Kind.DOUBLE);
    }
    int precision = (modifier - HEADER) >> Short.SIZE & 0xffff;
    int scale = (((modifier - HEADER) & SCALE_MASK) ^ SCALE_SIGN) - SCALE_SIGN;
    // A negative scale has zeros before the point, a large one zeros behind it.
    int digits = scale < 0 ? precision - scale : Math.max(precision, scale);
    return digits <= DuckType.MOST_DIGITS
        ? DuckType.decimal(digits, Math.max(0, scale))
        : DuckType.of(Kind.DOUBLE);
  }

  /** PostgreSQL's type whose binary form is read as DuckDB's. */
  public static String cast(DuckType type) {
    return switch (type.kind()) {
      case LIST -> cast(leaf(type)) + "[]";
      case DECIMAL -> "numeric(" + type.precision() + "," + type.scale() + ")";
      case HUGEINT, UTINYINT, USMALLINT, UINTEGER, UBIGINT, TINYINT -> "numeric";
      case VARCHAR -> "text";
      case BLOB -> "bytea";
      case BIT -> "varbit";
      case FLOAT -> "float4";
      case DOUBLE -> "float8";
      case BOOLEAN -> "bool";
      case SMALLINT -> "int2";
      case INTEGER -> "int4";
      case BIGINT -> "int8";
      case JSON, UUID, DATE, TIME, TIMETZ, TIMESTAMP, TIMESTAMPTZ, INTERVAL ->
          type.kind().name().toLowerCase(Locale.ROOT);
    };
  }

  private static DuckType leaf(DuckType type) {
    return type.kind() == Kind.LIST ? leaf(type.element()) : type;
  }

  /** The type table. */
  public static List<TypeRow> table() {
    return List.of(
        new TypeRow("boolean", "BOOLEAN", ""),
        new TypeRow("smallint, integer, bigint", "SMALLINT, INTEGER, BIGINT", ""),
        new TypeRow("oid", "UINTEGER", ""),
        new TypeRow(
            "numeric(p,s)",
            "DECIMAL(p,s)",
            "Of more than 38 digits: DOUBLE. A NaN or an infinity is an error: DECIMAL has none."),
        new TypeRow("numeric", "DOUBLE", "The nearest DOUBLE; NaN and infinities are themselves."),
        new TypeRow("real, double precision", "FLOAT, DOUBLE", ""),
        new TypeRow(
            "money",
            "DECIMAL(21,2)",
            "A third digit behind the point, of currencies with one, is"
                + " rounded by the server."),
        new TypeRow("text, varchar(n), name, citext, xml, enums", "VARCHAR", ""),
        new TypeRow("char(n)", "VARCHAR", "Without the blanks at its end, which mean nothing."),
        new TypeRow("bytea", "BLOB", ""),
        new TypeRow("bit(n), bit varying", "BIT", "An empty one is an error: BIT has none."),
        new TypeRow("uuid", "UUID", ""),
        new TypeRow("json, jsonb", "JSON", ""),
        new TypeRow("date", "DATE", "Infinities and years before Christ, too."),
        new TypeRow("time", "TIME", ""),
        new TypeRow("time with time zone", "TIME WITH TIME ZONE", ""),
        new TypeRow(
            "timestamp",
            "TIMESTAMP",
            "Infinities and years before Christ, too. After the year 294246: an error."),
        new TypeRow("timestamp with time zone", "TIMESTAMP WITH TIME ZONE", "As timestamp."),
        new TypeRow(
            "interval", "INTERVAL", "Infinities, and hours beyond 292 years, are an error."),
        new TypeRow(
            "arrays",
            "lists",
            "Of as many dimensions as declared; a value of other dimensions is an error. Where an"
                + " array begins to count is lost."),
        new TypeRow("domains", "as what they are over", ""),
        new TypeRow(
            "all others: inet, ranges, geometric, tsvector, composite, of extensions, …",
            "VARCHAR",
            "As the server casts them to text."));
  }
}
