package io.auspex.udf.duckdb;

import io.auspex.udf.binding.Feature;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBReadableVector;

/** Reads an argument's values into an Arrow vector. */
sealed interface ArgumentReader permits ScalarArgument, ArrayArgument, BlobArgument {

  static ArgumentReader of(Feature feature) {
    if (feature.isBlob()) {
      return new BlobArgument();
    }
    return feature.isArray()
        ? new ArrayArgument(ScalarArgument.valueOf(feature.elementType()))
        : ScalarArgument.valueOf(feature.sqlType());
  }

  /** The type of the function's parameter. */
  DuckDBColumnType columnType();

  /** A vector for {@code rows} values, owned by the caller. */
  FieldVector allocate(BufferAllocator allocator, int rows);

  /** The vector with memory for {@code rows} values; closed where there is none to be had. */
  static FieldVector allocated(FieldVector vector, int rows) {
    try {
      vector.setInitialCapacity(rows);
      vector.allocateNew();
      return vector;
    } catch (RuntimeException failed) {
      vector.close();
      throw failed;
    }
  }

  /** Reads all rows. */
  void read(DuckDBReadableVector argument, FieldVector vector, int rows);
}
