package io.auspex.engine.stream;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.util.TransferPair;

/** Columns of {@code rows} rows, on their way from one stage to the next; owned by one of them. */
public record Batch(List<FieldVector> columns, int rows) implements AutoCloseable {

  /** Takes the rows out of {@code root}; buffers change hands, no value is copied. */
  static Batch take(VectorSchemaRoot root, BufferAllocator allocator) {
    List<FieldVector> columns = new ArrayList<>();
    for (FieldVector column : root.getFieldVectors()) {
      TransferPair pair = column.getTransferPair(allocator);
      pair.transfer();
      columns.add((FieldVector) pair.getTo());
    }
    return new Batch(columns, root.getRowCount());
  }

  /** Puts the rows into {@code root} in place of those it has; this batch is empty afterwards. */
  public void give(VectorSchemaRoot root) {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).makeTransferPair(root.getVector(i)).transfer();
    }
    root.setRowCount(rows);
    close();
  }

  @Override
  public void close() {
    columns.forEach(FieldVector::close);
  }
}
