package io.auspex.sql.statement;

import java.util.List;

/**
 * Where a query's rows go. The text around the query stays the user's own: {@code before} and
 * {@code after} the query's SQL give the statement DuckDB runs.
 */
public sealed interface Sink {

  /** To the client, as a result set. */
  record Client() implements Sink {}

  /** {@code CREATE [OR REPLACE] [TEMP] TABLE [IF NOT EXISTS] t AS query}. */
  record CreateTable(
      List<String> table,
      boolean orReplace,
      boolean temporary,
      boolean ifNotExists,
      String before,
      String after)
      implements Sink {}

  /** {@code INSERT INTO t [(columns)] query [ON CONFLICT …] [RETURNING …]}. */
  record Insert(List<String> table, boolean returning, String before, String after)
      implements Sink {}

  /**
   * {@code COPY (query) TO 'file' (options)}.
   *
   * @param file where the file is to be
   * @param partitioned whether the options make a folder of files
   * @param options the text after the file's name, with its parentheses, without WITH; may be empty
   */
  record CopyTo(String file, boolean partitioned, String options) implements Sink {}
}
