package io.auspex.sql.statement;

/**
 * The query inside a statement, as written.
 *
 * @param statement the whole statement's text
 * @param start where in it the query begins
 * @param end where it ends, exclusive
 */
public record QueryText(String statement, int start, int end) {

  public String text() {
    return statement.substring(start, end);
  }
}
