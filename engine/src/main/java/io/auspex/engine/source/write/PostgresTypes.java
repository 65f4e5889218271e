package io.auspex.engine.source.write;

import io.auspex.engine.source.type.DuckType;

/** The types of PostgreSQL that columns of new tables get: each holds every value of DuckDB's. */
final class PostgresTypes {
  private PostgresTypes() {}

  static String of(DuckType type) {
    return switch (type.kind()) {
      case BOOLEAN -> "boolean";
      case TINYINT, SMALLINT, UTINYINT -> "smallint";
      case INTEGER, USMALLINT -> "integer";
      case BIGINT, UINTEGER -> "bigint";
      case UBIGINT -> "numeric(20,0)";
      case HUGEINT -> "numeric(38,0)";
      case DECIMAL -> "numeric(%d,%d)".formatted(type.precision(), type.scale());
      case FLOAT -> "real";
      case DOUBLE -> "double precision";
      case VARCHAR -> "text";
      case JSON -> "json";
      case UUID -> "uuid";
      case BLOB -> "bytea";
      case BIT -> "bit varying";
      case DATE -> "date";
      case TIME -> "time";
      case TIMETZ -> "timetz";
      case TIMESTAMP -> "timestamp";
      case TIMESTAMPTZ -> "timestamptz";
      case INTERVAL -> "interval";
      case LIST -> of(type.element()) + "[]";
    };
  }
}
