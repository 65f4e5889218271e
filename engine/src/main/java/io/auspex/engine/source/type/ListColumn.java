package io.auspex.engine.source.type;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/** Lists, whose elements a builder of their own has, one after the other. */
final class ListColumn extends ColumnBuilder {
  private final ColumnBuilder elements;
  private ArrowBuf offsets;
  private long offsetsAddress;

  ListColumn(BufferAllocator allocator, ColumnBuilder elements) {
    super(allocator);
    this.elements = elements;
  }

  ColumnBuilder elements() {
    return elements;
  }

  /**
   * Makes the row a list of so many elements, for which there is room then.
   *
   * @return the place of its first element
   */
  int put(int row, int length) {
    int start = MemoryUtil.getInt(offsetsAddress + ((long) row << 2));
    elements.reserve(start + length);
    MemoryUtil.putInt(offsetsAddress + ((row + 1L) << 2), start + length);
    return start;
  }

  @Override
  public void begin(int rows) {
    super.begin(rows);
    elements.begin(rows);
  }

  @Override
  void grow(int rows) {
    boolean isFirst = offsets == null;
    offsets = grown(offsets, isFirst ? 0 : offsets.capacity(), (rows + 1L) << 2);
    offsetsAddress = offsets.memoryAddress();
    if (isFirst) {
      MemoryUtil.putInt(offsetsAddress, 0);
      elements.reserve(rows);
    }
  }

  @Override
  void clear(int row) {
    put(row, 0);
  }

  @Override
  public long variableBytes() {
    return elements.variableBytes();
  }

  @Override
  void addBuffers(List<ArrowBuf> buffers, int rows) {
    offsets.writerIndex((rows + 1L) << 2);
    buffers.add(offsets);
  }

  @Override
  void loadChildren(FieldVector vector, Field field, int rows) {
    int length = MemoryUtil.getInt(offsetsAddress + ((long) rows << 2));
    elements.load(vector.getChildrenFromFields().get(0), field.getChildren().get(0), length);
  }

  @Override
  public void close() {
    super.close();
    elements.close();
    if (offsets != null) {
      offsets.close();
      offsets = null;
    }
  }
}
