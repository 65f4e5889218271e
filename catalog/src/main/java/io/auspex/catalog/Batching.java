package io.auspex.catalog;

/**
 * How the rows of a batch lie in a model's tensors. Whatever it is, the shapes of {@link Input} and
 * {@link Output} begin with the rows.
 *
 * @param rows −1: along the first dimension, as many as there are; k > 0: along the first
 *     dimension, always k; 0: the tensors have no dimension of rows, and each row is a run of its
 *     own
 */
public record Batching(long rows) {
  public static final Batching ANY = new Batching(-1);
  public static final Batching NONE = new Batching(0);

  /** Always {@code rows} at a time. */
  public static Batching of(long rows) {
    return new Batching(rows);
  }

  /** Whether a run takes as many rows as there are. */
  public boolean isOpen() {
    return rows < 0;
  }

  /** Whether the tensors have a dimension that counts the rows. */
  public boolean hasDimension() {
    return rows != 0;
  }

  /** How many of {@code available} rows a run takes. */
  public int rowsOfRun(int available) {
    return isOpen() ? available : (int) Math.min(available, Math.max(1, rows));
  }
}
