package io.auspex.sql.statement;

import io.auspex.catalog.Names;
import io.auspex.catalog.PredictView;
import java.util.List;
import java.util.Optional;

/**
 * What the names in a query mean.
 *
 * @param reader the view whose query it is; empty for the session's statement
 */
record Views(ViewNames names, List<String> reader) {
  Views {
    reader = List.copyOf(reader);
  }

  Views(ViewNames names) {
    this(names, List.of());
  }

  /** What names mean in the query of a view. */
  Views inside(List<String> view) {
    return new Views(names, view);
  }

  /** The view over predictions that a name, its parts as written, means. */
  Optional<PredictView> named(List<String> name) {
    return name.isEmpty() ? Optional.empty() : names.view(name, reader);
  }

  /** Whether another database is known by this name. */
  boolean isSource(String name) {
    return names.isSource(name);
  }

  /** Whether a name means a table of another database: its source is known, and DuckDB no such. */
  boolean isOfSource(List<String> name) {
    return (name.size() == 2 || name.size() == 3)
        && names.isSource(name.get(0))
        && names.table(name, reader).isEmpty();
  }

  /** The table of another database that a name, its parts as written, means. */
  Optional<SourceName> ofSource(List<String> name) {
    return isOfSource(name) ? Optional.of(new SourceName(name)) : Optional.empty();
  }

  /** A table's full name, where the name as written means something else outside of the view. */
  Optional<String> qualified(List<String> name) {
    return reader.isEmpty()
        ? Optional.empty()
        : names
            .table(name, reader)
            .map(full -> String.join(".", full.stream().map(Names::quote).toList()));
  }
}
