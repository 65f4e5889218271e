package io.auspex.engine.source.type;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;

/** Values of {@code width} bytes each, in the machine's byte order, as Arrow has them. */
final class FixedColumn extends ColumnBuilder {
  private final int width;
  private ArrowBuf values;
  private long address;

  FixedColumn(BufferAllocator allocator, int width) {
    super(allocator);
    this.width = width;
  }

  void putByte(int row, byte value) {
    MemoryUtil.putByte(address + row, value);
  }

  void putShort(int row, short value) {
    MemoryUtil.putShort(address + ((long) row << 1), value);
  }

  void putInt(int row, int value) {
    MemoryUtil.putInt(address + ((long) row << 2), value);
  }

  void putFloat(int row, float value) {
    putInt(row, Float.floatToRawIntBits(value));
  }

  void putLong(int row, long value) {
    MemoryUtil.putLong(address + ((long) row << 3), value);
  }

  void putDouble(int row, double value) {
    putLong(row, Double.doubleToRawLongBits(value));
  }

  /** A value of 16 bytes; what comes first in memory first. */
  void putLongs(int row, long first, long second) {
    long at = address + ((long) row << 4);
    MemoryUtil.putLong(at, first);
    MemoryUtil.putLong(at + Long.BYTES, second);
  }

  @Override
  void grow(int rows) {
    long kept = values == null ? 0 : values.capacity();
    values = grown(values, kept, (long) rows * width);
    address = values.memoryAddress();
  }

  @Override
  void clear(int row) {
    MemoryUtil.setMemory(address + (long) row * width, width, (byte) 0);
  }

  @Override
  public long variableBytes() {
    return 0;
  }

  @Override
  void addBuffers(List<ArrowBuf> buffers, int rows) {
    buffers.add(values);
  }

  @Override
  public void close() {
    super.close();
    if (values != null) {
      values.close();
      values = null;
    }
  }
}
