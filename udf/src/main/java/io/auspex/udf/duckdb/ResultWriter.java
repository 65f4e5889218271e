package io.auspex.udf.duckdb;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
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
import org.duckdb.DuckDBWritableVector;

/** Writes predictions of one value a row as DuckDB's own type. */
final class ResultWriter {
  private ResultWriter() {}

  private interface Setter {
    void set(int row);
  }

  static void write(FieldVector vector, int rows, DuckDBWritableVector result) {
    if (VectorMemory.write(vector, result, rows)) {
      return;
    }
    Setter setter = setter(vector, result);
    for (int row = 0; row < rows; row++) {
      if (vector.isNull(row)) {
        result.setNull(row);
      } else {
        setter.set(row);
      }
    }
  }

  private static Setter setter(FieldVector vector, DuckDBWritableVector to) {
    if (vector instanceof Float4Vector from) {
      return row -> to.setFloat(row, from.get(row));
    } else if (vector instanceof Float8Vector from) {
      return row -> to.setDouble(row, from.get(row));
    } else if (vector instanceof BigIntVector from) {
      return row -> to.setLong(row, from.get(row));
    } else if (vector instanceof IntVector from) {
      return row -> to.setInt(row, from.get(row));
    } else if (vector instanceof SmallIntVector from) {
      return row -> to.setShort(row, from.get(row));
    } else if (vector instanceof TinyIntVector from) {
      return row -> to.setByte(row, from.get(row));
    } else if (vector instanceof BitVector from) {
      return row -> to.setBoolean(row, from.get(row) != 0);
    } else if (vector instanceof VarCharVector from) {
      return row -> to.setString(row, new String(from.get(row), StandardCharsets.UTF_8));
    }
    return unsigned(vector, to);
  }

  private static Setter unsigned(FieldVector vector, DuckDBWritableVector to) {
    if (vector instanceof UInt1Vector from) {
      return row -> to.setUint8(row, Byte.toUnsignedInt(from.get(row)));
    } else if (vector instanceof UInt2Vector from) {
      return row -> to.setUint16(row, from.get(row));
    } else if (vector instanceof UInt4Vector from) {
      return row -> to.setUint32(row, Integer.toUnsignedLong(from.get(row)));
    }
    UInt8Vector from = (UInt8Vector) vector;
    return row -> to.setUint64(row, new BigInteger(Long.toUnsignedString(from.get(row))));
  }
}
