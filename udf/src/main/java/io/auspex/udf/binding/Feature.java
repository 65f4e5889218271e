package io.auspex.udf.binding;

import io.auspex.catalog.Input;

/**
 * One column that a model reads.
 *
 * @param input the tensor it goes into
 * @param slot its place along the tensor's second dimension; 0 for {@code [N]} and {@code [N,1]}
 * @param column the ordinal of the column it is bound to, among those given to {@link Bindings}
 * @param sqlType the DuckDB type in which the kernel takes it, such as {@code FLOAT}, {@code
 *     FLOAT[20]} or {@code FLOAT[]}; a DOUBLE column stays DOUBLE for any floating-point tensor
 * @param cast whether the column has another type and must be cast to {@code sqlType}
 */
public record Feature(Input input, int slot, int column, String sqlType, boolean cast) {

  /** Whether a value is an array, of a row of the tensor or of all of it. */
  public boolean isArray() {
    return sqlType.endsWith("]");
  }

  /** Whether a value is the bytes of a row of the tensor. */
  public boolean isBlob() {
    return sqlType.equals("BLOB");
  }

  /** The type of an array's innermost elements. */
  public String elementType() {
    return sqlType.substring(0, sqlType.indexOf('['));
  }

  /** The feature, read from another column of the same type. */
  public Feature at(int other) {
    return new Feature(input, slot, other, sqlType, cast);
  }

  /** The feature, read from a column that has its type. */
  public Feature castAt(int other) {
    return new Feature(input, slot, other, sqlType, false);
  }

  /** The feature as an SQL expression over its column, given as the SQL that reads the column. */
  public String expression(String column) {
    return cast ? "CAST(" + column + " AS " + sqlType + ")" : column;
  }
}
