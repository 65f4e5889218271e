package io.auspex.udf.predict;

import io.auspex.udf.kernel.Program;
import io.auspex.udf.kernel.TextTable;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.VarCharVector;

/**
 * Reads the features of a batch for a program. For one thread.
 *
 * @param columns a vector for each of the program's reads
 */
record FeatureSource(List<FieldVector> columns, List<Program.Read> reads)
    implements Program.Source {

  @Override
  public void numbers(int column, int from, int rows, double[] to) {
    FieldVector vector = columns.get(column);
    boolean isFloat = reads.get(column).isFloat();
    if (vector instanceof BitVector bits) {
      for (int row = 0; row < rows; row++) {
        to[row] = BitVectorHelper.get(bits.getDataBuffer(), from + row);
      }
      return;
    }
    int width = ((BaseFixedWidthVector) vector).getTypeWidth();
    ByteBuffer values =
        Batch.bytes(vector.getDataBuffer(), (long) from * width, (long) rows * width);
    if (vector instanceof Float4Vector) {
      float[] floats = new float[rows];
      values.asFloatBuffer().get(floats);
      for (int row = 0; row < rows; row++) {
        to[row] = floats[row];
      }
    } else if (vector instanceof Float8Vector) {
      doubles(values.asDoubleBuffer(), rows, isFloat, to);
    } else {
      boolean isUnsigned = vector instanceof UInt1Vector;
      whole(values, isUnsigned ? 0 : width, isFloat, rows, to);
    }
    Cells.forEachNull(vector, from, rows, row -> to[row - from] = Double.NaN);
  }

  private static void doubles(DoubleBuffer doubles, int rows, boolean isFloat, double[] to) {
    for (int row = 0; row < rows; row++) {
      to[row] = isFloat ? (float) doubles.get(row) : doubles.get(row);
    }
  }

  /**
   * @param width bytes of a value; 0 for one without a sign
   */
  private static void whole(ByteBuffer values, int width, boolean isFloat, int rows, double[] to) {
    LongBuffer longs = values.asLongBuffer();
    IntBuffer ints = values.asIntBuffer();
    for (int row = 0; row < rows; row++) {
      long value =
          switch (width) {
            case 0 -> values.get(row) & 0xff;
            case 1 -> values.get(row);
            case 2 -> values.getShort(2 * row);
            case 4 -> ints.get(row);
            default -> longs.get(row);
          };
      to[row] = isFloat ? (float) value : value;
    }
  }

  @Override
  public void texts(int column, TextTable table, int from, int rows, double[] to) {
    VarCharVector texts = (VarCharVector) columns.get(column);
    ArrowBuf offsets = texts.getOffsetBuffer();
    int start = offsets.getInt((long) from * Integer.BYTES);
    int end = offsets.getInt((long) (from + rows) * Integer.BYTES);
    byte[] bytes = new byte[end - start];
    texts.getDataBuffer().getBytes(start, bytes);
    int at = 0;
    for (int row = 0; row < rows; row++) {
      int next = offsets.getInt((long) (from + row + 1) * Integer.BYTES) - start;
      to[row] = table.find(bytes, at, next - at);
      at = next;
    }
    Cells.forEachNull(texts, from, rows, row -> to[row - from] = -1);
  }
}
