package io.auspex.engine.source.write.copy;

import io.auspex.engine.source.type.DuckType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The types of PostgreSQL that are written in its binary format.
 *
 * <p>Their numbers are those of {@code pg_type}, the same in every version; an array says which its
 * elements have.
 */
enum CopyType {
  BOOLEAN(16, "boolean", "bool"),
  SMALLINT(21, "smallint", "int2"),
  INTEGER(23, "integer", "int4", "int"),
  BIGINT(20, "bigint", "int8"),
  NUMERIC(1700, "numeric", "decimal"),
  REAL(700, "real", "float4"),
  DOUBLE(701, "double precision", "float8"),
  TEXT(25, "text"),
  VARCHAR(1043, "character varying", "varchar"),
  CHARACTER(1042, "character", "bpchar", "char"),
  BYTEA(17, "bytea"),
  DATE(1082, "date"),
  TIME(1083, "time without time zone", "time"),
  TIMETZ(1266, "time with time zone", "timetz"),
  TIMESTAMP(1114, "timestamp without time zone", "timestamp"),
  TIMESTAMPTZ(1184, "timestamp with time zone", "timestamptz"),
  INTERVAL(1186, "interval"),
  UUID(2950, "uuid"),
  JSON(114, "json"),
  JSONB(3802, "jsonb"),
  BIT(1562, "bit varying", "varbit", "bit");

  private final int number;
  private final String[] names;

  CopyType(int number, String... names) {
    this.number = number;
    this.names = names;
  }

  int number() {
    return number;
  }

  /**
   * The type that a column's declaration names, such as {@code numeric(18,3)}, {@code timestamp(3)
   * with time zone} or, for its elements, {@code text[]}; empty where it is none of these.
   */
  static Optional<CopyType> named(String declaration) {
    String name =
        declaration
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\([^)]*\\)|\\[[^]]*]", "")
            .replaceAll("\\s+", " ")
            .strip();
    return Arrays.stream(values())
        .filter(type -> Arrays.asList(type.names).contains(name))
        .findFirst();
  }

  /** Whether it holds all values of a type of DuckDB, or says which it does not. */
  boolean takes(DuckType.Kind kind) {
    return switch (kind) {
      case BOOLEAN -> this == BOOLEAN;
      case TINYINT, SMALLINT, INTEGER, BIGINT, UTINYINT, USMALLINT, UINTEGER ->
          this == SMALLINT || this == INTEGER || this == BIGINT || this == NUMERIC;
      case HUGEINT, UBIGINT, DECIMAL -> this == NUMERIC;
      case FLOAT -> this == REAL || this == DOUBLE;
      case DOUBLE -> this == DOUBLE;
      case VARCHAR -> this == TEXT || this == VARCHAR || this == CHARACTER;
      case JSON -> this == JSON || this == JSONB || this == TEXT;
      case UUID -> this == UUID;
      case BLOB -> this == BYTEA;
      case BIT -> this == BIT;
      case DATE -> this == DATE;
      case TIME -> this == TIME;
      case TIMETZ -> this == TIMETZ;
      case TIMESTAMP -> this == TIMESTAMP;
      case TIMESTAMPTZ -> this == TIMESTAMPTZ;
      case INTERVAL -> this == INTERVAL;
      case LIST -> false;
    };
  }

  static boolean isArray(String declaration) {
    return declaration.endsWith("]");
  }
}
