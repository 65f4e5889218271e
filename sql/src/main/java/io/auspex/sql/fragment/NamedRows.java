package io.auspex.sql.fragment;

import io.auspex.catalog.Column;
import io.auspex.catalog.Names;
import java.util.List;
import java.util.stream.Collectors;

/** A stream that a fragment reads by a name. */
public interface NamedRows {

  /** Unique in the process. */
  String name();

  /** Whether the fragment reads it from a temporary table. */
  boolean landed();

  /** Its columns, with the types they have in DuckDB. */
  List<Column> readColumns();

  /** A query of the same columns, to ask DuckDB about them before there is a stream. */
  default String nulls() {
    return readColumns().stream()
        .map(column -> "CAST(NULL AS " + column.type() + ") AS " + Names.quote(column.name()))
        .collect(Collectors.joining(", ", "SELECT ", ""));
  }
}
