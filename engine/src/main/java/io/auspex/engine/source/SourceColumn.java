package io.auspex.engine.source;

import java.util.Optional;

/**
 * A column of a table in a source, or of the rows of a query there.
 *
 * @param duckDbType what it is in DuckDB, as DuckDB writes it; values are read as this
 * @param nativeType what it is there, as the source writes it; empty where a query computes it
 * @param nullable whether it may have NULLs
 * @param collation by which the source compares its texts; empty for those that are no texts
 */
public record SourceColumn(
    String name,
    String duckDbType,
    String nativeType,
    boolean nullable,
    Optional<String> collation) {

  /** A column that a query computes. */
  public static SourceColumn computed(String name, String duckDbType) {
    return new SourceColumn(name, duckDbType, "", true, Optional.empty());
  }
}
