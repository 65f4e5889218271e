package io.auspex.engine.source;

import io.auspex.engine.source.type.DuckType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Divides a query's rows into ranges of one of its columns. Each row is in just one of them, also
 * where its value is NULL, or was not yet there when the ranges were made.
 */
final class Partitions {
  private static final int DECIMAL_SCALE = 6;

  private Partitions() {}

  /** Whether ranges of the type's values can be written in SQL. */
  static boolean canDivide(DuckType type) {
    return switch (type.kind()) {
      case TINYINT,
          SMALLINT,
          INTEGER,
          BIGINT,
          HUGEINT,
          UTINYINT,
          USMALLINT,
          UINTEGER,
          UBIGINT,
          FLOAT,
          DOUBLE,
          DECIMAL,
          DATE,
          TIMESTAMP,
          TIMESTAMPTZ ->
          true;
      default -> false;
    };
  }

  /**
   * Asks for the least and the most value, and divides what is between.
   *
   * @param sql gives both in one row
   * @param column as it is written in the conditions
   * @return conditions; just one, which is empty, where there is nothing to divide
   */
  static List<Optional<String>> of(
      Statement statement, String sql, DuckType type, SourceSystem system, String column, int parts)
      throws SQLException {
    BigDecimal least;
    BigDecimal most;
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      least = position(rows, 1, type, system);
      most = position(rows, 2, type, system);
    }
    if (least == null || most == null || least.compareTo(most) >= 0) {
      return List.of(Optional.empty());
    }
    return ranges(column, bounds(least, most, parts), literal(type, system));
  }

  /** A value as a number; null where there is none, or none that is finite. */
  private static BigDecimal position(ResultSet rows, int index, DuckType type, SourceSystem system)
      throws SQLException {
    switch (type.kind()) {
      case DATE -> {
        LocalDate date = rows.getObject(index, LocalDate.class);
        return date == null || date.equals(LocalDate.MAX) || date.equals(LocalDate.MIN)
            ? null
            : BigDecimal.valueOf(date.toEpochDay());
      }
      case TIMESTAMP, TIMESTAMPTZ -> {
        LocalDateTime time = time(rows, index, type, system);
        return time == null || time.equals(LocalDateTime.MAX) || time.equals(LocalDateTime.MIN)
            ? null
            : BigDecimal.valueOf(time.toEpochSecond(ZoneOffset.UTC));
      }
      default -> {
        double approximate = rows.getDouble(index);
        return rows.wasNull() || Double.isNaN(approximate) || Double.isInfinite(approximate)
            ? null
            : rows.getBigDecimal(index);
      }
    }
  }

  private static LocalDateTime time(ResultSet rows, int index, DuckType type, SourceSystem system)
      throws SQLException {
    if (type.kind() == DuckType.Kind.TIMESTAMP || system == SourceSystem.MARIADB) {
      return rows.getObject(index, LocalDateTime.class);
    }
    OffsetDateTime zoned = rows.getObject(index, OffsetDateTime.class);
    boolean isFinite =
        zoned != null && !zoned.equals(OffsetDateTime.MAX) && !zoned.equals(OffsetDateTime.MIN);
    return !isFinite ? null : zoned.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
  }

  /** The bounds between parts: one fewer than there are. */
  private static List<BigDecimal> bounds(BigDecimal least, BigDecimal most, int parts) {
    List<BigDecimal> bounds = new ArrayList<>();
    BigDecimal width = most.subtract(least);
    for (int i = 1; i < parts; i++) {
      BigDecimal share =
          width
              .multiply(BigDecimal.valueOf(i))
              .divide(BigDecimal.valueOf(parts), MathContext.DECIMAL128);
      BigDecimal bound = least.add(share);
      if (bounds.isEmpty() || bound.compareTo(bounds.get(bounds.size() - 1)) > 0) {
        bounds.add(bound);
      }
    }
    return bounds;
  }

  private static Function<BigDecimal, String> literal(DuckType type, SourceSystem system) {
    return switch (type.kind()) {
      case DATE ->
          bound ->
              "DATE '"
                  + LocalDate.ofEpochDay(bound.setScale(0, RoundingMode.CEILING).longValue())
                  + "'";
      case TIMESTAMP, TIMESTAMPTZ ->
          bound -> {
            long seconds = bound.setScale(0, RoundingMode.CEILING).longValue();
            String text =
                LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC)
                    .toString()
                    .replace('T', ' ');
            // Sessions are in UTC.
            boolean isZoned =
                type.kind() == DuckType.Kind.TIMESTAMPTZ && system != SourceSystem.MARIADB;
            return isZoned
                ? "TIMESTAMP WITH TIME ZONE '" + text + "+00:00'"
                : "TIMESTAMP '" + text + "'";
          };
      case FLOAT, DOUBLE -> bound -> Double.toString(bound.doubleValue());
      case DECIMAL -> bound -> bound.setScale(DECIMAL_SCALE, RoundingMode.CEILING).toPlainString();
      default -> bound -> bound.setScale(0, RoundingMode.CEILING).toPlainString();
    };
  }

  private static List<Optional<String>> ranges(
      String column, List<BigDecimal> bounds, Function<BigDecimal, String> literal) {
    List<String> edges = bounds.stream().map(literal).distinct().toList();
    List<Optional<String>> ranges = new ArrayList<>();
    for (int i = 0; i <= edges.size(); i++) {
      if (edges.isEmpty()) {
        ranges.add(Optional.empty());
      } else if (i == 0) {
        ranges.add(Optional.of(column + " < " + edges.get(0) + " OR " + column + " IS NULL"));
      } else if (i == edges.size()) {
        ranges.add(Optional.of(column + " >= " + edges.get(i - 1)));
      } else {
        ranges.add(
            Optional.of(
                column + " >= " + edges.get(i - 1) + " AND " + column + " < " + edges.get(i)));
      }
    }
    return ranges;
  }
}
