package io.auspex.udf.duckdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBWritableVector;

/**
 * Copies numbers between DuckDB's vectors and Arrow's as whole columns: both lay them out alike.
 *
 * <p>The driver hands values out one by one, each checked, and takes results under a lock each;
 * that took a quarter of what 20 features and a small network did. The memory behind a vector is a
 * private field of the driver. Where another version of it has none of that name, nothing is copied
 * here, and values go one by one.
 */
final class VectorMemory {
  private static final Optional<VarHandle> ARGUMENT = field(DuckDBReadableVector.class, "data");
  private static final Optional<VarHandle> ARGUMENT_VALIDITY =
      field(DuckDBReadableVector.class, "validity");
  private static final Optional<VarHandle> RESULT = field(DuckDBWritableVector.class, "data");
  private static final Optional<VarHandle> RESULT_VALIDITY =
      field(DuckDBWritableVector.class, "validity");

  private VectorMemory() {}

  private static Optional<VarHandle> field(Class<?> owner, String name) {
    try {
      return Optional.of(
          MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
              .findVarHandle(owner, name, ByteBuffer.class));
    } catch (ReflectiveOperationException | SecurityException other) {
      return Optional.empty();
    }
  }

  /** Whether the rows were copied; otherwise {@code to} is as it was. */
  static boolean read(DuckDBReadableVector from, FieldVector to, int rows) {
    if (ARGUMENT.isEmpty() || ARGUMENT_VALIDITY.isEmpty() || !isAlike(to)) {
      return false;
    }
    ByteBuffer values = (ByteBuffer) ARGUMENT.get().get(from);
    int bytes = rows * width(to);
    if (values.capacity() < bytes) {
      return false;
    }
    to.getDataBuffer().setBytes(0, values.duplicate().position(0).limit(bytes));
    ByteBuffer validity = (ByteBuffer) ARGUMENT_VALIDITY.get().get(from);
    ArrowBuf bits = to.getValidityBuffer();
    if (validity == null) {
      bits.setOne(0, bits.capacity());
    } else {
      bits.setBytes(0, validity.duplicate().position(0).limit((rows + 7) / 8));
    }
    to.setValueCount(rows);
    return true;
  }

  /** Whether the rows were copied; otherwise {@code to} is as it was. */
  static boolean write(FieldVector from, DuckDBWritableVector to, int rows) {
    if (RESULT.isEmpty() || RESULT_VALIDITY.isEmpty() || !isAlike(from)) {
      return false;
    }
    ByteBuffer values = (ByteBuffer) RESULT.get().get(to);
    int bytes = rows * width(from);
    if (values.capacity() < bytes) {
      return false;
    }
    from.getDataBuffer().getBytes(0, values.duplicate().position(0).limit(bytes));
    // The driver hands a result over with every row NULL.
    ByteBuffer validity = (ByteBuffer) RESULT_VALIDITY.get().get(to);
    ByteBuffer bits = validity.duplicate().position(0).limit((rows + 7) / 8);
    if (from.getNullCount() > 0) {
      from.getValidityBuffer().getBytes(0, bits);
    } else {
      while (bits.hasRemaining()) {
        bits.put((byte) -1);
      }
    }
    return true;
  }

  /** DuckDB has a byte for a boolean, Arrow a bit. */
  private static boolean isAlike(FieldVector vector) {
    return vector instanceof BaseFixedWidthVector && !(vector instanceof BitVector);
  }

  private static int width(FieldVector vector) {
    return ((BaseFixedWidthVector) vector).getTypeWidth();
  }
}
