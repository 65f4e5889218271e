package io.auspex.engine;

import io.auspex.catalog.Catalog;
import io.auspex.catalog.Source;
import io.auspex.engine.source.SourceConnections;
import io.auspex.engine.source.SourceTable;
import io.auspex.engine.source.SourceTables;
import java.util.List;
import java.util.Optional;

/** What there is in a session's sources, as they tell now. Used like the session. */
public final class SourceDirectory {
  private final Catalog catalog;
  private final SourceTables tables;

  SourceDirectory(Catalog catalog, SourceConnections connections) {
    this.catalog = catalog;
    this.tables = new SourceTables(connections);
  }

  /** The sources' names, by which their tables are called. Asks none of them. */
  public List<String> names() {
    return catalog.sources().list().stream().map(Source::name).toList();
  }

  /** A source; empty where there is none of the name. */
  public Optional<Source> named(String name) {
    return catalog.sources().find(name);
  }

  /** Its tables and views, by schema and name. */
  public List<SourceTable.Listed> tables(Source source) {
    return tables.list(source);
  }

  /** A table or view; empty where there is none. */
  public Optional<SourceTable> table(Source source, SourceTable.Listed listed) {
    return tables.find(source, listed.schema(), listed.name());
  }
}
