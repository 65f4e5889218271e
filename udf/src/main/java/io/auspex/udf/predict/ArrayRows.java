package io.auspex.udf.predict;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Input;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;

/**
 * An array column as the rows of a matrix.
 *
 * @param values the elements of all rows
 * @param width how many a row has; −1 where every row is NULL and nothing says it
 */
record ArrayRows(FieldVector column, FieldVector values, int width) {

  /** Throws ROW_LENGTH where a row is not as long as the input, or as the others. */
  static ArrayRows of(FieldVector column, int rows, Input input, String model) {
    if (column instanceof FixedSizeListVector fixed) {
      return new ArrayRows(column, fixed.getDataVector(), fixed.getListSize());
    }
    ListVector list = (ListVector) column;
    long width = input.width();
    for (int row = 0; row < rows; row++) {
      if (list.isNull(row)) {
        continue;
      }
      int length = list.getElementEndIndex(row) - list.getElementStartIndex(row);
      if (width >= 0 && length != width) {
        throw new AuspexException(ErrorCode.ROW_LENGTH, model, width, input.name(), length);
      }
      width = length;
    }
    return new ArrayRows(column, list.getDataVector(), (int) width);
  }

  /** Where a row's values begin among {@link #values}. */
  int start(int row) {
    return column instanceof ListVector list ? list.getElementStartIndex(row) : row * width;
  }

  boolean isNull(int row) {
    return column.isNull(row);
  }

  /** Whether the rows lie one after the other, none missing. */
  boolean areContiguous(int rows) {
    if (column.getNullCount() > 0) {
      return false;
    }
    return column instanceof FixedSizeListVector
        || start(rows - 1) == start(0) + (rows - 1) * width;
  }
}
