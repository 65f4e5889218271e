package io.auspex.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.Names;
import io.auspex.catalog.Source;
import io.auspex.udf.predict.Cancellation;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.duckdb.DuckDBConnection;

/** Connections to sources, and the proof that what was read has left nothing behind. */
final class SourceBench implements AutoCloseable {
  private final SourceConnections connections = SourceServers.connections();
  private final SourceTables tables = new SourceTables(connections);
  private final BufferAllocator allocator = new RootAllocator();

  SourceConnections connections() {
    return connections;
  }

  SourceTables tables() {
    return tables;
  }

  BufferAllocator allocator() {
    return allocator;
  }

  /** Runs statements in the source. */
  void run(Source source, String... statements) throws SQLException {
    try (Connection connection = connections.borrow(source);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Values of one line, which semicolons divide. */
  static List<String> split(String values) {
    return Arrays.stream((" " + values + " ").split(";")).map(String::strip).toList();
  }

  SourceReader open(SourceQuery query) {
    return open(query, new Cancellation());
  }

  SourceReader open(SourceQuery query, Cancellation cancellation) {
    return SourceReader.open(connections, query, allocator, cancellation);
  }

  /** All columns of a table. */
  SourceQuery all(Source source, String table) {
    SourceTable described = tables.describe(source, "", table);
    String sql =
        described.columns().stream()
            .map(column -> SourceSystem.of(source).quote(column.name()))
            .collect(
                Collectors.joining(
                    ", ",
                    "SELECT ",
                    " FROM "
                        + SourceSystem.of(source).quote(described.schema(), described.name())));
    return SourceQuery.whole(source, sql, described.columns());
  }

  /** How many rows a query has; they are thrown away. */
  long count(SourceQuery query) {
    long rows = 0;
    try (SourceReader reader = open(query)) {
      while (reader.loadNextBatch()) {
        rows += reader.getVectorSchemaRoot().getRowCount();
      }
    }
    return rows;
  }

  /**
   * The rows as DuckDB takes them: of each value its text. That columns have the types they should
   * is proved.
   */
  List<List<String>> rows(SourceQuery query) throws Exception {
    return rows(query, "");
  }

  /**
   * @param order a clause, in DuckDB's SQL
   */
  List<List<String>> rows(SourceQuery query, String order) throws Exception {
    try (DuckDBConnection duckdb = duckdb();
        Statement statement = duckdb.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      load(query, duckdb, "loaded");
      List<String> types = new ArrayList<>();
      try (ResultSet described = statement.executeQuery("DESCRIBE loaded")) {
        while (described.next()) {
          types.add(described.getString("column_type"));
        }
      }
      assertThat(types).isEqualTo(query.columns().stream().map(SourceColumn::duckDbType).toList());
      String texts =
          query.columns().stream()
              .map(column -> "CAST(" + Names.quote(column.name()) + " AS VARCHAR)")
              .collect(Collectors.joining(", "));
      List<List<String>> rows = new ArrayList<>();
      try (ResultSet found = statement.executeQuery("SELECT " + texts + " FROM loaded " + order)) {
        while (found.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= types.size(); i++) {
            row.add(found.getString(i));
          }
          rows.add(row);
        }
      }
      return rows;
    }
  }

  static DuckDBConnection duckdb() throws SQLException {
    return (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", new Properties());
  }

  /** Makes a table of DuckDB of the rows. */
  void load(SourceQuery query, DuckDBConnection duckdb, String table) throws Exception {
    try (SourceReader reader = open(query);
        ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator);
        Statement statement = duckdb.createStatement()) {
      Data.exportArrayStream(allocator, reader, stream);
      duckdb.registerArrowStream("arrow_rows", stream);
      statement.execute("CREATE TABLE " + table + " AS SELECT * FROM arrow_rows");
    }
  }

  /** Proves that no batch is in memory, no connection lent, no thread at work. */
  void assertIdle() {
    assertThat(allocator.getAllocatedMemory()).as("bytes of batches").isZero();
    assertThat(connections.active()).as("lent connections").isZero();
    SourceServers.assertNoThreads("auspex-source-read", "auspex-source-cancel");
  }

  @Override
  public void close() {
    assertIdle();
    connections.close();
    SourceServers.assertNoThreads("auspex-source");
    allocator.close();
  }
}
