package io.auspex.udf.predict;

import ai.onnxruntime.OrtException;
import io.auspex.catalog.ElementType;
import io.auspex.udf.onnx.rewrite.SessionGraph;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;

/**
 * Feeds an input of strings, from a column a feature or from one array column: the batch's distinct
 * words, and the number of each value's word. A NULL is the empty string, in a row whose prediction
 * is NULL.
 *
 * @param columns the ordinals of the features, by their place in the tensor
 * @param array whether they are one column of arrays
 */
record WordFeed(SessionGraph.Feed to, int[] columns, boolean array, String model)
    implements InputFeed {

  @Override
  public void feed(Batch batch, List<FieldVector> features) throws OrtException {
    Words words = new Words();
    if (array) {
      feedArray(batch, features.get(columns[0]), words);
    } else {
      feedColumns(batch, features, words);
    }
    batch.feed(to.words().orElseThrow(), batch.tensor(words.toArray()));
  }

  private void feedColumns(Batch batch, List<FieldVector> features, Words words)
      throws OrtException {
    IntBuffer index = index(batch, columns.length);
    for (int slot = 0; slot < columns.length; slot++) {
      VarCharVector column = (VarCharVector) features.get(columns[slot]);
      Words.Reader reader = words.reader(column);
      for (int row = 0; row < batch.rows(); row++) {
        index.put(row * columns.length + slot, reader.number(row));
      }
      Cells.forEachNull(column, 0, batch.rows(), batch.nullRows()::set);
    }
  }

  private void feedArray(Batch batch, FieldVector column, Words words) throws OrtException {
    ArrayRows rows = ArrayRows.of(column, batch.rows(), to.input(), model);
    int width = Math.max(1, rows.width());
    IntBuffer index = index(batch, width);
    VarCharVector values = (VarCharVector) rows.values();
    Words.Reader reader = words.reader(values);
    for (int row = 0; row < batch.rows(); row++) {
      boolean missing = rows.isNull(row);
      for (int i = 0; i < width; i++) {
        int cell = missing ? -1 : rows.start(row) + i;
        missing = missing || values.isNull(cell);
        index.put(row * width + i, missing ? Words.EMPTY : reader.number(cell));
      }
      batch.nullRows().set(row, batch.nullRows().get(row) || missing);
    }
  }

  /** The index's tensor {@code [N,F]}, fed, to be filled. */
  private IntBuffer index(Batch batch, int width) throws OrtException {
    long bytes = (long) batch.rows() * width * Integer.BYTES;
    ByteBuffer memory = Batch.bytes(batch.scratch(bytes), 0, bytes);
    long[] shape = InputFeed.shape(to, batch.rows(), width);
    batch.feed(to.name(), batch.tensor(memory, ElementType.INT32, shape));
    return memory.asIntBuffer();
  }
}
