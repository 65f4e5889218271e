package io.auspex.udf.predict;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/** Copies rows from vectors into another of their type. */
final class RowCopy {
  private RowCopy() {}

  /** An empty vector of the type of {@code like}; the caller's to close. */
  static FieldVector vector(FieldVector like, int rows, BufferAllocator allocator) {
    FieldVector vector = like.getField().createVector(allocator);
    try {
      vector.setInitialCapacity(rows);
      vector.allocateNew();
      return vector;
    } catch (RuntimeException | Error failed) {
      vector.close();
      throw failed;
    }
  }

  /** These rows of a vector as one of their own; the caller's to close. */
  static FieldVector select(FieldVector from, int[] rows, BufferAllocator allocator) {
    FieldVector to = vector(from, rows.length, allocator);
    try {
      boolean isPlain =
          to instanceof BaseFixedWidthVector fixed
              && !(to instanceof BitVector)
              && fixed.getTypeWidth() <= Long.BYTES;
      if (isPlain && from.getNullCount() == 0) {
        selectPlain((BaseFixedWidthVector) from, rows, (BaseFixedWidthVector) to);
        return to;
      }
      for (int i = 0; i < rows.length; i++) {
        copy(from, rows[i], to, i, Trim.NONE, 0);
      }
      to.setValueCount(rows.length);
      return to;
    } catch (RuntimeException | Error failed) {
      to.close();
      throw failed;
    }
  }

  private static void selectPlain(BaseFixedWidthVector from, int[] rows, BaseFixedWidthVector to) {
    int width = from.getTypeWidth();
    ByteBuffer values = Batch.bytes(from.getDataBuffer(), 0, (long) from.getValueCount() * width);
    ByteBuffer selected = Batch.bytes(to.getDataBuffer(), 0, (long) rows.length * width);
    for (int i = 0; i < rows.length; i++) {
      switch (width) {
        case 1 -> selected.put(i, values.get(rows[i]));
        case 2 -> selected.putShort(2 * i, values.getShort(2 * rows[i]));
        case 4 -> selected.putInt(4 * i, values.getInt(4 * rows[i]));
        default -> selected.putLong(8 * i, values.getLong(8 * rows[i]));
      }
    }
    to.getValidityBuffer().setOne(0, BitVectorHelper.getValidityBufferSize(rows.length));
    to.setValueCount(rows.length);
  }

  /**
   * Copies a row behind those that were copied before.
   *
   * @param level 0 for the rows themselves
   */
  static void copy(FieldVector from, int at, FieldVector to, int row, Trim trim, int level) {
    if (from.isNull(at)) {
      to.setNull(row);
    } else if (to instanceof ListVector list) {
      ListVector source = (ListVector) from;
      int first = source.getElementStartIndex(at);
      int size = trim.size(level, source.getElementEndIndex(at) - first);
      int start = list.startNewValue(row);
      copyElements(source, first, list, start, size, trim, level + 1);
      list.endValue(row, size);
    } else if (to instanceof FixedSizeListVector array) {
      int size = array.getListSize();
      int start = array.startNewValue(row);
      copyElements(from, at * size, array, start, size, trim, level + 1);
    } else if (to instanceof StructVector struct) {
      struct.setIndexDefined(row);
      List<FieldVector> fields = struct.getChildrenFromFields();
      for (int i = 0; i < fields.size(); i++) {
        FieldVector source = from.getChildrenFromFields().get(i);
        copy(source, at, fields.get(i), row, trim, level);
      }
    } else {
      to.copyFromSafe(at, row, from);
    }
  }

  private static void copyElements(
      FieldVector from, int first, FieldVector to, int start, int size, Trim trim, int level) {
    FieldVector source = Vectors.elements(from);
    FieldVector target = Vectors.elements(to);
    boolean isPlain =
        target instanceof BaseFixedWidthVector
            && !(target instanceof BitVector)
            && haveNoNulls(source, first, size);
    if (isPlain) {
      copyBytes((BaseFixedWidthVector) source, first, (BaseFixedWidthVector) target, start, size);
      return;
    }
    for (int i = 0; i < size; i++) {
      copy(source, first + i, target, start + i, trim, level);
    }
  }

  /**
   * Whether none of these elements is NULL. Others are not looked at: counting a vector's NULLs for
   * each of its rows would take far longer than copying them.
   */
  private static boolean haveNoNulls(FieldVector elements, int first, int size) {
    for (int i = first; i < first + size; i++) {
      if (elements.isNull(i)) {
        return false;
      }
    }
    return true;
  }

  private static void copyBytes(
      BaseFixedWidthVector from, int first, BaseFixedWidthVector to, int start, int size) {
    while (to.getValueCapacity() < start + size) {
      to.reAlloc();
    }
    long width = from.getTypeWidth();
    to.getDataBuffer().setBytes(start * width, from.getDataBuffer(), first * width, size * width);
    for (int i = start; i < start + size; i++) {
      BitVectorHelper.setBit(to.getValidityBuffer(), i);
    }
  }
}
