package io.auspex.udf.duckdb;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBReadableVector;

/**
 * Arguments of a BLOB a row. DuckDB hands no bytes to functions in Java, so they come as text in
 * Base64.
 */
record BlobArgument() implements ArgumentReader {
  /** The text to hand over, as SQL. */
  static String text(String blob) {
    return "to_base64(" + blob + ")";
  }

  @Override
  public DuckDBColumnType columnType() {
    return DuckDBColumnType.VARCHAR;
  }

  @Override
  public FieldVector allocate(BufferAllocator allocator, int rows) {
    return ArgumentReader.allocated(new VarBinaryVector("argument", allocator), rows);
  }

  @Override
  public void read(DuckDBReadableVector argument, FieldVector vector, int rows) {
    VarBinaryVector blobs = (VarBinaryVector) vector;
    for (int row = 0; row < rows; row++) {
      if (argument.isNull(row)) {
        blobs.setNull(row);
      } else {
        byte[] text = argument.getString(row).getBytes(StandardCharsets.US_ASCII);
        blobs.setSafe(row, Base64.getDecoder().decode(text));
      }
    }
    blobs.setValueCount(rows);
  }
}
