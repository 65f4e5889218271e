package io.auspex.sql.statement;

import io.auspex.catalog.Position;
import java.util.List;
import java.util.Optional;

/**
 * Where a query's rows go. The text around the query stays the user's own: {@code before} and
 * {@code after} the query's SQL give the statement DuckDB runs. What goes into a source is no
 * statement of DuckDB's, and is taken apart.
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

  /**
   * Into a table of a source.
   *
   * @param table its name, two or three parts as written; the first is the source's
   * @param columns the names of the columns that the rows' go to, by position; empty for the
   *     query's own where the table is made, for all of the table's otherwise
   * @param byName whether they go to the columns of their own names
   * @param primaryKey of a table that is made; empty for none
   * @param position where the name stands
   */
  record IntoSource(
      List<String> table,
      Mode mode,
      boolean ifNotExists,
      List<String> columns,
      boolean byName,
      List<String> primaryKey,
      Optional<Conflict> conflict,
      Position position)
      implements Sink {

    /** What is done with the table. */
    public enum Mode {
      CREATE,
      REPLACE,
      INSERT
    }

    /**
     * {@code ON CONFLICT (keys) DO UPDATE SET …}, or {@code DO NOTHING}.
     *
     * @param assignments empty for DO NOTHING
     */
    public record Conflict(List<String> keys, List<Assignment> assignments) {
      public Conflict {
        keys = List.copyOf(keys);
        assignments = List.copyOf(assignments);
      }
    }

    /** {@code column = EXCLUDED.from}. */
    public record Assignment(String column, String from) {}

    public IntoSource {
      table = List.copyOf(table);
      columns = List.copyOf(columns);
      primaryKey = List.copyOf(primaryKey);
    }

    /** The table's name as written. */
    public String name() {
      return String.join(".", table);
    }
  }
}
