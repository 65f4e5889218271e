package io.auspex.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Source;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each type of MariaDB, value for value, as DuckDB shows it; wherever this process runs. */
class MariadbTypesTest {
  private final SourceBench bench = new SourceBench();
  private final TimeZone zone = TimeZone.getDefault();
  private Source source;

  @BeforeEach
  void open() throws SQLException {
    TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
    source = SourceServers.mariadb();
  }

  @AfterEach
  void close() {
    TimeZone.setDefault(zone);
    bench.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      nullValues = "",
      value = {
        "boolean | TINYINT | 0; 1; 2 | 0; 1; 2",
        "tinyint | TINYINT | -128; 127 | -128; 127",
        "tinyint unsigned | UTINYINT | 0; 255 | 0; 255",
        "smallint | SMALLINT | -32768; 32767 | -32768; 32767",
        "smallint unsigned | USMALLINT | 65535 | 65535",
        "mediumint | INTEGER | -8388608 | -8388608",
        "mediumint unsigned zerofill | UINTEGER | 16777215; 1 | 16777215; 1",
        "int(11) | INTEGER | -2147483648; 2147483647 | -2147483648; 2147483647",
        "int unsigned | UINTEGER | 4294967295 | 4294967295",
        "bigint | BIGINT | -9223372036854775808 | -9223372036854775808",
        "bigint unsigned | UBIGINT | 18446744073709551615; 0 | 18446744073709551615; 0",
        "decimal(10,2) | DECIMAL(10,2) | -99999999.99; 0.01 | -99999999.99; 0.01",
        "decimal(38,0) unsigned | DECIMAL(38,0) | 99999999999999999999999999999999999999"
            + "| 99999999999999999999999999999999999999",
        "decimal(65,30) | DOUBLE | 0.5 | 0.5",
        "float | FLOAT | 1.5 | 1.5",
        "double | DOUBLE | 0.1; 1e308; 5e-324 | 0.1; 1e+308; 5e-324",
        "bit(1) | BOOLEAN | 0; 1 | false; true",
        "bit(5) | BIT | 0; 5; 31 | 00000; 00101; 11111",
        "bit(64) | BIT | 1 | " // 63 zeros and a one
            + "0000000000000000000000000000000000000000000000000000000000000001",
        "year | SMALLINT | 0; 1901; 2155 | 0; 1901; 2155",
        "date | DATE | '2024-02-29'; '1000-01-01'; '9999-12-31'; '0000-00-00'; '2024-00-00';"
            + " '2024-05-00' | 2024-02-29; 1000-01-01; 9999-12-31; ~; ~; ~",
        "datetime(6) | TIMESTAMP | '2024-02-29 12:00:00.000001'; '9999-12-31 23:59:59.999999';"
            + " '0000-00-00 00:00:00'; '2024-03-10 02:30:00'; '2024-00-01 10:00:00'"
            + "| 2024-02-29 12:00:00.000001; 9999-12-31 23:59:59.999999; ~; 2024-03-10 02:30:00; ~",
        "timestamp(3) NULL | TIMESTAMP WITH TIME ZONE | '2024-02-29 12:00:00.123';"
            + " '1970-01-01 00:00:01'; '0000-00-00 00:00:00'; '2024-03-10 02:30:00'"
            + "| 2024-02-29 12:00:00.123+00; 1970-01-01 00:00:01+00; ~; 2024-03-10 02:30:00+00",
        "time(6) | TIME | '00:00:00'; '23:59:59.999999'; '00:00:00.000001'"
            + "| 00:00:00; 23:59:59.999999; 00:00:00.000001",
        "char(5) | VARCHAR | 'ab'; '' | ab; ",
        "varchar(20) | VARCHAR | 'ünï 🦆'; 'a ' | ünï 🦆; a",
        "longtext | VARCHAR | 'x' | x",
        "enum('sad','glad') | VARCHAR | 'glad' | glad",
        "set('a','b') | VARCHAR | 'a,b'; '' | a,b; ",
        "json | JSON | '{\"a\":  1}' | {\"a\":  1}",
        "binary(3) | BLOB | 'a' | a\\x00\\x00",
        "varbinary(9) | BLOB | x'00ff' | \\x00\\xFF",
        "blob | BLOB | x'00ff' | \\x00\\xFF",
        "uuid | UUID | '00112233-4455-6677-8899-aabbccddeeff'"
            + "| 00112233-4455-6677-8899-aabbccddeeff",
        "inet4 | VARCHAR | '10.0.0.1' | 10.0.0.1",
        "inet6 | VARCHAR | '::1' | ::1",
        "point | BLOB | point(1,2) | \\x00\\x00\\x00\\x00\\x01\\x01\\x00\\x00\\x00\\x00\\x00"
            + "\\x00\\x00\\x00\\x00\\xF0?\\x00\\x00\\x00\\x00\\x00\\x00\\x00@",
      })
  void values(String type, String duckDb, String literals, String expected) throws Exception {
    bench.run(source, "CREATE TABLE t (id int PRIMARY KEY AUTO_INCREMENT, v " + type + ")");
    for (String literal : SourceBench.split(literals)) {
      bench.run(source, "SET STATEMENT sql_mode='' FOR INSERT INTO t (v) VALUES (" + literal + ")");
    }
    bench.run(source, "INSERT INTO t (v) VALUES (NULL)");
    SourceTable table = bench.tables().describe(source, "", "t");
    assertThat(table.columns().get(1).duckDbType()).isEqualTo(duckDb);
    List<String> shown = new ArrayList<>(SourceBench.split(expected));
    shown.replaceAll(text -> text.equals("~") ? null : text);
    shown.add(null);
    assertThat(
            bench.rows(bench.all(source, "t"), "ORDER BY id").stream()
                .map(row -> row.get(1) == null ? null : row.get(1).strip()))
        .containsExactlyElementsOf(shown);
  }

  @ParameterizedTest
  @CsvSource({"-00:00:01", "24:00:01", "838:59:59"})
  void timesThatAreNoneOfADay(String time) throws SQLException {
    bench.run(source, "CREATE TABLE t (v time)", "INSERT INTO t VALUES ('" + time + "')");
    AuspexException error =
        catchThrowableOfType(AuspexException.class, () -> bench.count(bench.all(source, "t")));
    assertThat(error).hasMessageContaining(time + ", which TIME cannot be");
    assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_VALUE);
  }

  @Test
  void tables() throws SQLException {
    bench.run(
        source,
        "CREATE TABLE Kids (b int, `a ``x` int, c varchar(3) COLLATE utf8mb4_bin NOT NULL,"
            + " PRIMARY KEY (`a ``x`, b))",
        "CREATE VIEW v AS SELECT 1 AS one");
    String schema = bench.tables().defaultSchema(source);
    assertThat(bench.tables().list(source))
        .contains(
            new SourceTable.Listed(schema, "Kids", false),
            new SourceTable.Listed(schema, "v", true));
    SourceTable table = bench.tables().describe(source, "", "kids");
    assertThat(table.name()).isEqualTo("Kids");
    assertThat(table.primaryKey()).containsExactly("a `x", "b");
    assertThat(table.columns().get(2).collation()).contains("utf8mb4_bin");
    assertThat(table.columns().get(2).nullable()).isFalse();
  }
}
