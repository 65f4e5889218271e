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

/** Reads an argument's values into an Arrow vector: one constant a type that features may have. */
enum ArgumentReader {
  FLOAT(Float4Vector::new, (from, row, to) -> ((Float4Vector) to).set(row, from.getFloat(row))),
  DOUBLE(Float8Vector::new, (from, row, to) -> ((Float8Vector) to).set(row, from.getDouble(row))),
  BOOLEAN(
      BitVector::new, (from, row, to) -> ((BitVector) to).set(row, from.getBoolean(row) ? 1 : 0)),
  TINYINT(TinyIntVector::new, (from, row, to) -> ((TinyIntVector) to).set(row, from.getByte(row))),
  SMALLINT(
      SmallIntVector::new, (from, row, to) -> ((SmallIntVector) to).set(row, from.getShort(row))),
  INTEGER(IntVector::new, (from, row, to) -> ((IntVector) to).set(row, from.getInt(row))),
  BIGINT(BigIntVector::new, (from, row, to) -> ((BigIntVector) to).set(row, from.getLong(row))),
  UTINYINT(UInt1Vector::new, (from, row, to) -> ((UInt1Vector) to).set(row, from.getUint8(row))),
  USMALLINT(UInt2Vector::new, (from, row, to) -> ((UInt2Vector) to).set(row, from.getUint16(row))),
  UINTEGER(
      UInt4Vector::new, (from, row, to) -> ((UInt4Vector) to).set(row, (int) from.getUint32(row))),
  UBIGINT(
      UInt8Vector::new,
      (from, row, to) -> ((UInt8Vector) to).set(row, from.getUint64(row).longValue())),
  VARCHAR(
      VarCharVector::new,
      (from, row, to) ->
          ((VarCharVector) to).setSafe(row, from.getString(row).getBytes(StandardCharsets.UTF_8)));

  private interface Maker {
    FieldVector make(String name, BufferAllocator allocator);
  }

  private interface Copier {
    void copy(DuckDBReadableVector from, int row, FieldVector to);
  }

  private final Maker maker;
  private final Copier copier;

  ArgumentReader(Maker maker, Copier copier) {
    this.maker = maker;
    this.copier = copier;
  }

  static ArgumentReader of(String sqlType) {
    return valueOf(sqlType);
  }

  DuckDBColumnType columnType() {
    return DuckDBColumnType.valueOf(name());
  }

  /** A vector for {@code rows} values, owned by the caller. */
  FieldVector allocate(BufferAllocator allocator, int rows) {
    FieldVector vector = maker.make("argument", allocator);
    try {
      vector.setInitialCapacity(rows);
      vector.allocateNew();
      return vector;
    } catch (RuntimeException failed) {
      vector.close();
      throw failed;
    }
  }

  void read(DuckDBReadableVector argument, FieldVector vector, int rows) {
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
