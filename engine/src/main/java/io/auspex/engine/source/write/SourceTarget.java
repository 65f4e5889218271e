package io.auspex.engine.source.write;

import io.auspex.catalog.Source;
import java.util.List;
import java.util.Optional;

/**
 * Where rows are to go in another database, and how. Immutable.
 *
 * @param schema the table's schema; empty for the source's own default
 * @param columns the names of the table's columns that the rows' go to, by position; empty for
 *     those of the rows in CREATE and REPLACE, for all of the table's in INSERT and UPSERT
 * @param primaryKey what {@code PRIMARY KEY (…)} of the statement names; empty for none, or for the
 *     replaced table's
 * @param upsert what becomes of rows whose key is there already; present in UPSERT alone
 */
public record SourceTarget(
    Source source,
    String schema,
    String table,
    Mode mode,
    List<String> columns,
    List<String> primaryKey,
    Optional<Upsert> upsert) {

  /** What becomes of a table of that name. */
  public enum Mode {
    /** There must be none. */
    CREATE,
    /** It is replaced, and keeps what others have made of it: indexes, rights, comments. */
    REPLACE,
    /** It gets more rows. */
    INSERT,
    /** It gets more rows, and those whose key it has change. */
    UPSERT;

    boolean makesTable() {
      return this == CREATE || this == REPLACE;
    }
  }

  /**
   * {@code ON CONFLICT (keys) DO UPDATE SET column = excluded.from, …} or {@code DO NOTHING}.
   *
   * @param assignments empty for DO NOTHING
   */
  public record Upsert(List<String> keys, List<Assignment> assignments) {
    boolean updates() {
      return !assignments.isEmpty();
    }
  }

  /** {@code column = excluded.from}. */
  public record Assignment(String column, String from) {}

  /** The table as a user names it: {@code source.schema.table}. */
  public String fullName() {
    return source.name() + "." + (schema.isEmpty() ? "" : schema + ".") + table;
  }

  /** The same target, known by the names that the source has. */
  SourceTarget named(String knownSchema, String knownTable) {
    return new SourceTarget(source, knownSchema, knownTable, mode, columns, primaryKey, upsert);
  }
}
