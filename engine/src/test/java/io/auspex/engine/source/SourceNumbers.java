package io.auspex.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.Source;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.BigIntVector;

/**
 * The numbers below {@link #ROWS}, in a source of each kind.
 *
 * @param folder where databases lie that are files
 */
record SourceNumbers(SourceBench bench, Path folder) {
  static final int ROWS = 300_000;
  static final List<SourceColumn> COLUMNS = List.of(SourceColumn.computed("n", "BIGINT"));

  /** A source of each kind, with a table {@code t} of the numbers below ROWS. */
  Source source(String system) throws SQLException, URISyntaxException {
    switch (system) {
      case "postgres" -> {
        Source source = SourceServers.postgres();
        bench.run(
            source,
            "CREATE TABLE t AS SELECT n::bigint, repeat('x', 100) AS text FROM generate_series(0, "
                + (ROWS - 1)
                + ") n");
        return source;
      }
      case "mariadb" -> {
        Source source = SourceServers.mariadb();
        bench.run(
            source,
            "CREATE TABLE t (n bigint, text varchar(100))",
            "INSERT INTO t SELECT seq, repeat('x', 100) FROM seq_0_to_" + (ROWS - 1));
        return source;
      }
      case "sqlite" -> {
        Source source = SourceServers.sqlite(folder.resolve("n.db"));
        bench.run(
            source,
            "CREATE TABLE t (n INTEGER, text TEXT)",
            "WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < "
                + (ROWS - 1)
                + ") INSERT INTO t SELECT n, printf('%.100c', 'x') FROM s");
        return source;
      }
      default -> {
        Source source = SourceServers.h2(folder.resolve("n"));
        bench.run(
            source,
            "CREATE TABLE t AS SELECT x AS \"n\", repeat('x', 100) AS text FROM system_range(0, "
                + (ROWS - 1)
                + ")");
        return source;
      }
    }
  }

  /** The numbers of {@code t}, with what is to follow its name. */
  static SourceQuery query(Source source, String rest) {
    String n = SourceSystem.of(source).quote("n");
    return SourceQuery.whole(source, "SELECT " + n + " FROM t " + rest, COLUMNS);
  }

  /** What a query of numbers has; proves that each is there once. */
  Set<Long> read(SourceQuery query) {
    Set<Long> numbers = new HashSet<>();
    long rows = 0;
    try (SourceReader reader = bench.open(query)) {
      while (reader.loadNextBatch()) {
        BigIntVector column = (BigIntVector) reader.getVectorSchemaRoot().getVector(0);
        rows += column.getValueCount();
        for (int i = 0; i < column.getValueCount(); i++) {
          numbers.add(column.isNull(i) ? null : (Long) column.get(i));
        }
      }
      assertThat(reader.loadNextBatch()).as("after the end").isFalse();
    }
    assertThat(rows).as("each row once").isEqualTo(numbers.size());
    return numbers;
  }

  /** A query of numbers, divided by them. */
  static SourceQuery divided(Source source, int parts, String sql) {
    return new SourceQuery(divided(source, parts), sql, COLUMNS, Optional.of("n"));
  }

  /** The source with its rows divided by their numbers. */
  static Source divided(Source source, int parts) {
    Map<String, String> options = new HashMap<>(source.options().values());
    options.put("partition_column", "n");
    options.put("partitions", Integer.toString(parts));
    return SourceServers.with(source, options);
  }
}
