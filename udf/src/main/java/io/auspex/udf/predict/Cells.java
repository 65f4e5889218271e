package io.auspex.udf.predict;

import ai.onnxruntime.platform.Fp16Conversions;
import io.auspex.catalog.ElementType;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.function.IntConsumer;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;

/**
 * Copies values of a vector into the memory of a tensor. Positions of a tensor are counted in
 * elements.
 */
final class Cells {
  private Cells() {}

  /** Whether the vector's values lie in memory as a tensor's of {@code type} do. */
  static boolean areLike(FieldVector vector, ElementType type) {
    return vector instanceof BaseFixedWidthVector fixed
        && !(vector instanceof BitVector)
        && fixed.getTypeWidth() == type.bytes();
  }

  /**
   * Copies {@code count} values from {@code start} on, to the positions {@code to}, {@code to +
   * step}, …. What lies under NULLs is copied too. A DOUBLE is rounded to the nearest FLOAT, or to
   * an infinity, as IEEE 754 says.
   */
  static void copy(
      FieldVector vector,
      int start,
      int count,
      ByteBuffer tensor,
      ElementType type,
      int to,
      int step) {
    if (vector instanceof BitVector bits) {
      copyBits(bits, start, count, tensor, to, step);
      return;
    }
    int width = ((BaseFixedWidthVector) vector).getTypeWidth();
    ByteBuffer values =
        Batch.bytes(vector.getDataBuffer(), (long) start * width, (long) count * width);
    if (vector instanceof Float8Vector && type == ElementType.FLOAT) {
      round(values.asDoubleBuffer(), count, tensor.asFloatBuffer(), to, step);
      return;
    } else if (type == ElementType.FLOAT16 || type == ElementType.BFLOAT16) {
      boolean wide = vector instanceof Float8Vector;
      ShortBuffer halves = tensor.asShortBuffer();
      for (int i = 0, position = to; i < count; i++, position += step) {
        float value = wide ? (float) values.getDouble(i * 8) : values.getFloat(i * 4);
        halves.put(position, half(value, type));
      }
      return;
    }
    switch (width) {
      case 1 -> copy1(values, count, tensor, to, step);
      case 2 -> copy2(values.asShortBuffer(), count, tensor.asShortBuffer(), to, step);
      case 4 -> copy4(values.asIntBuffer(), count, tensor.asIntBuffer(), to, step);
      default -> copy8(values.asLongBuffer(), count, tensor.asLongBuffer(), to, step);
    }
  }

  private static void copyBits(
      BitVector bits, int start, int count, ByteBuffer tensor, int to, int step) {
    for (int i = 0, position = to; i < count; i++, position += step) {
      tensor.put(position, (byte) BitVectorHelper.get(bits.getDataBuffer(), start + i));
    }
  }

  private static void round(DoubleBuffer values, int count, FloatBuffer tensor, int to, int step) {
    for (int i = 0, position = to; i < count; i++, position += step) {
      tensor.put(position, (float) values.get(i));
    }
  }

  private static short half(float value, ElementType type) {
    return type == ElementType.FLOAT16
        ? Fp16Conversions.floatToFp16(value)
        : Fp16Conversions.floatToBf16(value);
  }

  private static void copy1(ByteBuffer values, int count, ByteBuffer tensor, int to, int step) {
    for (int i = 0, position = to; i < count; i++, position += step) {
      tensor.put(position, values.get(i));
    }
  }

  private static void copy2(ShortBuffer values, int count, ShortBuffer tensor, int to, int step) {
    for (int i = 0, position = to; i < count; i++, position += step) {
      tensor.put(position, values.get(i));
    }
  }

  private static void copy4(IntBuffer values, int count, IntBuffer tensor, int to, int step) {
    for (int i = 0, position = to; i < count; i++, position += step) {
      tensor.put(position, values.get(i));
    }
  }

  private static void copy8(LongBuffer values, int count, LongBuffer tensor, int to, int step) {
    for (int i = 0, position = to; i < count; i++, position += step) {
      tensor.put(position, values.get(i));
    }
  }

  /**
   * Copies four columns of 4-byte values side by side, from the position {@code to} on: one pass
   * over a matrix's rows for four of its columns is nearly twice as fast as one for each.
   */
  static void copyFour(FieldVector[] columns, int count, ByteBuffer tensor, int to, int step) {
    IntBuffer a = ints(columns[0], count);
    IntBuffer b = ints(columns[1], count);
    IntBuffer c = ints(columns[2], count);
    IntBuffer d = ints(columns[3], count);
    IntBuffer matrix = tensor.asIntBuffer();
    for (int i = 0, position = to; i < count; i++, position += step) {
      matrix.put(position, a.get(i));
      matrix.put(position + 1, b.get(i));
      matrix.put(position + 2, c.get(i));
      matrix.put(position + 3, d.get(i));
    }
  }

  private static IntBuffer ints(FieldVector column, int count) {
    return Batch.bytes(column.getDataBuffer(), 0, 4L * count).asIntBuffer();
  }

  /** Puts what stands for NULL at a position: NaN where the type has it, otherwise 0. */
  static void putNull(ByteBuffer tensor, ElementType type, int position) {
    switch (type) {
      case FLOAT -> tensor.putFloat(position * Float.BYTES, Float.NaN);
      case DOUBLE -> tensor.putDouble(position * Double.BYTES, Double.NaN);
      case FLOAT16, BFLOAT16 -> tensor.putShort(position * Short.BYTES, half(Float.NaN, type));
      default -> {
        for (int i = 0; i < type.bytes(); i++) {
          tensor.put(position * type.bytes() + i, (byte) 0);
        }
      }
    }
  }

  /** Copies a value of a tensor to another position. */
  static void move(ByteBuffer tensor, ElementType type, int from, int to) {
    for (int i = 0; i < type.bytes(); i++) {
      tensor.put(to * type.bytes() + i, tensor.get(from * type.bytes() + i));
    }
  }

  /** The first of the rows that has a value; −1 where none has. */
  static int firstNotNull(FieldVector vector, int rows) {
    for (int row = 0; row < rows; row++) {
      if (!vector.isNull(row)) {
        return row;
      }
    }
    return -1;
  }

  /** Calls {@code atNull} with each of the {@code count} values from {@code start} that is NULL. */
  static void forEachNull(FieldVector vector, int start, int count, IntConsumer atNull) {
    ArrowBuf validity = vector.getValidityBuffer();
    int end = start + count;
    for (int i = start; i < end; i++) {
      // Most have none: 64 at once, of those that are asked for only.
      if (i % Long.SIZE == 0 && i + Long.SIZE <= end && validity.getLong(i / Byte.SIZE) == -1) {
        i += Long.SIZE - 1;
      } else if (BitVectorHelper.get(validity, i) == 0) {
        atNull.accept(i);
      }
    }
  }
}
