package io.auspex.engine.source.write;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Names;
import io.auspex.engine.source.SourceColumn;
import io.auspex.engine.source.SourceConnections;
import io.auspex.engine.source.SourceTable;
import io.auspex.engine.source.SourceTables;
import io.auspex.engine.source.type.DuckType;
import io.auspex.engine.source.write.SourceTarget.Assignment;
import io.auspex.engine.source.write.SourceTarget.Upsert;
import io.auspex.engine.stream.QueryState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out what of a target there is, and which columns its staging table gets. */
final class Preparation {
  private final SourceTarget asked;
  private final List<Column> rows;
  private final TargetSystem system;
  private final QueryState state;
  private final SourceTables tables;

  Preparation(
      SourceTarget asked,
      List<Column> rows,
      TargetSystem system,
      SourceTables tables,
      QueryState state) {
    this.asked = asked;
    this.rows = rows;
    this.system = system;
    this.tables = tables;
    this.state = state;
  }

  Staging run(SourceConnections connections) {
    return new Retries(connections, asked, state)
        .run(
            () -> {
              try (Connection connection = connections.borrow(asked.source())) {
                return look(connection);
              }
            });
  }

  private Staging look(Connection connection) throws SQLException {
    Optional<SourceTable> existing = tables.find(asked.source(), asked.schema(), asked.table());
    SourceTarget target = named(existing);
    boolean makesTable = target.mode().makesTable();
    if (existing.isPresent() && target.mode() == SourceTarget.Mode.CREATE) {
      throw new AuspexException(ErrorCode.TABLE_EXISTS, target.fullName());
    } else if (existing.isPresent()) {
      requireTable(connection, target);
    } else if (!makesTable) {
      // It throws, with the nearest name.
      tables.describe(asked.source(), asked.schema(), asked.table());
    }
    List<StagedColumn> columns =
        makesTable ? made(target, existing) : filled(existing.orElseThrow(), target);
    Staging staging =
        new Staging(
            StagingName.of(state.id(), target.schema()), resolved(target, columns), columns);
    system.check(connection, staging);
    return staging;
  }

  private SourceTarget named(Optional<SourceTable> existing) {
    if (existing.isPresent()) {
      return asked.named(existing.get().schema(), existing.get().name());
    }
    String schema =
        asked.schema().isEmpty() ? tables.defaultSchema(asked.source()) : asked.schema();
    return asked.named(schema, asked.table());
  }

  private void requireTable(Connection connection, SourceTarget target) throws SQLException {
    if (system.find(connection, target.schema(), target.table()) != TargetSystem.Found.TABLE) {
      throw new AuspexException(
          ErrorCode.UNSUPPORTED, target.fullName(), "as a target", "It is no plain table.");
    }
  }

  /** Columns of a table that is made; of one that is replaced, those of a like type keep theirs. */
  private List<StagedColumn> made(SourceTarget target, Optional<SourceTable> replaced) {
    if (!target.columns().isEmpty()) {
      requireCount(target, target.columns().size());
    }
    List<StagedColumn> columns = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < rows.size(); i++) {
      String name = target.columns().isEmpty() ? rows.get(i).name() : target.columns().get(i);
      if (!taken.add(Names.fold(name))) {
        throw new AuspexException(
            ErrorCode.WRITE_COLUMNS,
            "Two columns of %s would be called %s. Give each its own name."
                .formatted(target.fullName(), name));
      }
      DuckType type = system.sent(WrittenTypes.of(rows.get(i).type()), true);
      String declared = system.columnType(type, isKey(target, name));
      String kept =
          replaced.flatMap(table -> column(table, name)).stream()
              .filter(column -> column.duckDbType().equals(type.sql()))
              .filter(column -> system.takes(type, column.nativeType()))
              .map(system::declared)
              .findFirst()
              .orElse(declared);
      columns.add(new StagedColumn(name, type, kept, kept));
    }
    return columns;
  }

  private static boolean isKey(SourceTarget target, String name) {
    return target.primaryKey().stream().anyMatch(name::equalsIgnoreCase);
  }

  private static Optional<SourceColumn> column(SourceTable table, String name) {
    return table.columns().stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /** Columns that rows are inserted into: the rows are what is read there. */
  private List<StagedColumn> filled(SourceTable table, SourceTarget target) {
    List<String> known = table.columns().stream().map(SourceColumn::name).toList();
    List<String> named = target.columns().isEmpty() ? known : target.columns();
    requireCount(target, named.size());
    List<StagedColumn> columns = new ArrayList<>();
    for (String name : named) {
      SourceColumn column =
          table.columns().stream()
              .filter(candidate -> candidate.name().equalsIgnoreCase(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new AuspexException(
                          ErrorCode.COLUMN_NOT_FOUND,
                          name,
                          target.fullName(),
                          Names.didYouMean(name, known)));
      columns.add(filled(column));
    }
    return columns;
  }

  private StagedColumn filled(SourceColumn column) {
    DuckType type = system.sent(WrittenTypes.of(column.duckDbType()), false);
    String there = column.nativeType();
    String staged = system.takes(type, there) ? there : system.columnType(type, false);
    return new StagedColumn(
        column.name(), type, staged, system.isCast(type, there) ? there : staged);
  }

  private void requireCount(SourceTarget target, int columns) {
    if (columns != rows.size()) {
      throw new AuspexException(
          ErrorCode.WRITE_COLUMNS,
          "The table %s takes %d columns, but the query gives %d."
              .formatted(target.fullName(), columns, rows.size()));
    }
  }

  /** Names that the statement has, as the columns are written. */
  private static SourceTarget resolved(SourceTarget target, List<StagedColumn> columns) {
    List<String> names = columns.stream().map(StagedColumn::name).toList();
    return new SourceTarget(
        target.source(),
        target.schema(),
        target.table(),
        target.mode(),
        target.columns(),
        resolved(target, names, target.primaryKey()),
        target
            .upsert()
            .map(
                upsert ->
                    new Upsert(
                        resolved(target, names, upsert.keys()),
                        upsert.assignments().stream()
                            .map(
                                set ->
                                    new Assignment(
                                        resolved(target, names, set.column()),
                                        resolved(target, names, set.from())))
                            .toList())));
  }

  private static List<String> resolved(
      SourceTarget target, List<String> columns, List<String> names) {
    return names.stream().map(name -> resolved(target, columns, name)).toList();
  }

  private static String resolved(SourceTarget target, List<String> columns, String name) {
    return columns.contains(name)
        ? name
        : columns.stream()
            .filter(name::equalsIgnoreCase)
            .findFirst()
            .orElseThrow(
                () ->
                    new AuspexException(
                        ErrorCode.COLUMN_NOT_FOUND,
                        name,
                        "the rows for " + target.fullName(),
                        Names.didYouMean(name, columns)));
  }
}
