package io.auspex.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The DuckDB types of parameters' values. */
final class ParameterTypes {
  private static final Map<Class<?>, String> TYPES =
      Map.ofEntries(
          Map.entry(Boolean.class, "BOOLEAN"),
          Map.entry(Byte.class, "TINYINT"),
          Map.entry(Short.class, "SMALLINT"),
          Map.entry(Integer.class, "INTEGER"),
          Map.entry(Long.class, "BIGINT"),
          Map.entry(BigInteger.class, "HUGEINT"),
          Map.entry(Float.class, "FLOAT"),
          Map.entry(Double.class, "DOUBLE"),
          Map.entry(byte[].class, "BLOB"),
          Map.entry(LocalDate.class, "DATE"),
          Map.entry(java.sql.Date.class, "DATE"),
          Map.entry(LocalTime.class, "TIME"),
          Map.entry(java.sql.Time.class, "TIME"),
          Map.entry(LocalDateTime.class, "TIMESTAMP"),
          Map.entry(java.sql.Timestamp.class, "TIMESTAMP"),
          Map.entry(OffsetDateTime.class, "TIMESTAMP WITH TIME ZONE"),
          Map.entry(UUID.class, "UUID"));

  private ParameterTypes() {}

  /** Text, and NULL, which fits everything as text does. */
  static final String TEXT = "VARCHAR";

  static List<String> of(List<Object> values) {
    return values.stream().map(ParameterTypes::of).toList();
  }

  /** A value as DuckDB writes it; empty for what it writes in its own way. */
  static Optional<String> text(Object value) {
    boolean isPlain =
        value instanceof String
            || value instanceof Boolean
            || value instanceof Byte
            || value instanceof Short
            || value instanceof Integer
            || value instanceof Long
            || value instanceof BigInteger
            || value instanceof LocalDate
            || value instanceof java.sql.Date;
    return isPlain ? Optional.of(value.toString()) : Optional.empty();
  }

  private static String of(Object value) {
    if (value instanceof BigDecimal number) {
      int precision = Math.max(number.precision(), number.scale());
      return precision > 38
          ? "DOUBLE"
          : "DECIMAL(" + precision + "," + Math.max(0, number.scale()) + ")";
    }
    return value == null ? TEXT : TYPES.getOrDefault(value.getClass(), TEXT);
  }
}
