package io.auspex.engine.source.type;

import io.auspex.engine.source.type.DuckType.Kind;
import java.sql.Types;
import java.util.List;

/** JDBC's types, for databases of which nothing else is known. */
public final class GenericTypes {
  private GenericTypes() {}

  /**
   * What a column is in DuckDB.
   *
   * @param jdbc of {@link Types}
   * @param name the database's own name of the type
   * @param precision as the driver tells it; what DuckDB has not makes a decimal a DOUBLE
   */
  public static DuckType of(int jdbc, String name, int precision, int scale) {
    if (name.equalsIgnoreCase("uuid")) {
      return DuckType.of(Kind.UUID);
    } else if (name.equalsIgnoreCase("json")) {
      return DuckType.of(Kind.JSON);
    }
    return switch (jdbc) {
      case Types.BOOLEAN -> DuckType.of(Kind.BOOLEAN);
      case Types.BIT -> DuckType.of(precision <= 1 ? Kind.BOOLEAN : Kind.VARCHAR);
      // Unsigned in some databases.
      case Types.TINYINT -> DuckType.of(Kind.SMALLINT);
      case Types.SMALLINT -> DuckType.of(Kind.SMALLINT);
      case Types.INTEGER -> DuckType.of(Kind.INTEGER);
      case Types.BIGINT -> DuckType.of(Kind.BIGINT);
      case Types.REAL -> DuckType.of(Kind.FLOAT);
      case Types.FLOAT, Types.DOUBLE -> DuckType.of(Kind.DOUBLE);
      case Types.DECIMAL, Types.NUMERIC ->
          precision > 0 && precision <= DuckType.MOST_DIGITS && scale >= 0 && scale <= precision
              ? DuckType.decimal(precision, scale)
              : DuckType.of(Kind.DOUBLE);
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> DuckType.of(Kind.BLOB);
      case Types.DATE -> DuckType.of(Kind.DATE);
      case Types.TIME -> DuckType.of(Kind.TIME);
      case Types.TIMESTAMP -> DuckType.of(Kind.TIMESTAMP);
      case Types.TIMESTAMP_WITH_TIMEZONE -> DuckType.of(Kind.TIMESTAMPTZ);
      default -> DuckType.of(Kind.VARCHAR);
    };
  }

  /** The type table. */
  public static List<TypeRow> table() {
    return List.of(
        new TypeRow("BOOLEAN, BIT", "BOOLEAN", "A BIT of several bits: VARCHAR."),
        new TypeRow("TINYINT, SMALLINT", "SMALLINT", ""),
        new TypeRow("INTEGER, BIGINT", "INTEGER, BIGINT", ""),
        new TypeRow("REAL; FLOAT, DOUBLE", "FLOAT; DOUBLE", ""),
        new TypeRow("DECIMAL, NUMERIC", "DECIMAL(p,s)", "Of no or more than 38 digits: DOUBLE."),
        new TypeRow("BINARY, VARBINARY, LONGVARBINARY, BLOB", "BLOB", ""),
        new TypeRow("DATE, TIME, TIMESTAMP", "DATE, TIME, TIMESTAMP", ""),
        new TypeRow("TIMESTAMP_WITH_TIMEZONE", "TIMESTAMP WITH TIME ZONE", ""),
        new TypeRow("named uuid, json", "UUID, JSON", ""),
        new TypeRow("all others", "VARCHAR", "As the driver makes text of them."));
  }
}
