package io.auspex.engine.source;

import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Rows on their way from a source; owned by one stage at a time. */
record SourceBatch(List<FieldVector> columns, int rows) implements AutoCloseable {

  /** Puts the rows into {@code root} in place of those it has; this batch is empty afterwards. */
  void give(VectorSchemaRoot root) {
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
