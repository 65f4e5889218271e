package io.auspex.engine.source.type;

/** Reads arrays: one-dimensional as lists, those of more dimensions as lists of lists. */
final class PostgresArrays implements PostgresReaders.Reader {
  private static final int HEADER = 3 * Integer.BYTES;
  private static final int DIMENSION = 2 * Integer.BYTES;

  private final ListColumn column;
  private final ColumnBuilder leaves;
  private final PostgresReaders.Reader reader;
  private final int dimensions;
  private final String type;

  PostgresArrays(
      ListColumn column,
      ColumnBuilder leaves,
      PostgresReaders.Reader reader,
      int dimensions,
      String type) {
    this.column = column;
    this.leaves = leaves;
    this.reader = reader;
    this.dimensions = dimensions;
    this.type = type;
  }

  @Override
  public void read(byte[] bytes, int from, int length, int row) {
    int found = PostgresReaders.intAt(bytes, from);
    if (found == 0) {
      column.put(row, 0);
      return;
    }
    if (found != dimensions) {
      throw new ValueException(
          "an array of " + found + " dimensions",
          type,
          "Read it through a view that casts it to text.");
    }
    // Room for one list, or for the lists of each dimension, all in the order of the leaves.
    ListColumn lists = column;
    int first = row;
    int many = 1;
    for (int dimension = 0; dimension < dimensions; dimension++) {
      int size = PostgresReaders.intAt(bytes, from + HEADER + dimension * DIMENSION);
      int next = 0;
      for (int i = 0; i < many; i++) {
        int start = lists.put(first + i, size);
        next = i == 0 ? start : next;
      }
      first = next;
      many *= size;
      if (dimension < dimensions - 1) {
        lists = (ListColumn) lists.elements();
      }
    }
    leaves(bytes, from + HEADER + dimensions * DIMENSION, first, many);
  }

  private void leaves(byte[] bytes, int from, int first, int many) {
    int at = from;
    for (int i = 0; i < many; i++) {
      int length = PostgresReaders.intAt(bytes, at);
      at += Integer.BYTES;
      if (length < 0) {
        leaves.setNull(first + i);
      } else {
        reader.read(bytes, at, length, first + i);
        at += length;
      }
    }
  }
}
