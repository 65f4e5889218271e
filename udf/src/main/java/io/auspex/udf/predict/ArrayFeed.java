package io.auspex.udf.predict;

import ai.onnxruntime.OrtException;
import io.auspex.udf.onnx.rewrite.SessionGraph;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;

/**
 * Feeds an input of numbers or booleans from one array column: over the column's own memory where
 * its rows lie there as the tensor's do. A NULL array is a row of NULLs.
 */
record ArrayFeed(SessionGraph.Feed to, int column, String model) implements InputFeed {

  @Override
  public void feed(Batch batch, List<FieldVector> features) throws OrtException {
    ArrayRows rows = ArrayRows.of(features.get(column), batch.rows(), to.input(), model);
    if (rows.width() < 0) {
      batch.nullRows().set(0, batch.rows());
      rows = new ArrayRows(rows.column(), rows.values(), 1);
    }
    int cells = Math.multiplyExact(batch.rows(), rows.width());
    ByteBuffer tensor = inPlace(batch, rows) ? over(rows, cells) : copied(batch, rows, cells);
    batch.feed(
        to.name(),
        batch.tensor(tensor, to.type(), InputFeed.shape(to, batch.rows(), rows.width())));
  }

  private boolean inPlace(Batch batch, ArrayRows rows) {
    return rows.areContiguous(batch.rows())
        && Cells.areLike(rows.values(), to.type())
        && rows.values().getNullCount() == 0;
  }

  private ByteBuffer over(ArrayRows rows, int cells) {
    long bytes = to.type().bytes();
    return Batch.bytes(rows.values().getDataBuffer(), rows.start(0) * bytes, cells * bytes);
  }

  private ByteBuffer copied(Batch batch, ArrayRows rows, int cells) {
    long bytes = (long) cells * to.type().bytes();
    ArrowBuf memory = batch.scratch(Math.max(1, bytes));
    ByteBuffer tensor = Batch.bytes(memory, 0, bytes);
    if (rows.areContiguous(batch.rows())) {
      copyCells(batch, rows, rows.start(0), cells, tensor, 0);
      return tensor;
    }
    for (int row = 0; row < batch.rows(); row++) {
      if (rows.isNull(row)) {
        putNullRow(batch, rows, row, tensor);
      } else {
        copyCells(batch, rows, rows.start(row), rows.width(), tensor, row * rows.width());
      }
    }
    return tensor;
  }

  private void copyCells(
      Batch batch, ArrayRows rows, int start, int count, ByteBuffer tensor, int at) {
    Cells.copy(rows.values(), start, count, tensor, to.type(), at, 1);
    Cells.forEachNull(
        rows.values(),
        start,
        count,
        cell -> {
          int position = at + cell - start;
          Cells.putNull(tensor, to.type(), position);
          refuseNull(batch, position / rows.width());
        });
  }

  private void putNullRow(Batch batch, ArrayRows rows, int row, ByteBuffer tensor) {
    for (int i = 0; i < rows.width(); i++) {
      Cells.putNull(tensor, to.type(), row * rows.width() + i);
    }
    refuseNull(batch, row);
  }

  private void refuseNull(Batch batch, int row) {
    if (!to.input().type().isFloatingPoint()) {
      batch.nullRows().set(row);
    }
  }
}
