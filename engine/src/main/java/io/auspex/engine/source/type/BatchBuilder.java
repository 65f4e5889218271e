package io.auspex.engine.source.type;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The columns of one batch while rows are read into them. Owns their memory until {@link #finish}.
 * One thread.
 */
public final class BatchBuilder implements AutoCloseable {
  /** Text beyond this ends a batch, however few rows it has. */
  private static final long MOST_VARIABLE_BYTES = 8 << 20;

  private final Schema schema;
  private final List<ColumnBuilder> columns = new ArrayList<>();
  private final List<ColumnBuilder> variable;
  private final int capacity;
  private int reading;

  public BatchBuilder(List<DuckType> types, Schema schema, BufferAllocator allocator, int rows) {
    this.schema = schema;
    this.capacity = rows;
    types.forEach(type -> columns.add(ColumnBuilder.of(type, allocator)));
    this.variable = columns.stream().filter(column -> !(column instanceof FixedColumn)).toList();
  }

  public ColumnBuilder column(int index) {
    return columns.get(index);
  }

  public void begin() {
    columns.forEach(column -> column.begin(capacity));
  }

  /** Says which column is being read, for the error of a value that it cannot have. */
  public void reading(int column) {
    reading = column;
  }

  /** The name of the column that was being read. */
  public String readingName() {
    return schema.getFields().get(reading).getName();
  }

  /** Whether a batch that has so many rows should end. */
  public boolean isFull(int rows) {
    return rows >= capacity || variableBytes() > MOST_VARIABLE_BYTES;
  }

  private long variableBytes() {
    long bytes = 0;
    for (ColumnBuilder column : variable) {
      bytes += column.variableBytes();
    }
    return bytes;
  }

  /** The columns of the first {@code rows} rows; the caller's to close. */
  public List<FieldVector> finish(int rows) {
    List<FieldVector> vectors = new ArrayList<>();
    try {
      for (int i = 0; i < columns.size(); i++) {
        vectors.add(columns.get(i).finish(schema.getFields().get(i), rows));
      }
      return vectors;
    } catch (RuntimeException | Error e) {
      vectors.forEach(FieldVector::close);
      throw e;
    }
  }

  @Override
  public void close() {
    columns.forEach(ColumnBuilder::close);
  }
}
