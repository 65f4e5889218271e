package io.auspex.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.Source;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A database of which nothing is known but its driver: H2, value for value. */
class GenericTypesTest {
  @TempDir private Path folder;
  private final SourceBench bench = new SourceBench();
  private Source source;

  @BeforeEach
  void open() throws URISyntaxException {
    source = SourceServers.h2(folder.resolve("g"));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "BOOLEAN | BOOLEAN | true; false | true; false",
        "TINYINT | SMALLINT | -128; 127 | -128; 127",
        "SMALLINT | SMALLINT | -32768 | -32768",
        "INTEGER | INTEGER | 2147483647 | 2147483647",
        "BIGINT | BIGINT | -9223372036854775808 | -9223372036854775808",
        "REAL | FLOAT | 1.5 | 1.5",
        "DOUBLE PRECISION | DOUBLE | 0.1 | 0.1",
        "NUMERIC(10,2) | DECIMAL(10,2) | 12.5 | 12.50",
        "NUMERIC(60,2) | DOUBLE | 12.5 | 12.5",
        "VARCHAR(20) | VARCHAR | 'ünï 🦆' | ünï 🦆",
        "CHAR(3) | VARCHAR | 'ab' | ab",
        "CLOB | VARCHAR | 'long' | long",
        "VARBINARY(10) | BLOB | x'00ff' | \\x00\\xFF",
        "BLOB | BLOB | x'00ff' | \\x00\\xFF",
        "UUID | UUID | '00112233-4455-6677-8899-aabbccddeeff'"
            + "| 00112233-4455-6677-8899-aabbccddeeff",
        "JSON | JSON | JSON '{\"a\": 1}' | {\"a\":1}",
        "DATE | DATE | '2024-02-29'; '-0043-03-15' | 2024-02-29; 0044-03-15 (BC)",
        "TIME(6) | TIME | '23:59:59.999999' | 23:59:59.999999",
        "TIMESTAMP | TIMESTAMP | '2024-02-29 12:00:00.000001' | 2024-02-29 12:00:00.000001",
        "TIMESTAMP WITH TIME ZONE | TIMESTAMP WITH TIME ZONE | '2024-02-29 12:00:00+02'"
            + "| 2024-02-29 10:00:00+00",
        "INTEGER ARRAY | VARCHAR | ARRAY[1, 2] | [1, 2]",
      })
  void values(String type, String duckDb, String literals, String expected) throws Exception {
    bench.run(source, "CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, v " + type + ")");
    for (String literal : SourceBench.split(literals)) {
      bench.run(source, "INSERT INTO t (v) VALUES (" + literal + ")");
    }
    bench.run(source, "INSERT INTO t (v) VALUES (NULL)");
    SourceTable table = bench.tables().describe(source, "", "t");
    assertThat(table.columns().get(1).duckDbType()).isEqualTo(duckDb);
    List<String> shown = new ArrayList<>(SourceBench.split(expected));
    shown.add(null);
    assertThat(
            bench.rows(bench.all(source, "T"), "ORDER BY id").stream()
                .map(row -> row.get(1) == null ? null : row.get(1).strip()))
        .containsExactlyElementsOf(shown);
  }

  @Test
  void tables() throws Exception {
    bench.run(
        source,
        "CREATE TABLE A_B (\"x\" INT, y INT NOT NULL, PRIMARY KEY (y, \"x\"))",
        "CREATE TABLE AXB (z INT)",
        "CREATE VIEW v AS SELECT 1 AS one");
    assertThat(bench.tables().list(source))
        .contains(
            new SourceTable.Listed("PUBLIC", "A_B", false),
            new SourceTable.Listed("PUBLIC", "V", true));
    SourceTable table = bench.tables().describe(source, "public", "a_b");
    assertThat(table.columns().stream().map(SourceColumn::name)).containsExactly("x", "Y");
    assertThat(table.primaryKey()).containsExactly("Y", "x");
    assertThat(bench.tables().find(source, "", "nothing")).isEmpty();
  }
}
