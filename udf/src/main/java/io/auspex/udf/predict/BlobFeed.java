package io.auspex.udf.predict;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ElementType;
import io.auspex.catalog.ErrorCode;
import io.auspex.udf.onnx.rewrite.SessionGraph;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarBinaryVector;

/**
 * Feeds an input from one BLOB a row: its elements' bytes, little-endian, in the tensor's order, as
 * ONNX itself and NumPy write them. A NULL is as many NULLs as the tensor has elements.
 */
record BlobFeed(SessionGraph.Feed to, int column, String model) implements InputFeed {

  @Override
  public void feed(Batch batch, List<FieldVector> features) {
    VarBinaryVector blobs = (VarBinaryVector) features.get(column);
    int values = Math.toIntExact(to.input().width());
    int bytes = values * to.type().bytes();
    long all = (long) batch.rows() * bytes;
    ArrowBuf memory = batch.scratch(all);
    ByteBuffer tensor = Batch.bytes(memory, 0, all);
    for (int row = 0; row < batch.rows(); row++) {
      if (!blobs.isNull(row)) {
        int start = blobs.getStartOffset(row);
        check(blobs.getEndOffset(row) - start, bytes, values);
        memory.setBytes((long) row * bytes, blobs.getDataBuffer(), start, bytes);
        continue;
      }
      for (int i = 0; i < values; i++) {
        Cells.putNull(tensor, to.type(), row * values + i);
      }
      if (!to.input().type().isFloatingPoint()) {
        batch.nullRows().set(row);
      }
    }
    if (to.type() == ElementType.BOOL) {
      for (int i = 0; i < all; i++) {
        tensor.put(i, (byte) (tensor.get(i) == 0 ? 0 : 1));
      }
    }
    batch.feed(new Batch.Values(to.name(), to.type(), tensor, InputFeed.rowShape(to, values)));
  }

  private void check(int found, int bytes, int values) {
    if (found != bytes) {
      throw new AuspexException(
          ErrorCode.BLOB_LENGTH, model, bytes, to.input().name(), values, to.input().type(), found);
    }
  }
}
