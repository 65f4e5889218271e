package io.auspex.engine.source.type;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;

/** Values of any length: text in UTF-8, bytes. Rows are written in order. */
final class BytesColumn extends ColumnBuilder {
  private static final int FIRST_BYTES = 4096;

  private ArrowBuf offsets;
  private ArrowBuf bytes;
  private long offsetsAddress;
  private long bytesAddress;
  private long room;
  private long used;

  BytesColumn(BufferAllocator allocator) {
    super(allocator);
  }

  void put(int row, byte[] value) {
    put(row, value, 0, value.length);
  }

  void put(int row, byte[] value, int from, int length) {
    int start = MemoryUtil.getInt(offsetsAddress + ((long) row << 2));
    long end = (long) start + length;
    if (end > room) {
      makeRoom(start, end);
    }
    MemoryUtil.copyToMemory(value, from, bytesAddress + start, length);
    MemoryUtil.putInt(offsetsAddress + ((row + 1L) << 2), (int) end);
    used = end;
  }

  private void makeRoom(long kept, long end) {
    if (end > Integer.MAX_VALUE) {
      throw new ValueException("more than 2 GiB of text in a batch", "text", "Set fetch_size.");
    }
    bytes = grown(bytes, kept, Math.max(FIRST_BYTES, Math.max(end, 2 * room)));
    bytesAddress = bytes.memoryAddress();
    room = bytes.capacity();
  }

  @Override
  void grow(int rows) {
    boolean isFirst = offsets == null;
    offsets = grown(offsets, isFirst ? 0 : offsets.capacity(), (rows + 1L) << 2);
    offsetsAddress = offsets.memoryAddress();
    if (isFirst) {
      MemoryUtil.putInt(offsetsAddress, 0);
    }
  }

  @Override
  void clear(int row) {
    int start = MemoryUtil.getInt(offsetsAddress + ((long) row << 2));
    MemoryUtil.putInt(offsetsAddress + ((row + 1L) << 2), start);
    used = start;
  }

  @Override
  public long variableBytes() {
    return used;
  }

  @Override
  void addBuffers(List<ArrowBuf> buffers, int rows) {
    if (bytes == null) {
      bytes = allocator.buffer(1);
    }
    offsets.writerIndex((rows + 1L) << 2);
    bytes.writerIndex(MemoryUtil.getInt(offsetsAddress + ((long) rows << 2)));
    buffers.add(offsets);
    buffers.add(bytes);
  }

  @Override
  public void close() {
    super.close();
    if (offsets != null) {
      offsets.close();
      offsets = null;
    }
    if (bytes != null) {
      bytes.close();
      bytes = null;
    }
    room = 0;
    used = 0;
  }
}
