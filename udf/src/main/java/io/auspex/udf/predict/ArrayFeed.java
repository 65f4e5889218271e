package io.auspex.udf.predict;

import io.auspex.udf.onnx.edit.Literal;
import io.auspex.udf.onnx.rewrite.SessionGraph;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;

/**
 * Feeds an input of numbers or booleans from one array column: over the column's own memory where
 * its rows lie there as the tensor's do. A NULL array is an array of NULLs, if the input says how
 * long it would be; otherwise the row's prediction is NULL.
 *
 * @param pad what shorter arrays are filled up with
 */
record ArrayFeed(SessionGraph.Feed to, int column, Optional<Literal> pad, String model)
    implements InputFeed {

  @Override
  public Optional<RowSizes> sizes(List<FieldVector> features, int rows) {
    return RowSizes.of(features.get(column), rows, to.input(), pad.isPresent());
  }

  @Override
  public void feed(Batch batch, List<FieldVector> features) {
    ArrayRows rows =
        ArrayRows.of(features.get(column), batch.rows(), to.input(), pad.isPresent(), model);
    ByteBuffer tensor = inPlace(rows) ? over(batch, rows) : copied(batch, rows);
    batch.feed(new Batch.Values(to.name(), to.type(), tensor, rows.rowShape()));
  }

  private boolean inPlace(ArrayRows rows) {
    return rows.areContiguous()
        && Cells.areLike(rows.values(), to.type())
        && rows.values().getNullCount() == 0;
  }

  private ByteBuffer over(Batch batch, ArrayRows rows) {
    long bytes = to.type().bytes();
    return Batch.bytes(
        rows.values().getDataBuffer(),
        rows.start() * bytes,
        (long) batch.rows() * rows.rowSize() * bytes);
  }

  private ByteBuffer copied(Batch batch, ArrayRows rows) {
    long bytes = (long) batch.rows() * rows.rowSize() * to.type().bytes();
    ArrowBuf memory = batch.scratch(bytes);
    ByteBuffer tensor = Batch.bytes(memory, 0, bytes);
    pad.ifPresent(value -> fill(tensor, value.element()));
    rows.visit(
        new ArrayRows.Visitor() {
          @Override
          public void elements(int start, int count, int position) {
            Cells.copy(rows.values(), start, count, tensor, to.type(), position, 1);
            Cells.forEachNull(
                rows.values(), start, count, cell -> putNull(position + cell - start));
          }

          @Override
          public void missing(int row, int count, int position) {
            if (to.input().width() < 0) {
              batch.nullRows().set(row);
            }
            for (int i = 0; i < count; i++) {
              putNull(position + i);
            }
          }

          private void putNull(int position) {
            Cells.putNull(tensor, to.type(), position);
            if (!to.input().type().isFloatingPoint()) {
              batch.nullRows().set(position / rows.rowSize());
            }
          }
        });
    return tensor;
  }

  private static void fill(ByteBuffer tensor, byte[] element) {
    for (int i = 0; i < tensor.limit(); i++) {
      tensor.put(i, element[i % element.length]);
    }
  }
}
