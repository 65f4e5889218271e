package io.auspex.engine;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Catalog;
import io.auspex.catalog.Column;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Position;
import io.auspex.catalog.Source;
import io.auspex.engine.source.write.SourceTarget;
import io.auspex.engine.source.write.SourceTarget.Assignment;
import io.auspex.engine.source.write.SourceTarget.Mode;
import io.auspex.engine.source.write.SourceTarget.Upsert;
import io.auspex.engine.source.write.SourceWrite;
import io.auspex.engine.source.write.SourceWriter;
import io.auspex.engine.stream.QueryState;
import io.auspex.sql.statement.Sink.IntoSource;
import io.auspex.sql.statement.Statement.DropSourceTable;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Statements that change a table of a source: what their names mean there. */
final class SourceTargets {
  private final Catalog catalog;
  private final SourceWriter writer;
  private final BooleanSupplier inTransaction;

  /**
   * @param inTransaction whether the session has begun one, which no source is part of
   */
  SourceTargets(Catalog catalog, SourceWriter writer, BooleanSupplier inTransaction) {
    this.catalog = catalog;
    this.writer = writer;
    this.inTransaction = inTransaction;
  }

  /** Whether there is nothing to do, since the table is there; before anything is computed. */
  boolean keeps(IntoSource sink) {
    refuseTransaction(sink.name(), sink.position());
    return sink.ifNotExists() && at(sink.position(), () -> writer.exists(target(sink, List.of())));
  }

  /**
   * What a query's rows must be to be written.
   *
   * @param rows the query's columns
   */
  SourceWrite prepare(IntoSource sink, List<Column> rows, QueryState state) {
    return at(sink.position(), () -> writer.prepare(target(sink, rows), rows, state));
  }

  private SourceTarget target(IntoSource sink, List<Column> rows) {
    Optional<Upsert> upsert =
        sink.conflict()
            .map(
                conflict ->
                    new Upsert(
                        conflict.keys(),
                        conflict.assignments().stream()
                            .map(set -> new Assignment(set.column(), set.from()))
                            .toList()));
    return new SourceTarget(
        source(sink.table()),
        schema(sink.table()),
        table(sink.table()),
        switch (sink.mode()) {
          case CREATE -> Mode.CREATE;
          case REPLACE -> Mode.REPLACE;
          case INSERT -> upsert.isPresent() ? Mode.UPSERT : Mode.INSERT;
        },
        sink.byName() ? rows.stream().map(Column::name).toList() : sink.columns(),
        sink.primaryKey(),
        upsert);
  }

  /** {@code DROP TABLE} of a source's. */
  void drop(DropSourceTable statement) {
    List<String> name = statement.name();
    refuseTransaction(String.join(".", name), statement.position());
    at(
        statement.position(),
        () -> writer.drop(source(name), schema(name), table(name), statement.ifExists()));
  }

  private Source source(List<String> name) {
    return catalog.sources().existing(name.get(0));
  }

  private static String schema(List<String> name) {
    return name.size() == 3 ? name.get(1) : "";
  }

  private static String table(List<String> name) {
    return name.get(name.size() - 1);
  }

  private void refuseTransaction(String table, Position position) {
    if (inTransaction.getAsBoolean()) {
      throw new AuspexException(
              ErrorCode.UNSUPPORTED,
              "The table " + table + " of a source",
              "as a target inside a transaction",
              "What is written there could not be rolled back: COMMIT first.")
          .at(position);
    }
  }

  private interface Asked<T> {
    T get();
  }

  private static <T> T at(Position position, Asked<T> asked) {
    try {
      return asked.get();
    } catch (AuspexException e) {
      throw e.at(position);
    }
  }
}
