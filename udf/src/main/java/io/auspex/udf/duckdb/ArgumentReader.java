package io.auspex.udf.duckdb;

import io.auspex.udf.binding.Feature;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBReadableVector;

/** Reads an argument's values into an Arrow vector. */
sealed interface ArgumentReader permits ScalarArgument, ArrayArgument, BlobArgument {

  static ArgumentReader of(Feature feature) {
    String type = feature.sqlType();
    if (type.equals(BlobArgument.TYPE)) {
      return new BlobArgument();
    }
    return type.endsWith("]")
        ? new ArrayArgument(ScalarArgument.valueOf(type.substring(0, type.indexOf('['))))
        : ScalarArgument.valueOf(type);
  }

  /** The type of the function's parameter. */
  DuckDBColumnType columnType();

  /** A vector for {@code rows} values, owned by the caller. */
  FieldVector allocate(BufferAllocator allocator, int rows);

  /** Reads all rows. */
  void read(DuckDBReadableVector argument, FieldVector vector, int rows);
}
