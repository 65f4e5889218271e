package io.auspex.sql.context;

/**
 * A query, or a part of one, of which the planner can make no algebra. No error of the user's: the
 * part stays DuckDB's text, or the query is cut.
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
