package io.auspex.engine;

import io.auspex.catalog.Catalog;
import io.auspex.catalog.Names;
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

  /** A source's own spelling of its name; empty where there is no such source. */
  public Optional<String> named(String name) {
    return names().stream().filter(known -> Names.fold(known).equals(Names.fold(name))).findFirst();
  }

  /** Its tables and views, by schema and name. */
  public List<SourceTable.Listed> tables(String source) {
    return tables.list(catalog.sources().existing(source));
  }

  /** A table or view; empty where there is none. */
  public Optional<SourceTable> table(String source, SourceTable.Listed listed) {
    return tables.find(catalog.sources().existing(source), listed.schema(), listed.name());
  }
}
