package io.auspex.engine.source.write;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Source;
import io.auspex.engine.source.SourceConnections;
import io.auspex.engine.source.SourceSystem;
import io.auspex.engine.source.SourceTable;
import io.auspex.engine.source.SourceTables;
import io.auspex.engine.stream.QueryState;
import io.auspex.engine.stream.Workers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Writes rows into tables of sources, all or nothing: they go to a staging table beside the target,
 * from which one transaction makes them visible. Thread-safe.
 *
 * <p>A staging table is written down in a journal before it exists; what a process that died has
 * left in a source is dropped when the source is used next.
 */
public final class SourceWriter {
  private final SourceConnections connections;
  private final SourceTables tables;
  private final StagingJournal journal;
  private final Workers workers;

  public SourceWriter(
      SourceConnections connections, SourceTables tables, StagingJournal journal, Workers workers) {
    this.connections = connections;
    this.tables = tables;
    this.journal = journal;
    this.workers = workers;
  }

  /**
   * Looks at the target, and at what its rows must be. Nothing is written yet.
   *
   * @param rows names of the columns of the rows, with their types as DuckDB writes them
   * @throws AuspexException TABLE_EXISTS, SOURCE_TABLE, COLUMN_NOT_FOUND, WRITE_COLUMNS and what
   *     the source says
   */
  public SourceWrite prepare(SourceTarget target, List<Column> rows, QueryState state) {
    sweep(target.source());
    TargetSystem system = system(target.source());
    return new SourceWrite(
        new Preparation(target, rows, system, tables, state).run(connections),
        system,
        connections,
        journal,
        state);
  }

  private TargetSystem system(Source source) {
    return switch (SourceSystem.of(source)) {
      case POSTGRESQL -> new PostgresTarget(workers);
      case MARIADB -> new MariadbTarget();
      case SQLITE -> new SqliteTarget();
      case GENERIC -> new GenericTarget();
    };
  }

  /** Whether there is a table or view of the target's name. */
  public boolean exists(SourceTarget target) {
    return tables.find(target.source(), target.schema(), target.table()).isPresent();
  }

  /**
   * Drops a table.
   *
   * @return false where there was none, and {@code ifExists}
   * @throws AuspexException SOURCE_TABLE, and what the source says
   */
  public boolean drop(Source source, String schema, String table, boolean ifExists) {
    Optional<SourceTable> found = tables.find(source, schema, table);
    if (found.isEmpty() && ifExists) {
      return false;
    }
    SourceTable existing = found.orElseGet(() -> tables.describe(source, schema, table));
    SourceTarget target =
        new SourceTarget(
            source,
            existing.schema(),
            existing.name(),
            SourceTarget.Mode.REPLACE,
            List.of(),
            List.of(),
            Optional.empty());
    try (Connection connection = connections.borrow(source)) {
      if (system(source).find(connection, target.schema(), target.table())
          != TargetSystem.Found.TABLE) {
        throw new AuspexException(
            ErrorCode.UNSUPPORTED, target.fullName(), "in DROP TABLE", "It is no plain table.");
      }
      Statements.run(
          connection,
          "DROP TABLE " + SourceSystem.of(source).quote(target.schema(), target.table()));
      return true;
    } catch (SQLException e) {
      throw WriteErrors.of(target, e);
    }
  }

  /**
   * Drops what processes that died have left in a source. Where it cannot be, it is tried again
   * when the source is written to next.
   */
  public void sweep(Source source) {
    for (StagingJournal.Entry entry : journal.orphans()) {
      if (entry.source().equals(source.name())) {
        drop(source, entry.name());
      }
    }
  }

  /** Whether processes that died have left something, somewhere. */
  public boolean hasOrphans() {
    return !journal.orphans().isEmpty();
  }

  private void drop(Source source, StagingName name) {
    try (Connection connection = connections.borrow(source)) {
      system(source).discard(connection, name);
      journal.settle(name);
    } catch (SQLException | AuspexException e) {
      // It stays written down.
    }
  }
}
