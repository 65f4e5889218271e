package io.auspex.engine;

import io.auspex.catalog.Catalog;
import io.auspex.catalog.Source;
import io.auspex.engine.source.SourceColumn;
import io.auspex.engine.source.SourceConnections;
import io.auspex.engine.source.SourceQuery;
import io.auspex.engine.source.SourceReader;
import io.auspex.engine.source.SourceSystem;
import io.auspex.engine.source.SourceTable;
import io.auspex.engine.source.SourceTables;
import io.auspex.engine.stream.QueryState;
import io.auspex.engine.stream.SourceRows;
import io.auspex.sql.context.RemoteColumn;
import io.auspex.sql.context.RemoteSystem;
import io.auspex.sql.context.RemoteTable;
import io.auspex.sql.fragment.SourceStream;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.ipc.ArrowReader;

/** The tables of a session's sources: described for planning, and read for what was planned. */
final class RemoteTables {
  private final Catalog catalog;
  private final SourceConnections connections;

  RemoteTables(Catalog catalog, SourceConnections connections) {
    this.catalog = catalog;
    this.connections = connections;
  }

  /**
   * A table, as it is there at this moment.
   *
   * @param name the source's name, perhaps a schema, and the table's
   */
  RemoteTable table(List<String> name) {
    Source source = catalog.sources().existing(name.get(0));
    String schema = name.size() == 3 ? name.get(1) : "";
    SourceTable table =
        new SourceTables(connections).describe(source, schema, name.get(name.size() - 1));
    return new RemoteTable(
        source.name(),
        system(source),
        source.options().pushdown(),
        table.schema().isEmpty() ? List.of(table.name()) : List.of(table.schema(), table.name()),
        table.columns().stream().map(RemoteTables::column).toList(),
        table.estimatedRows().orElse(-1));
  }

  private static RemoteSystem system(Source source) {
    return switch (SourceSystem.of(source)) {
      case POSTGRESQL -> RemoteSystem.POSTGRESQL;
      case MARIADB -> RemoteSystem.MARIADB;
      case SQLITE -> RemoteSystem.SQLITE;
      case GENERIC -> RemoteSystem.GENERIC;
    };
  }

  private static RemoteColumn column(SourceColumn column) {
    return new RemoteColumn(
        column.name(),
        column.duckDbType(),
        column.nativeType(),
        column.nullable(),
        column.collation());
  }

  /** The rows that a source gives for a stream of a plan; the statement's to close. */
  ArrowReader rows(SourceStream stream, QueryState state) {
    Source source = catalog.sources().existing(stream.source());
    List<SourceColumn> columns =
        stream.columns().stream()
            .map(
                column ->
                    new SourceColumn(
                        column.name(),
                        column.type(),
                        column.nativeType(),
                        column.nullable(),
                        column.collation()))
            .toList();
    SourceQuery query = new SourceQuery(source, stream.sql(), columns, partition(source, stream));
    SourceReader reader =
        state.owns(SourceReader.open(connections, query, state.allocator(), state.cancellation()));
    return new SourceRows(state, reader, stream.name());
  }

  /** The column by whose values the rows are read side by side, where there is one. */
  private static Optional<String> partition(Source source, SourceStream stream) {
    return source
        .options()
        .partitionColumn()
        .filter(column -> stream.splits())
        .flatMap(
            column ->
                stream.columns().stream()
                    .map(RemoteColumn::name)
                    .filter(column::equalsIgnoreCase)
                    .findFirst());
  }
}
