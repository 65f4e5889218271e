package io.auspex.udf.predict;

import io.auspex.catalog.ElementType;
import io.auspex.catalog.Input;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;

/**
 * How large each row's arrays are along the dimensions of an input that may have any size.
 *
 * @param padded whether shorter rows may be filled up
 * @param sizes by row and dimension, the largest of the row; 0 along dimensions whose size the
 *     model says; null for a row that has a NULL for an array
 */
record RowSizes(Input input, boolean padded, int[][] sizes) {

  /** Nothing where all rows are as large, whatever they hold. */
  static Optional<RowSizes> of(FieldVector column, int rows, Input input, boolean padded) {
    List<Long> shape = input.rowShape();
    boolean isOpen = Vectors.isArray(column) && input.width() < 0;
    if (!isOpen || Vectors.depth(column) != shape.size()) {
      return Optional.empty();
    }
    int[][] sizes = new int[rows][];
    for (int row = 0; row < rows; row++) {
      int[] ofRow = new int[shape.size()];
      sizes[row] = measure(column, row, 0, shape, ofRow) ? ofRow : null;
    }
    return Optional.of(new RowSizes(input, padded, sizes));
  }

  /** False where an array is NULL. */
  private static boolean measure(
      FieldVector level, int index, int depth, List<Long> shape, int[] sizes) {
    if (level.isNull(index)) {
      return false;
    }
    int first;
    int size;
    if (level instanceof FixedSizeListVector fixed) {
      size = fixed.getListSize();
      first = index * size;
    } else {
      ListVector list = (ListVector) level;
      first = list.getElementStartIndex(index);
      size = list.getElementEndIndex(index) - first;
    }
    if (shape.get(depth) < 0) {
      sizes[depth] = Math.max(sizes[depth], size);
    }
    boolean present = true;
    if (depth + 1 < shape.size()) {
      FieldVector inner = Vectors.elements(level);
      for (int i = first; i < first + size; i++) {
        present &= measure(inner, i, depth + 1, shape, sizes);
      }
    }
    return present;
  }

  /** Whether all rows are as large, those of NULLs left aside. */
  boolean isUniform(int rows) {
    int[] first = null;
    for (int row = 0; row < rows; row++) {
      first = first == null ? sizes[row] : first;
      if (sizes[row] != null && !Arrays.equals(sizes[row], first)) {
        return false;
      }
    }
    return true;
  }

  /** What the row is to be alike in with the others of its run; empty for a NULL. */
  int[] of(int row) {
    return sizes[row] == null ? new int[0] : sizes[row];
  }

  /**
   * What a row costs, so that no run has more than a budget: models of tokens compare each with
   * each other.
   */
  long cost(int[] ofRow) {
    long values = 1;
    for (int i = 0; i < ofRow.length; i++) {
      values *= Math.max(1, ofRow[i] == 0 ? input.rowShape().get(i) : ofRow[i]);
    }
    boolean areTokens = input.type() == ElementType.INT64 || input.type() == ElementType.INT32;
    return areTokens ? values * values : 4 * values;
  }

  /** The largest sizes of some rows; none where each has a NULL. */
  int[] longest(int[] rows) {
    int[] longest = new int[0];
    for (int row : rows) {
      longest = longest.length == 0 ? of(row) : larger(longest, of(row));
    }
    return longest;
  }

  /** The larger sizes of two. */
  static int[] larger(int[] a, int[] b) {
    int[] larger = a.clone();
    Arrays.setAll(larger, i -> Math.max(a[i], b[i]));
    return larger;
  }
}
