package io.auspex.engine.source.type;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * A type of DuckDB that values of other databases have, and the Arrow field that carries it. What
 * Arrow lacks is marked in the field's metadata, as DuckDB marks it with {@code
 * arrow_lossless_conversion}.
 *
 * @param precision digits of a DECIMAL, otherwise 0
 * @param scale digits of a DECIMAL behind the point, otherwise 0
 * @param element what a LIST has, otherwise null
 */
public record DuckType(Kind kind, int precision, int scale, DuckType element) {
  public static final int MOST_DIGITS = 38;
  private static final String EXTENSION = "ARROW:extension:name";
  private static final String EXTENSION_METADATA = "ARROW:extension:metadata";
  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+), ?(\\d+)\\)");
  private static final int UUID_BYTES = 16;

  /** The types without parameters, and those two that have some. */
  public enum Kind {
    BOOLEAN("BOOLEAN", new ArrowType.Int(8, true), "arrow.bool8"),
    TINYINT("TINYINT", new ArrowType.Int(8, true), null),
    SMALLINT("SMALLINT", new ArrowType.Int(16, true), null),
    INTEGER("INTEGER", new ArrowType.Int(32, true), null),
    BIGINT("BIGINT", new ArrowType.Int(64, true), null),
    HUGEINT("HUGEINT", new ArrowType.FixedSizeBinary(UUID_BYTES), "hugeint"),
    UTINYINT("UTINYINT", new ArrowType.Int(8, false), null),
    USMALLINT("USMALLINT", new ArrowType.Int(16, false), null),
    UINTEGER("UINTEGER", new ArrowType.Int(32, false), null),
    UBIGINT("UBIGINT", new ArrowType.Int(64, false), null),
    FLOAT("FLOAT", new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE), null),
    DOUBLE("DOUBLE", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE), null),
    DECIMAL("DECIMAL", null, null),
    VARCHAR("VARCHAR", ArrowType.Utf8.INSTANCE, null),
    JSON("JSON", ArrowType.Utf8.INSTANCE, "arrow.json"),
    UUID("UUID", new ArrowType.FixedSizeBinary(UUID_BYTES), "arrow.uuid"),
    BLOB("BLOB", ArrowType.Binary.INSTANCE, null),
    BIT("BIT", ArrowType.Binary.INSTANCE, "bit"),
    DATE("DATE", new ArrowType.Date(DateUnit.DAY), null),
    TIME("TIME", new ArrowType.Time(TimeUnit.MICROSECOND, 64), null),
    TIMETZ("TIME WITH TIME ZONE", new ArrowType.FixedSizeBinary(8), "time_tz"),
    TIMESTAMP("TIMESTAMP", new ArrowType.Timestamp(TimeUnit.MICROSECOND, null), null),
    TIMESTAMPTZ(
        "TIMESTAMP WITH TIME ZONE", new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC"), null),
    INTERVAL("INTERVAL", new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO), null),
    LIST("LIST", ArrowType.List.INSTANCE, null);

    private final String sql;
    private final ArrowType arrow;
    private final String mark;

    Kind(String sql, ArrowType arrow, String mark) {
      this.sql = sql;
      this.arrow = arrow;
      this.mark = mark;
    }

    private Map<String, String> metadata() {
      if (mark == null) {
        return Map.of();
      }
      return mark.startsWith("arrow.")
          ? Map.of(EXTENSION, mark, EXTENSION_METADATA, "")
          : Map.of(
              EXTENSION,
              "arrow.opaque",
              EXTENSION_METADATA,
              "{\"type_name\":\"" + mark + "\",\"vendor_name\":\"DuckDB\"}");
    }

    /** Whether a value has always the same number of bytes. */
    public boolean isFixedWidth() {
      return this != LIST
          && !(arrow instanceof ArrowType.Utf8 || arrow instanceof ArrowType.Binary);
    }
  }

  public static DuckType of(Kind kind) {
    return new DuckType(kind, 0, 0, null);
  }

  public static DuckType decimal(int precision, int scale) {
    return new DuckType(Kind.DECIMAL, precision, scale, null);
  }

  public static DuckType list(DuckType element) {
    return new DuckType(Kind.LIST, 0, 0, element);
  }

  /** The type as DuckDB writes it. */
  public String sql() {
    return switch (kind) {
      case LIST -> element.sql() + "[]";
      case DECIMAL -> "DECIMAL(" + precision + "," + scale + ")";
      default -> kind.sql;
    };
  }

  /** What DuckDB writes so; empty where it is none of these. */
  public static Optional<DuckType> parse(String sql) {
    String text = sql.strip();
    if (text.endsWith("[]")) {
      return parse(text.substring(0, text.length() - 2)).map(DuckType::list);
    }
    String upper = text.toUpperCase(Locale.ROOT);
    Matcher decimal = DECIMAL.matcher(upper);
    if (decimal.matches()) {
      int precision = Integer.parseInt(decimal.group(1));
      return Optional.of(decimal(precision, Integer.parseInt(decimal.group(2))));
    }
    for (Kind kind : Kind.values()) {
      boolean hasParameters = kind == Kind.LIST || kind == Kind.DECIMAL;
      if (!hasParameters && (kind.sql.equals(upper) || kind.name().equals(upper))) {
        return Optional.of(of(kind));
      }
    }
    return Optional.empty();
  }

  /** The field of an Arrow schema that DuckDB reads as a column of this type. */
  public Field field(String name) {
    ArrowType arrow =
        kind == Kind.DECIMAL ? new ArrowType.Decimal(precision, scale, 128) : kind.arrow;
    List<Field> children = kind == Kind.LIST ? List.of(element.field("element")) : null;
    return new Field(name, new FieldType(true, arrow, null, kind.metadata()), children);
  }

  /** The type that DuckDB reads such a field as; empty where it is none of these. */
  public static Optional<DuckType> of(Field field) {
    ArrowType arrow = field.getType();
    if (arrow instanceof ArrowType.Decimal decimal) {
      return decimal.getBitWidth() == 128
          ? Optional.of(decimal(decimal.getPrecision(), decimal.getScale()))
          : Optional.empty();
    } else if (arrow instanceof ArrowType.List) {
      return of(field.getChildren().get(0)).map(DuckType::list);
    } else if (arrow instanceof ArrowType.Bool) {
      return Optional.of(of(Kind.BOOLEAN));
    } else if (arrow instanceof ArrowType.Timestamp zoned && zoned.getTimezone() != null) {
      return zoned.getUnit() == TimeUnit.MICROSECOND
          ? Optional.of(of(Kind.TIMESTAMPTZ))
          : Optional.empty();
    }
    String mark = field.getMetadata().getOrDefault(EXTENSION, "");
    String opaque = field.getMetadata().getOrDefault(EXTENSION_METADATA, "");
    for (Kind kind : Kind.values()) {
      Map<String, String> metadata = kind.metadata();
      if (arrow.equals(kind.arrow)
          && mark.equals(metadata.getOrDefault(EXTENSION, ""))
          && opaque.equals(metadata.getOrDefault(EXTENSION_METADATA, ""))) {
        return Optional.of(of(kind));
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return sql();
  }
}
