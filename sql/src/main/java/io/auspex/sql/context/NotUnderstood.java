package io.auspex.sql.context;

/**
 * A query that the planner must not read: our grammar does not know it, or would read it otherwise
 * than DuckDB. No error of the user's; the query is cut instead of planned.
 */
public final class NotUnderstood extends RuntimeException {

  /**
   * @param reason what is not understood, as {@code EXPLAIN} says it after {@code plan=cut}
   */
  public NotUnderstood(String reason) {
    super(reason, null, false, false);
  }

  public String reason() {
    return getMessage();
  }
}
