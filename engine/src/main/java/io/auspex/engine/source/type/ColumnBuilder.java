package io.auspex.engine.source.type;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Fills one column of a batch, row after row; a row may be written again while it is the last.
 * Writes to memory without Arrow's checks of each access: who writes a row has made room for it
 * with {@link #begin} or {@link #reserve}. Owns its buffers until {@link #finish}. One thread.
 */
public abstract class ColumnBuilder implements AutoCloseable {
  private static final int BITS = 8;

  final BufferAllocator allocator;
  private ArrowBuf validity;
  private long validityAddress;
  private int capacity;

  ColumnBuilder(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  /** A builder of the type's column, without memory as yet. */
  public static ColumnBuilder of(DuckType type, BufferAllocator allocator) {
    if (type.kind() == DuckType.Kind.LIST) {
      return new ListColumn(allocator, of(type.element(), allocator));
    }
    return type.kind().isFixedWidth()
        ? new FixedColumn(allocator, width(type))
        : new BytesColumn(allocator);
  }

  private static int width(DuckType type) {
    return switch (type.kind()) {
      case BOOLEAN, TINYINT, UTINYINT -> Byte.BYTES;
      case SMALLINT, USMALLINT -> Short.BYTES;
      case INTEGER, UINTEGER, FLOAT, DATE -> Integer.BYTES;
      case HUGEINT, UUID, DECIMAL, INTERVAL -> 2 * Long.BYTES;
      default -> Long.BYTES;
    };
  }

  /** Makes room for the first {@code rows} rows of a new batch. */
  public void begin(int rows) {
    close();
    reserve(Math.max(1, rows));
  }

  /** Makes room for so many rows, and keeps those there are. */
  void reserve(int rows) {
    if (rows <= capacity) {
      return;
    }
    int wanted = Math.max(rows, 2 * capacity);
    long bytes = (wanted + BITS - 1L) / BITS;
    ArrowBuf grown = allocator.buffer(bytes);
    long kept = validity == null ? 0 : (capacity + BITS - 1L) / BITS;
    if (validity != null) {
      MemoryUtil.copyMemory(validityAddress, grown.memoryAddress(), kept);
      validity.close();
    }
    validity = grown;
    validityAddress = grown.memoryAddress();
    MemoryUtil.setMemory(validityAddress + kept, bytes - kept, (byte) 0xff);
    grow(wanted);
    capacity = wanted;
  }

  /** The buffer, larger: its first {@code kept} bytes stay. A new one where there was none. */
  final ArrowBuf grown(ArrowBuf buffer, long kept, long bytes) {
    ArrowBuf larger = allocator.buffer(bytes);
    if (buffer != null) {
      MemoryUtil.copyMemory(buffer.memoryAddress(), larger.memoryAddress(), kept);
      buffer.close();
    }
    return larger;
  }

  abstract void grow(int rows);

  /** The row has no value. */
  public void setNull(int row) {
    long at = validityAddress + row / BITS;
    MemoryUtil.putByte(at, (byte) (MemoryUtil.getByte(at) & ~(1 << (row % BITS))));
    clear(row);
  }

  /** Puts something where there is no value: the row must not show what was in memory. */
  abstract void clear(int row);

  /** Bytes of values of varying length. */
  public abstract long variableBytes();

  /**
   * The column of the first {@code rows} rows; the caller's to close. This builder has no memory
   * any more.
   */
  public final FieldVector finish(Field field, int rows) {
    FieldVector vector = field.createVector(allocator);
    try {
      load(vector, field, rows);
    } catch (RuntimeException | Error e) {
      vector.close();
      throw e;
    } finally {
      close();
    }
    return vector;
  }

  final void load(FieldVector vector, Field field, int rows) {
    List<ArrowBuf> buffers = new ArrayList<>();
    if (validity == null) {
      begin(0);
    }
    buffers.add(validity);
    addBuffers(buffers, rows);
    vector.loadFieldBuffers(new ArrowFieldNode(rows, nulls(rows)), buffers);
    loadChildren(vector, field, rows);
  }

  abstract void addBuffers(List<ArrowBuf> buffers, int rows);

  void loadChildren(FieldVector vector, Field field, int rows) {
    // Only lists have some.
  }

  private int nulls(int rows) {
    int valid = 0;
    int whole = rows / BITS;
    for (int i = 0; i < whole; i++) {
      valid += Integer.bitCount(MemoryUtil.getByte(validityAddress + i) & 0xff);
    }
    int rest = rows % BITS;
    if (rest > 0) {
      int last = MemoryUtil.getByte(validityAddress + whole) & ((1 << rest) - 1);
      valid += Integer.bitCount(last);
    }
    return rows - valid;
  }

  /** Frees what was not finished. */
  @Override
  public void close() {
    if (validity != null) {
      validity.close();
      validity = null;
    }
    capacity = 0;
  }
}
