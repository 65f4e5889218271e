package io.auspex.engine.source.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.Column;
import io.auspex.catalog.Source;
import io.auspex.engine.NativeAccess;
import io.auspex.engine.source.SourceConnections;
import io.auspex.engine.source.SourceQuery;
import io.auspex.engine.source.SourceReader;
import io.auspex.engine.source.SourceServers;
import io.auspex.engine.source.SourceSystem;
import io.auspex.engine.source.SourceTable;
import io.auspex.engine.source.SourceTables;
import io.auspex.engine.source.write.SourceTarget.Mode;
import io.auspex.engine.stream.DuckStream;
import io.auspex.engine.stream.Progress;
import io.auspex.engine.stream.QueryState;
import io.auspex.engine.stream.Workers;
import io.auspex.udf.predict.Cancellation;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;

/** Writes the rows of DuckDB's queries into a source, as a statement does. */
final class Writes implements AutoCloseable {
  final Source source;
  final SourceConnections connections = SourceServers.connections();
  final StagingJournal journal;
  final SourceWriter writer;
  final SourceTables tables;
  private final Workers workers = new Workers();
  private final BufferAllocator allocator = new RootAllocator();
  private final DuckDBConnection duck;

  Writes(Source source, Path folder) throws SQLException {
    NativeAccess.open();
    this.source = source;
    this.journal = new StagingJournal(folder, true);
    this.tables = new SourceTables(connections);
    this.writer = new SourceWriter(connections, tables, journal, workers);
    this.duck = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
    duck("SET arrow_lossless_conversion = true");
    duck("SET TimeZone = 'UTC'");
  }

  void duck(String sql) throws SQLException {
    try (Statement statement = duck.createStatement()) {
      statement.execute(sql);
    }
  }

  SourceTarget target(String table, Mode mode, String... primaryKey) {
    return new SourceTarget(
        source, "", table, mode, List.of(), List.of(primaryKey), Optional.empty());
  }

  long create(String table, String query, String... primaryKey) throws SQLException {
    return write(target(table, Mode.CREATE, primaryKey), query);
  }

  long replace(String table, String query, String... primaryKey) throws SQLException {
    return write(target(table, Mode.REPLACE, primaryKey), query);
  }

  long insert(String table, String query, String... columns) throws SQLException {
    return write(
        new SourceTarget(
            source, "", table, Mode.INSERT, List.of(columns), List.of(), Optional.empty()),
        query);
  }

  long upsert(String table, String query, SourceTarget.Upsert upsert) throws SQLException {
    return write(
        new SourceTarget(source, "", table, Mode.UPSERT, List.of(), List.of(), Optional.of(upsert)),
        query);
  }

  long write(SourceTarget target, String query) throws SQLException {
    return write(target, query, new Cancellation(), rows -> rows);
  }

  /** Does something to rows on their way. */
  interface Between {
    ArrowReader of(ArrowReader rows);
  }

  long write(SourceTarget target, String query, Cancellation cancellation, Between between)
      throws SQLException {
    try (QueryState state = new QueryState(allocator, cancellation, new Progress());
        DuckDBConnection scan = (DuckDBConnection) duck.duplicate()) {
      SourceWrite write = writer.prepare(target, describe(query), state);
      String sql = write.over(query);
      try (Statement statement = scan.createStatement()) {
        statement.execute("SET TimeZone = 'UTC'");
      }
      DuckStream stream =
          state.owns(
              DuckStream.open(DuckStream.streaming(scan), sql, List.of(), state, 8192, true));
      return write.write(between.of(stream.reader()));
    }
  }

  /** Reads a query's rows, and has something done with each batch. */
  void scan(String query, Consumer<VectorSchemaRoot> batches) throws SQLException, IOException {
    try (QueryState state = new QueryState(allocator, new Cancellation(), new Progress());
        DuckDBConnection scan = (DuckDBConnection) duck.duplicate()) {
      DuckStream stream =
          state.owns(
              DuckStream.open(DuckStream.streaming(scan), query, List.of(), state, 8192, true));
      while (stream.reader().loadNextBatch()) {
        batches.accept(stream.reader().getVectorSchemaRoot());
      }
    }
  }

  List<Column> describe(String query) throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (Statement statement = duck.createStatement();
        ResultSet rows = statement.executeQuery("DESCRIBE " + query)) {
      while (rows.next()) {
        columns.add(new Column(rows.getString(1), rows.getString(2)));
      }
    }
    return columns;
  }

  /** Runs statements in the source. */
  void there(String... statements) throws SQLException {
    try (Connection connection = connections.borrow(source);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The rows of a query in the source: values as text, between commas. */
  List<String> rows(String sql) throws SQLException {
    try (Connection connection = connections.borrow(source)) {
      return SourceServers.rows(connection, sql, ",");
    }
  }

  /** A table's rows as Auspex reads them, in order: values as DuckDB writes them. */
  List<String> back(String table, String order) throws SQLException {
    load("back", table);
    return duckRows("SELECT * FROM back ORDER BY " + order);
  }

  /** Reads a table of the source into one of DuckDB. */
  void load(String name, String table) throws SQLException {
    SourceTable known = tables.describe(source, "", table);
    SourceSystem system = SourceSystem.of(source);
    String sql =
        "SELECT %s FROM %s"
            .formatted(
                known.columns().stream()
                    .map(column -> system.quote(column.name()))
                    .collect(Collectors.joining(", ")),
                system.quote(known.schema(), known.name()));
    try (SourceReader reader =
            SourceReader.open(
                connections,
                SourceQuery.whole(source, sql, known.columns()),
                allocator,
                new Cancellation());
        ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
      Data.exportArrayStream(allocator, reader, stream);
      duck.registerArrowStream("arriving", stream);
      duck("CREATE OR REPLACE TABLE " + name + " AS SELECT * FROM arriving");
    }
  }

  /** Proves that nothing is left there, here or in the journal. */
  void assertIdle() throws SQLException {
    assertThat(connections.active()).as("connections").isZero();
    assertThat(tables.list(source).stream().map(SourceTable.Listed::name))
        .noneMatch(name -> name.startsWith("__auspex"));
    assertThat(journal.orphans()).isEmpty();
    assertThat(allocator.getAllocatedMemory()).isZero();
  }

  List<String> duckRows(String sql) throws SQLException {
    return SourceServers.rows(duck, sql, ",");
  }

  @Override
  public void close() throws SQLException {
    connections.close();
    workers.close();
    duck.close();
    allocator.close();
  }
}
