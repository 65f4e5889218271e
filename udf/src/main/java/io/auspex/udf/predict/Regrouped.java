package io.auspex.udf.predict;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * The predictions of a batch whose rows are computed in groups, put together again in the order of
 * the rows. Owns the groups' results until they are put together. For one thread.
 */
final class Regrouped implements AutoCloseable {
  private final List<List<FieldVector>> results = new ArrayList<>();
  private final int[] groupOf;
  private final int[] placeOf;

  Regrouped(int rows) {
    this.groupOf = new int[rows];
    this.placeOf = new int[rows];
  }

  /** How a row of an output is cut back. */
  interface Trims {
    Trim of(int output, int row, int group);
  }

  /**
   * @param rows the numbers of the group's rows
   * @param columns their predictions, which this takes over
   */
  void add(int[] rows, List<FieldVector> columns) {
    for (int i = 0; i < rows.length; i++) {
      groupOf[rows[i]] = results.size();
      placeOf[rows[i]] = i;
    }
    results.add(columns);
  }

  /** A vector an output, owned by the caller. */
  List<FieldVector> columns(Trims trims, BufferAllocator allocator) {
    List<FieldVector> columns = new ArrayList<>();
    try {
      for (int output = 0; output < results.get(0).size(); output++) {
        FieldVector column = RowCopy.vector(results.get(0).get(output), groupOf.length, allocator);
        columns.add(column);
        for (int row = 0; row < groupOf.length; row++) {
          FieldVector from = results.get(groupOf[row]).get(output);
          Trim trim = trims.of(output, row, groupOf[row]);
          RowCopy.copy(from, placeOf[row], column, row, trim, 0);
        }
        column.setValueCount(groupOf.length);
      }
      return columns;
    } catch (RuntimeException | Error failed) {
      columns.forEach(FieldVector::close);
      throw failed;
    }
  }

  @Override
  public void close() {
    results.forEach(columns -> columns.forEach(FieldVector::close));
  }
}
