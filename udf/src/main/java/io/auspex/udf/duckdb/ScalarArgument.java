package io.auspex.udf.duckdb;

import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBReadableVector;

/** Arguments of one value a row: one constant a type that features may have. */
enum ScalarArgument implements ArgumentReader {
  FLOAT(
      Float4Vector::new,
      (from, row, to) -> ((Float4Vector) to).set(row, from.getFloat(row)),
      (text, at, to) -> ((Float4Vector) to).setSafe(at, Float.parseFloat(number(text)))),
  DOUBLE(
      Float8Vector::new,
      (from, row, to) -> ((Float8Vector) to).set(row, from.getDouble(row)),
      (text, at, to) -> ((Float8Vector) to).setSafe(at, Double.parseDouble(number(text)))),
  BOOLEAN(
      BitVector::new,
      (from, row, to) -> ((BitVector) to).set(row, from.getBoolean(row) ? 1 : 0),
      (text, at, to) -> ((BitVector) to).setSafe(at, text.equals("true") ? 1 : 0)),
  TINYINT(
      TinyIntVector::new,
      (from, row, to) -> ((TinyIntVector) to).set(row, from.getByte(row)),
      (text, at, to) -> ((TinyIntVector) to).setSafe(at, Byte.parseByte(text))),
  SMALLINT(
      SmallIntVector::new,
      (from, row, to) -> ((SmallIntVector) to).set(row, from.getShort(row)),
      (text, at, to) -> ((SmallIntVector) to).setSafe(at, Short.parseShort(text))),
  INTEGER(
      IntVector::new,
      (from, row, to) -> ((IntVector) to).set(row, from.getInt(row)),
      (text, at, to) -> ((IntVector) to).setSafe(at, Integer.parseInt(text))),
  BIGINT(
      BigIntVector::new,
      (from, row, to) -> ((BigIntVector) to).set(row, from.getLong(row)),
      (text, at, to) -> ((BigIntVector) to).setSafe(at, Long.parseLong(text))),
  UTINYINT(
      UInt1Vector::new,
      (from, row, to) -> ((UInt1Vector) to).set(row, from.getUint8(row)),
      (text, at, to) -> ((UInt1Vector) to).setSafe(at, Integer.parseInt(text))),
  USMALLINT(
      UInt2Vector::new,
      (from, row, to) -> ((UInt2Vector) to).set(row, from.getUint16(row)),
      (text, at, to) -> ((UInt2Vector) to).setSafe(at, Integer.parseInt(text))),
  UINTEGER(
      UInt4Vector::new,
      (from, row, to) -> ((UInt4Vector) to).set(row, (int) from.getUint32(row)),
      (text, at, to) -> ((UInt4Vector) to).setSafe(at, Integer.parseUnsignedInt(text))),
  UBIGINT(
      UInt8Vector::new,
      (from, row, to) -> ((UInt8Vector) to).set(row, from.getUint64(row).longValue()),
      (text, at, to) -> ((UInt8Vector) to).setSafe(at, Long.parseUnsignedLong(text))),
  VARCHAR(
      VarCharVector::new,
      (from, row, to) ->
          ((VarCharVector) to).setSafe(row, from.getString(row).getBytes(StandardCharsets.UTF_8)),
      (text, at, to) -> ((VarCharVector) to).setSafe(at, text.getBytes(StandardCharsets.UTF_8)));

  private interface Maker {
    FieldVector make(String name, BufferAllocator allocator);
  }

  private interface Copier {
    void copy(DuckDBReadableVector from, int row, FieldVector to);
  }

  private interface Parser {
    void parse(String text, int at, FieldVector to);
  }

  private final Maker maker;
  private final Copier copier;
  private final Parser parser;

  ScalarArgument(Maker maker, Copier copier, Parser parser) {
    this.maker = maker;
    this.copier = copier;
    this.parser = parser;
  }

  /** A floating-point number that DuckDB has written, as Java reads it. */
  private static String number(String text) {
    return switch (text) {
      case "nan" -> "NaN";
      case "inf" -> "Infinity";
      case "-inf" -> "-Infinity";
      default -> text;
    };
  }

  /** An empty vector of the type, owned by the caller. */
  FieldVector vector(BufferAllocator allocator) {
    return maker.make("element", allocator);
  }

  /** Puts the value that DuckDB has written so. */
  void parse(String text, int at, FieldVector to) {
    parser.parse(text, at, to);
  }

  @Override
  public DuckDBColumnType columnType() {
    return DuckDBColumnType.valueOf(name());
  }

  @Override
  public FieldVector allocate(BufferAllocator allocator, int rows) {
    return ArgumentReader.allocated(maker.make("argument", allocator), rows);
  }

  @Override
  public void read(DuckDBReadableVector argument, FieldVector vector, int rows) {
    if (VectorMemory.read(argument, vector, rows)) {
      return;
    }
    for (int row = 0; row < rows; row++) {
      if (!argument.isNull(row)) {
        copier.copy(argument, row, vector);
      } else {
        vector.setNull(row);
      }
    }
    vector.setValueCount(rows);
  }
}
