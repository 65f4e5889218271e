package io.auspex.engine.source.type;

import io.auspex.engine.source.type.DuckType.Kind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Reads values from PostgreSQL's binary form (as its functions {@code …send} write it) into columns
 * of a batch. Which type is read as which stands in {@link PostgresTypes}.
 */
public final class PostgresReaders {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle NATIVE_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final int HEADER_OF_JSONB = 1;

  private PostgresReaders() {}

  /** A number of two bytes, as the messages have them. */
  public static short shortAt(byte[] bytes, int at) {
    return (short) SHORT.get(bytes, at);
  }

  /** A number of four bytes, as the messages have them. */
  public static int intAt(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  static long longAt(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  /** Reads one value, which is not NULL, as the value of a row. */
  @FunctionalInterface
  public interface Reader {
    void read(byte[] bytes, int from, int length, int row);
  }

  /**
   * The reader of values of PostgreSQL's type as values of DuckDB's; empty where there is none, and
   * the server has to cast first.
   *
   * @param name the type as {@code pg_type} names it, such as {@code int4} and {@code _int4}
   */
  public static Optional<Reader> of(String name, DuckType type, ColumnBuilder column) {
    if (type.kind() == Kind.LIST) {
      if (!name.startsWith("_")) {
        return Optional.empty();
      }
      // Lists of lists are one array to PostgreSQL, of as many dimensions.
      int dimensions = 1;
      DuckType element = type.element();
      ListColumn list = (ListColumn) column;
      ColumnBuilder elements = list.elements();
      while (element.kind() == Kind.LIST) {
        dimensions++;
        element = element.element();
        elements = ((ListColumn) elements).elements();
      }
      int depth = dimensions;
      ColumnBuilder leaves = elements;
      return of(name.substring(1), element, elements)
          .map(reader -> new PostgresArrays(list, leaves, reader, depth, type.sql()));
    }
    return Optional.ofNullable(
        column instanceof FixedColumn fixed
            ? fixed(name, type, fixed)
            : bytes(name, type.kind(), (BytesColumn) column));
  }

  private static Reader fixed(String name, DuckType type, FixedColumn column) {
    return switch (type.kind()) {
      case BOOLEAN -> name.equals("bool") ? (b, at, n, row) -> column.putByte(row, b[at]) : null;
      case SMALLINT ->
          name.equals("int2") ? (b, at, n, row) -> column.putShort(row, shortAt(b, at)) : null;
      case INTEGER ->
          name.equals("int4") ? (b, at, n, row) -> column.putInt(row, intAt(b, at)) : null;
      case UINTEGER ->
          name.equals("oid")
              ? (b, at, n, row) -> column.putInt(row, intAt(b, at))
              : integer(name, type.kind(), column);
      case BIGINT ->
          name.equals("int8") ? (b, at, n, row) -> column.putLong(row, longAt(b, at)) : null;
      // IEEE 754 on both sides: the bits are the value.
      case FLOAT ->
          name.equals("float4") ? (b, at, n, row) -> column.putInt(row, intAt(b, at)) : null;
      case DOUBLE ->
          switch (name) {
            case "float8" -> (b, at, n, row) -> column.putLong(row, longAt(b, at));
            case "numeric" ->
                (b, at, n, row) -> column.putDouble(row, PostgresNumeric.toDouble(b, at));
            default -> null;
          };
      case DECIMAL ->
          name.equals("numeric")
              ? (b, at, n, row) -> PostgresNumeric.toDecimal(b, at, type, column, row)
              : null;
      case HUGEINT, UBIGINT, UTINYINT, USMALLINT, TINYINT -> integer(name, type.kind(), column);
      case UUID ->
          name.equals("uuid")
              ? (b, at, n, row) ->
                  column.putLongs(
                      row, (long) NATIVE_LONG.get(b, at), (long) NATIVE_LONG.get(b, at + 8))
              : null;
      default -> PostgresTimes.reader(name, type.kind(), column);
    };
  }

  /** PostgreSQL has no such integers: it is asked for them as numeric. */
  private static Reader integer(String name, Kind kind, FixedColumn column) {
    return name.equals("numeric")
        ? (b, at, n, row) -> PostgresNumeric.toInteger(b, at, kind, column, row)
        : null;
  }

  private static Reader bytes(String name, Kind kind, BytesColumn column) {
    return switch (kind) {
      case VARCHAR ->
          switch (name) {
            case "text", "varchar", "name", "char", "unknown", "citext", "xml", "json" ->
                (b, at, n, row) -> column.put(row, b, at, n);
            case "bpchar" -> (b, at, n, row) -> column.put(row, b, at, withoutBlanks(b, at, n));
            case "jsonb" ->
                (b, at, n, row) -> column.put(row, b, at + HEADER_OF_JSONB, n - HEADER_OF_JSONB);
            default -> null;
          };
      case JSON ->
          switch (name) {
            case "json" -> (b, at, n, row) -> column.put(row, b, at, n);
            case "jsonb" ->
                (b, at, n, row) -> column.put(row, b, at + HEADER_OF_JSONB, n - HEADER_OF_JSONB);
            default -> null;
          };
      case BLOB -> name.equals("bytea") ? (b, at, n, row) -> column.put(row, b, at, n) : null;
      case BIT ->
          name.equals("bit") || name.equals("varbit")
              ? (b, at, n, row) ->
                  column.put(row, Bits.fromLeft(b, at + Integer.BYTES, intAt(b, at)))
              : null;
      default -> null;
    };
  }

  /** Blanks at its end are no part of the value of a {@code char(n)}. */
  private static int withoutBlanks(byte[] bytes, int from, int length) {
    int end = from + length;
    while (end > from && bytes[end - 1] == ' ') {
      end--;
    }
    return end - from;
  }
}
