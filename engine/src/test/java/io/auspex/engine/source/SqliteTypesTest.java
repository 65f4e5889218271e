package io.auspex.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Source;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SQLite, where columns declare what they like and values are what they are. */
class SqliteTypesTest {
  @TempDir private Path folder;
  private final SourceBench bench = new SourceBench();
  private Source source;

  @BeforeEach
  void open() {
    source = SourceServers.sqlite(folder.resolve("a.db"));
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
        "INTEGER | BIGINT | -9223372036854775808; 9223372036854775807; 3.0"
            + "| -9223372036854775808; 9223372036854775807; 3",
        "UNSIGNED BIG INT | BIGINT | 5 | 5",
        "TINYINT | BIGINT | 300 | 300",
        "BOOLEAN | BOOLEAN | 0; 1; 'true'; 'FALSE' | false; true; true; false",
        "REAL | DOUBLE | 0.1; 3; 9e999 | 0.1; 3.0; inf",
        "DECIMAL(10,2) | DOUBLE | 1.25; 2 | 1.25; 2.0",
        "NUMERIC | DOUBLE | 7 | 7.0",
        "TEXT | VARCHAR | 'ünï 🦆'; '' ; 5 | ünï 🦆; ; 5",
        "VARCHAR(3) | VARCHAR | 'longer' | longer",
        "BLOB | BLOB | x'00ff'; 'a' | \\x00\\xFF; a",
        "JSON | JSON | '{\"a\": 1}' | {\"a\": 1}",
        "UUID | UUID | '00112233-4455-6677-8899-AABBCCDDEEFF'"
            + "| 00112233-4455-6677-8899-aabbccddeeff",
        "DATE | DATE | '2024-02-29'; '0001-01-01'; '2024-02-29 00:00:00'"
            + "| 2024-02-29; 0001-01-01; 2024-02-29",
        "DATETIME | TIMESTAMP | '2024-02-29 12:00:00.5'; '2024-02-29T12:00'; '2024-02-29';"
            + " '2024-02-29 12:00:00+02:00'; '2024-02-29T12:00:00Z'"
            + "| 2024-02-29 12:00:00.5; 2024-02-29 12:00:00; 2024-02-29 00:00:00;"
            + " 2024-02-29 10:00:00; 2024-02-29 12:00:00",
        "TIME | TIME | '12:00'; '23:59:59.999999' | 12:00:00; 23:59:59.999999",
        "'' | VARCHAR | 1; 'a'; 1.5 | 1; a; 1.5",
        "THING | VARCHAR | 'a' | a",
      })
  void values(String type, String duckDb, String literals, String expected) throws Exception {
    bench.run(source, "CREATE TABLE t (id INTEGER PRIMARY KEY, v " + type.replace("''", "") + ")");
    for (String literal : SourceBench.split(literals)) {
      bench.run(source, "INSERT INTO t (v) VALUES (" + literal + ")");
    }
    bench.run(source, "INSERT INTO t (v) VALUES (NULL)");
    SourceTable table = bench.tables().describe(source, "", "t");
    assertThat(table.columns().get(1).duckDbType()).isEqualTo(duckDb);
    List<String> shown = new ArrayList<>(SourceBench.split(expected));
    shown.add(null);
    assertThat(bench.rows(bench.all(source, "t"), "ORDER BY id").stream().map(row -> row.get(1)))
        .containsExactlyElementsOf(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "INTEGER, 'abc', the text 'abc'",
    "INTEGER, 1.5, 1.5",
    "REAL, 'abc', the text 'abc'",
    "BOOLEAN, 2, 2",
    "TEXT, x'00', a BLOB of 1 bytes",
    "DATE, 20240229, 20240229",
    "DATE, 'today', the text 'today'",
    "TIMESTAMP, 1709200000, 1709200000",
    "UUID, 'x', the text 'x'",
  })
  void valuesOfOtherTypes(String type, String literal, String said) throws SQLException {
    // CsvSource takes the quotes that SQL needs.
    String value = literal.matches("[a-z]+") ? "'" + literal + "'" : literal;
    bench.run(
        source,
        "CREATE TABLE t (v " + type + ")",
        "INSERT INTO t VALUES (" + (literal.equals("x00") ? "x'00'" : value) + ")");
    AuspexException error =
        catchThrowableOfType(AuspexException.class, () -> bench.count(bench.all(source, "t")));
    assertThat(error)
        .hasMessageContaining("The column v of the source lite has the value")
        .hasMessageContaining(said.replaceAll("the text (\\w+)$", "the text '$1'"));
    assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_VALUE);
  }

  @Test
  void tables() throws SQLException {
    bench.run(
        source,
        "CREATE TABLE \"My \"\"T\" (a INTEGER, b TEXT NOT NULL, c TEXT COLLATE NOCASE,"
            + " g INT GENERATED ALWAYS AS (a + 1), PRIMARY KEY (b, a))",
        "CREATE TABLE plain (x TEXT)",
        "CREATE VIEW v AS SELECT a FROM \"My \"\"T\"",
        "INSERT INTO plain VALUES ('a'), ('b')",
        "ANALYZE");
    assertThat(bench.tables().list(source))
        .containsExactly(
            new SourceTable.Listed("main", "My \"T", false),
            new SourceTable.Listed("main", "plain", false),
            new SourceTable.Listed("main", "v", true));
    SourceTable table = bench.tables().describe(source, "", "my \"t");
    assertThat(table.columns().stream().map(SourceColumn::name))
        .containsExactly("a", "b", "c", "g");
    assertThat(table.primaryKey()).containsExactly("b", "a");
    assertThat(table.columns().get(1).collation()).contains("unknown");
    SourceTable plain = bench.tables().describe(source, "main", "plain");
    assertThat(plain.columns().get(0).collation()).contains("BINARY");
    assertThat(bench.tables().describe(source, "", "v").columns()).hasSize(1);
    AuspexException error =
        catchThrowableOfType(
            AuspexException.class, () -> bench.tables().describe(source, "", "plane"));
    assertThat(error)
        .hasMessageContaining("The source lite has no table plane. Did you mean plain?");
  }
}
