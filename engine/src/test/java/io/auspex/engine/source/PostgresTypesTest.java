package io.auspex.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Source;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each type of PostgreSQL, value for value, as DuckDB shows it. */
class PostgresTypesTest {
  private final SourceBench bench = new SourceBench();
  private Source source;

  @BeforeEach
  void open() throws SQLException {
    source = SourceServers.postgres();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      nullValues = "",
      value = {
        "boolean | BOOLEAN | true; false | true; false",
        "smallint | SMALLINT | -32768; 32767 | -32768; 32767",
        "integer | INTEGER | -2147483648; 2147483647 | -2147483648; 2147483647",
        "bigint | BIGINT | -9223372036854775808; 9223372036854775807"
            + "| -9223372036854775808; 9223372036854775807",
        "serial | INTEGER | 1 | 1",
        "oid | UINTEGER | 0; 4294967295 | 0; 4294967295",
        "real | FLOAT | 1.5; NaN; Infinity; -Infinity; 1e-40 | 1.5; nan; inf; -inf; 1e-40",
        "double precision | DOUBLE | 0.1; NaN; -Infinity; -0; 5e-324"
            + "| 0.1; nan; -inf; -0.0; 5e-324",
        "numeric(5,2) | DECIMAL(5,2) | 0; 999.99; -999.99; 0.01; 100"
            + "| 0.00; 999.99; -999.99; 0.01; 100.00",
        "numeric(18,0) | DECIMAL(18,0) | 999999999999999999; -10000; 10000"
            + "| 999999999999999999; -10000; 10000",
        "numeric(18,18) | DECIMAL(18,18) | 0.000000000000000001; -0.999999999999999999"
            + "| .000000000000000001; -.999999999999999999",
        "numeric(38,10) | DECIMAL(38,10) | 9999999999999999999999999999.9999999999; -0.0000000001; 5"
            + "| 9999999999999999999999999999.9999999999; -0.0000000001; 5.0000000000",
        "numeric(3,-2) | DECIMAL(5,0) | 12345; -99900 | 12300; -99900",
        "numeric(2,4) | DECIMAL(4,4) | 0.0099; -0.0001 | .0099; -.0001",
        "numeric(50,2) | DOUBLE | 1.25 | 1.25",
        "numeric | DOUBLE | 0; 0.1; 1e300; -1e-300; NaN; Infinity; -Infinity; 123456789.987654321;"
            + " 9007199254740993; 0.30000000000000004"
            + "| 0.0; 0.1; 1e+300; -1e-300; nan; inf; -inf; 123456789.98765433; 9007199254740992.0;"
            + " 0.30000000000000004",
        "money | DECIMAL(21,2) | -92233720368547758.08; 1.5 | -92233720368547758.08; 1.50",
        "text | VARCHAR | ; a b; ünï 🦆 | ; a b; ünï 🦆",
        "varchar(5) | VARCHAR | ab | ab",
        "char(5) | VARCHAR | ab; 🦆 | ab; 🦆",
        "name | VARCHAR | n | n",
        "xml | VARCHAR | <a>1</a> | <a>1</a>",
        "bytea | BLOB | \\x00ff61; \\x | \\x00\\xFFa; ",
        "bit(4) | BIT | 0101; 1111 | 0101; 1111",
        "bit(8) | BIT | 10000001 | 10000001",
        "bit varying | BIT | 1; 000000001 | 1; 000000001",
        "uuid | UUID | 00000000-0000-0000-0000-000000000001; ffffffff-ffff-ffff-ffff-fffffffffffe"
            + "| 00000000-0000-0000-0000-000000000001; ffffffff-ffff-ffff-ffff-fffffffffffe",
        "json | JSON | {\"a\":  1}; null | {\"a\":  1}; null",
        "jsonb | JSON | {\"a\":1} | {\"a\": 1}",
        "date | DATE | 2024-02-29; 4713-01-01 BC; infinity; -infinity; 5874897-12-31; 1969-12-31"
            + "| 2024-02-29; 4713-01-01 (BC); infinity; -infinity; 5874897-12-31; 1969-12-31",
        "time | TIME | 00:00; 23:59:59.999999; 24:00:00 | 00:00:00; 23:59:59.999999; 24:00:00",
        "time with time zone | TIME WITH TIME ZONE | 12:00+02; 00:00-15:59:59; 01:02:03.5+05:30"
            + "| 12:00:00+02; 00:00:00-15:59:59; 01:02:03.5+05:30",
        "timestamp | TIMESTAMP | 2024-02-29 12:00:00.000001; 4713-01-01 00:00 BC; infinity;"
            + " -infinity; 294246-12-31 23:59:59.999999"
            + "| 2024-02-29 12:00:00.000001; 4713-01-01 (BC) 00:00:00; infinity; -infinity;"
            + " 294246-12-31 23:59:59.999999",
        "timestamp with time zone | TIMESTAMP WITH TIME ZONE | 2024-02-29 12:00:00+02; -infinity;"
            + " 1883-11-18 12:03:57-07:52:58"
            + "| 2024-02-29 10:00:00+00; -infinity; 1883-11-18 19:56:55+00",
        "interval | INTERVAL | 1 year 2 mons 3 days 04:05:06.789; -1 mons -1 days -00:00:00.000001"
            + "| 1 year 2 months 3 days 04:05:06.789; -1 month -1 day -00:00:00.000001",
        "integer[] | INTEGER[] | {}; {1,NULL,-3}; [5:6]={7,8} | []; [1, NULL, -3]; [7, 8]",
        "text[] | VARCHAR[] | {a,\"b c\",NULL,\"\"} | [a, b c, NULL, '']",
        "numeric(6,2)[] | DECIMAL(6,2)[] | {1.5,-0.01} | [1.50, -0.01]",
        "numeric[] | DOUBLE[] | {1.5,NaN} | [1.5, nan]",
        "uuid[] | UUID[] | {00000000-0000-0000-0000-000000000001}"
            + "| [00000000-0000-0000-0000-000000000001]",
        "timestamptz[] | TIMESTAMP WITH TIME ZONE[] | {\"2024-01-01 00:00+01\"}"
            + "| ['2023-12-31 23:00:00+00']",
        "jsonb[] | JSON[] | {\"{\\\"a\\\": 1}\"} | [{\"a\": 1}]",
        "boolean[] | BOOLEAN[] | {t,f} | [true, false]",
        "integer[][] | INTEGER[][] | {{1,2},{3,4},{5,NULL}}; {} | [[1, 2], [3, 4], [5, NULL]]; []",
        "integer[][][] | INTEGER[][][] | {{{1,2},{3,4}},{{5,6},{7,8}}}"
            + "| [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]",
        "inet | VARCHAR | 10.0.0.1/8 | 10.0.0.1/8",
        "inet[] | VARCHAR[] | {10.0.0.1} | [10.0.0.1/32]",
        "macaddr | VARCHAR | 08:00:2b:01:02:03 | 08:00:2b:01:02:03",
        "point | VARCHAR | (1,2) | (1,2)",
        "int4range | VARCHAR | [1,5) | [1,5)",
        "tsvector | VARCHAR | a b | 'a' 'b'",
        "regclass | VARCHAR | pg_class | pg_class",
        "int2vector | SMALLINT[] | 1 2 | [1, 2]",
        "pg_lsn | VARCHAR | 0/1 | 0/1",
      })
  void values(String type, String duckDb, String literals, String expected) throws Exception {
    List<String> given = SourceBench.split(literals);
    bench.run(source, "CREATE TABLE t (id serial, v " + type + ")");
    for (String literal : given) {
      bench.run(source, "INSERT INTO t (v) VALUES ('" + literal.replace("'", "''") + "')");
    }
    if (!type.equals("serial")) {
      bench.run(source, "INSERT INTO t (v) VALUES (NULL)");
    }
    SourceTable table = bench.tables().describe(source, "", "t");
    assertThat(table.columns().get(1).duckDbType()).isEqualTo(duckDb);
    List<String> shown = new ArrayList<>(SourceBench.split(expected));
    if (!type.equals("serial")) {
      shown.add(null);
    }
    assertThat(bench.rows(bench.all(source, "t"), "ORDER BY id").stream().map(row -> row.get(1)))
        .containsExactlyElementsOf(shown);
  }

  @Test
  void typesThatUsersMake() throws Exception {
    bench.run(
        source,
        "CREATE TYPE mood AS ENUM ('sad', 'glad')",
        "CREATE DOMAIN cents AS numeric(8,2) CHECK (VALUE > 0)",
        "CREATE DOMAIN price AS cents",
        "CREATE TYPE pair AS (a int, b text)",
        "CREATE SCHEMA other",
        "CREATE TYPE other.int4 AS ENUM ('four')",
        "CREATE TYPE _odd AS ENUM ('odd')",
        "CREATE TABLE t (m mood, p price, c pair, i other.int4, o _odd, ms mood[])",
        "INSERT INTO t VALUES ('glad', 1.5, '(1,x)', 'four', 'odd', '{sad,NULL}'),"
            + " (NULL, NULL, NULL, NULL, NULL, NULL)");
    SourceQuery all = bench.all(source, "t");
    assertThat(all.columns().stream().map(SourceColumn::duckDbType))
        .containsExactly("VARCHAR", "DECIMAL(8,2)", "VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR[]");
    assertThat(bench.rows(all))
        .containsExactly(
            List.of("glad", "1.50", "(1,x)", "four", "odd", "[sad, NULL]"),
            Arrays.asList(null, null, null, null, null, null));
  }

  /** What a query computes is made what it is to be, by the server. */
  @Test
  void computedColumns() throws Exception {
    List<SourceColumn> columns =
        List.of(
            SourceColumn.computed("sum", "HUGEINT"),
            SourceColumn.computed("count", "BIGINT"),
            SourceColumn.computed("avg", "DOUBLE"),
            SourceColumn.computed("small", "UTINYINT"),
            SourceColumn.computed("big", "UBIGINT"),
            SourceColumn.computed("text", "VARCHAR"),
            SourceColumn.computed("tiny", "TINYINT"));
    String sql =
        "SELECT sum(v), count(*)::int, avg(v), min(v) % 2, 18446744073709551615, max(v), -128::int2"
            + " FROM generate_series(1::bigint, 4) v";
    assertThat(bench.rows(SourceQuery.whole(source, sql, columns)))
        .containsExactly(List.of("10", "4", "2.5", "1", "18446744073709551615", "4", "-128"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "numeric(5,2) | NaN | NaN",
        "timestamp | 294276-12-31 23:59 | 294246",
        "interval | infinity | infinity",
        "interval | 2562048 hours | 2,562,047 hours",
        "integer[] | {{1,2},{3,4}} | 2 dimensions",
        "bit varying | '' | empty bit string",
        "numeric | 1e400 | 1.8e308",
      })
  void valuesThatDuckDbHasNot(String type, String literal, String said) throws Exception {
    String value = literal.equals("''") ? "" : literal;
    bench.run(source, "CREATE TABLE t (v " + type + ")", "INSERT INTO t VALUES ('" + value + "')");
    AuspexException error =
        catchThrowableOfType(AuspexException.class, () -> bench.count(bench.all(source, "t")));
    assertThat(error)
        .hasMessageContaining(said)
        .hasMessageContaining("The column v of the source pg");
    assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_VALUE);
    bench.assertIdle();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT nothing", "SELECT 1/0", "SELEC", "SELECT 1, 2"})
  void queriesThatFail(String sql) {
    SourceQuery query =
        SourceQuery.whole(source, sql, List.of(SourceColumn.computed("v", "INTEGER")));
    assertThat(catchThrowableOfType(AuspexException.class, () -> bench.count(query)))
        .hasMessageContaining("The source pg refused a query: ")
        .extracting(AuspexException::code)
        .isEqualTo(ErrorCode.SOURCE_REFUSED);
  }
}
