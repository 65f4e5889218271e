package io.auspex.udf.predict;

import io.auspex.catalog.ElementType;
import io.auspex.udf.kernel.Program;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/** A batch's column of an output, as a program fills it block by block. For one thread. */
final class KernelOutput {
  private final KernelModel.Target target;
  private final Batch batch;
  private final ElementType type;
  private final int width;
  private final ArrowBuf memory;
  private final ByteBuffer bytes;
  private final String[] texts;

  /**
   * @param areAll whether all rows will come
   */
  KernelOutput(KernelModel.Target target, Batch batch, boolean areAll) {
    this.target = target;
    this.batch = batch;
    this.type = target.output().type();
    this.width = target.results().size();
    boolean isText = type == ElementType.STRING;
    long size = isText ? 0 : (long) batch.rows() * width * type.bytes();
    this.memory = batch.scratch(size);
    this.bytes = Batch.bytes(memory, 0, size);
    this.texts = isText ? new String[batch.rows() * width] : null;
    if (!areAll && isText) {
      Arrays.fill(texts, "");
    } else if (!areAll) {
      memory.setZero(0, size);
    }
  }

  /**
   * Takes a block's results.
   *
   * @param places of its rows
   */
  void take(int[] places, int rows, double[][] values) {
    for (int i = 0; i < width; i++) {
      Program.Result result = target.results().get(i);
      double[] column = values[target.first() + i];
      switch (type) {
        case FLOAT -> {
          for (int row = 0; row < rows; row++) {
            bytes.putFloat((places[row] * width + i) * Float.BYTES, (float) column[row]);
          }
        }
        case DOUBLE -> {
          for (int row = 0; row < rows; row++) {
            bytes.putDouble((places[row] * width + i) * Double.BYTES, column[row]);
          }
        }
        case INT32 -> {
          for (int row = 0; row < rows; row++) {
            bytes.putInt((places[row] * width + i) * Integer.BYTES, (int) column[row]);
          }
        }
        case STRING -> {
          for (int row = 0; row < rows; row++) {
            texts[places[row] * width + i] = result.texts().get((int) column[row]);
          }
        }
        default -> {
          for (int row = 0; row < rows; row++) {
            bytes.putLong((places[row] * width + i) * Long.BYTES, (long) column[row]);
          }
        }
      }
    }
  }

  /** The column, owned by the caller. */
  FieldVector column(BufferAllocator allocator) {
    ColumnShape column = new ColumnShape(target.output(), target.keys());
    return column.build(
        allocator,
        batch,
        List.of(new ColumnShape.Rows(batch.rows(), target.dimensions())),
        (leaf, length) -> {
          if (texts != null) {
            Strings.load(leaf, Arrays.asList(texts), 1, column.leafNulls(batch));
          } else {
            Vectors.load(leaf, length, column.leafNulls(batch), memory);
          }
        });
  }
}
