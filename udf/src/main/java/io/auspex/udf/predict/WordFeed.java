package io.auspex.udf.predict;

import ai.onnxruntime.OrtException;
import io.auspex.catalog.ElementType;
import io.auspex.udf.onnx.edit.Literal;
import io.auspex.udf.onnx.rewrite.SessionGraph;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;

/**
 * Feeds an input of strings, from a column a feature or from one array column: the batch's distinct
 * words, and the number of each value's word. A NULL is the empty string, in a row whose prediction
 * is NULL.
 *
 * @param columns the ordinals of the features, by their place in the tensor
 * @param array whether they are one column of arrays
 * @param pad what shorter arrays are filled up with
 * @param utf8 whether the model looks inside strings
 */
record WordFeed(
    SessionGraph.Feed to,
    int[] columns,
    boolean array,
    Optional<Literal> pad,
    boolean utf8,
    String model)
    implements InputFeed {

  @Override
  public Optional<RowSizes> sizes(List<FieldVector> features, int rows) {
    return array
        ? RowSizes.of(features.get(columns[0]), rows, to.input(), pad.isPresent())
        : Optional.empty();
  }

  @Override
  public void feed(Batch batch, List<FieldVector> features) throws OrtException {
    Words words = new Words();
    if (array) {
      feedArray(batch, features.get(columns[0]), words);
    } else {
      feedColumns(batch, features, words);
    }
    batch.feedWords(to.words().orElseThrow(), WordTensor.of(words.utf8(), utf8));
  }

  private void feedColumns(Batch batch, List<FieldVector> features, Words words) {
    long[] rowShape = InputFeed.rowShape(to, columns.length);
    IntBuffer index = index(batch, columns.length, rowShape);
    for (int slot = 0; slot < columns.length; slot++) {
      VarCharVector column = (VarCharVector) features.get(columns[slot]);
      Words.Reader reader = words.reader(column);
      for (int row = 0; row < batch.rows(); row++) {
        index.put(row * columns.length + slot, reader.number(row));
      }
      Cells.forEachNull(column, 0, batch.rows(), batch.nullRows()::set);
    }
  }

  private void feedArray(Batch batch, FieldVector column, Words words) {
    ArrayRows rows = ArrayRows.of(column, batch.rows(), to.input(), pad.isPresent(), model);
    IntBuffer index = index(batch, rows.rowSize(), rows.rowShape());
    VarCharVector values = (VarCharVector) rows.values();
    pad.ifPresent(value -> fill(index, words.number(value.texts().get(0))));
    Words.Reader reader = words.reader(values);
    rows.visit(
        new ArrayRows.Visitor() {
          @Override
          public void elements(int start, int count, int position) {
            for (int i = 0; i < count; i++) {
              index.put(position + i, reader.number(start + i));
            }
            Cells.forEachNull(values, start, count, cell -> markNull(position + cell - start));
          }

          @Override
          public void missing(int row, int count, int position) {
            batch.nullRows().set(row);
            for (int i = 0; i < count; i++) {
              index.put(position + i, Words.EMPTY);
            }
          }

          private void markNull(int position) {
            batch.nullRows().set(position / rows.rowSize());
          }
        });
  }

  private static void fill(IntBuffer index, int word) {
    for (int i = 0; i < index.limit(); i++) {
      index.put(i, word);
    }
  }

  /** The memory of the index, fed, to be filled. */
  private IntBuffer index(Batch batch, int rowSize, long[] rowShape) {
    long bytes = (long) batch.rows() * rowSize * Integer.BYTES;
    ByteBuffer memory = Batch.bytes(batch.scratch(bytes), 0, bytes);
    batch.feed(new Batch.Values(to.name(), ElementType.INT32, memory, rowShape));
    return memory.asIntBuffer();
  }
}
