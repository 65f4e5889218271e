package io.auspex.engine.source;

import java.util.List;
import java.util.OptionalLong;

/**
 * A table or view of a source. Names are as the source has them.
 *
 * @param estimatedRows what the source's own statistics say; empty where it has none
 * @param primaryKey names of columns, in the key's order; empty where there is none
 */
public record SourceTable(
    String schema,
    String name,
    List<SourceColumn> columns,
    OptionalLong estimatedRows,
    List<String> primaryKey) {

  /** A table's name, and whether it is a view. */
  public record Listed(String schema, String name, boolean isView) {}
}
