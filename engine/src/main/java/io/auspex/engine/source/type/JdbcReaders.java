package io.auspex.engine.source.type;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/** Reads values of a JDBC result into columns of a batch, as any driver should give them. */
public final class JdbcReaders {
  static final long MICROS = 1_000_000;
  static final int NANOS = 1000;

  private JdbcReaders() {}

  /** Reads one value as the value of a row; NULLs, too. */
  @FunctionalInterface
  public interface Reader {
    void read(ResultSet rows, int row) throws SQLException;
  }

  /** Of a driver of which nothing special is known. */
  public static Reader generic(DuckType type, int index, ColumnBuilder column) {
    return column instanceof BytesColumn bytes
        ? bytes(type, index, bytes)
        : fixed(type, index, (FixedColumn) column);
  }

  private static Reader bytes(DuckType type, int index, BytesColumn column) {
    return switch (type.kind()) {
      case BLOB ->
          objects(index, column, (rows, at) -> rows.getBytes(at), (v, row) -> column.put(row, v));
      case BIT ->
          objects(
              index,
              column,
              (rows, at) -> rows.getString(at),
              (v, row) -> column.put(row, Bits.ofText(v)));
      default ->
          objects(
              index,
              column,
              (rows, at) -> rows.getString(at),
              (v, row) -> column.put(row, v.getBytes(StandardCharsets.UTF_8)));
    };
  }

  private static Reader fixed(DuckType type, int index, FixedColumn column) {
    return switch (type.kind()) {
      case BOOLEAN ->
          (rows, row) -> {
            column.putByte(row, (byte) (rows.getBoolean(index) ? 1 : 0));
            nulls(rows, column, row);
          };
      case TINYINT ->
          (rows, row) -> {
            column.putByte(row, rows.getByte(index));
            nulls(rows, column, row);
          };
      case SMALLINT ->
          (rows, row) -> {
            column.putShort(row, rows.getShort(index));
            nulls(rows, column, row);
          };
      case INTEGER ->
          (rows, row) -> {
            column.putInt(row, rows.getInt(index));
            nulls(rows, column, row);
          };
      case BIGINT ->
          (rows, row) -> {
            column.putLong(row, rows.getLong(index));
            nulls(rows, column, row);
          };
      case FLOAT ->
          (rows, row) -> {
            column.putFloat(row, rows.getFloat(index));
            nulls(rows, column, row);
          };
      case DOUBLE ->
          (rows, row) -> {
            column.putDouble(row, rows.getDouble(index));
            nulls(rows, column, row);
          };
      case DECIMAL ->
          objects(
              index,
              column,
              JdbcReaders::decimal,
              (v, row) -> Numbers.putDecimal(v, type, column, row));
      case UTINYINT, USMALLINT, UINTEGER, UBIGINT, HUGEINT ->
          objects(
              index,
              column,
              JdbcReaders::decimal,
              (v, row) -> Numbers.putInteger(v, type.kind(), column, row));
      case UUID -> objects(index, column, JdbcReaders::uuid, (v, row) -> putUuid(column, row, v));
      case DATE ->
          objects(
              index,
              column,
              (rows, at) -> rows.getObject(at, LocalDate.class),
              (v, row) -> column.putInt(row, date(v)));
      case TIME ->
          objects(
              index,
              column,
              (rows, at) -> rows.getObject(at, LocalTime.class),
              (v, row) -> column.putLong(row, v.toNanoOfDay() / NANOS));
      case TIMESTAMP ->
          objects(
              index,
              column,
              (rows, at) -> rows.getObject(at, LocalDateTime.class),
              (v, row) -> column.putLong(row, micros(v)));
      case TIMESTAMPTZ ->
          objects(
              index,
              column,
              (rows, at) -> rows.getObject(at, OffsetDateTime.class),
              (v, row) ->
                  column.putLong(
                      row, micros(v.atZoneSameInstant(ZoneOffset.UTC).toLocalDateTime())));
      default -> throw new IllegalArgumentException(type.sql());
    };
  }

  private static void nulls(ResultSet rows, FixedColumn column, int row) throws SQLException {
    if (rows.wasNull()) {
      column.setNull(row);
    }
  }

  interface Get<T> {
    T get(ResultSet rows, int index) throws SQLException;
  }

  interface Put<T> {
    void put(T value, int row);
  }

  static <T> Reader objects(int index, ColumnBuilder column, Get<T> get, Put<T> put) {
    return (rows, row) -> {
      T value = get.get(rows, index);
      if (value == null) {
        column.setNull(row);
      } else {
        put.put(value, row);
      }
    };
  }

  private static BigDecimal decimal(ResultSet rows, int index) throws SQLException {
    return rows.getBigDecimal(index);
  }

  private static UUID uuid(ResultSet rows, int index) throws SQLException {
    Object value = rows.getObject(index);
    if (value == null || value instanceof UUID) {
      return (UUID) value;
    }
    return UUID.fromString(rows.getString(index).strip());
  }

  static void putUuid(FixedColumn column, int row, UUID value) {
    column.putLongs(
        row,
        Long.reverseBytes(value.getMostSignificantBits()),
        Long.reverseBytes(value.getLeastSignificantBits()));
  }

  static int date(LocalDate date) {
    return Math.toIntExact(date.toEpochDay());
  }

  static long micros(LocalDateTime time) {
    try {
      return Math.addExact(
          Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), MICROS), time.getNano() / NANOS);
    } catch (ArithmeticException e) {
      throw new ValueException(time.toString(), "TIMESTAMP", "Leave it out, or read it as text.");
    }
  }
}
