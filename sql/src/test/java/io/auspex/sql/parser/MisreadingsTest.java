package io.auspex.sql.parser;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must be cut: our grammar does not know it, or would read it otherwise than DuckDB. */
class MisreadingsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a // b FROM t",
        "SELECT 1_000_000",
        "SELECT 0xFF",
        "SELECT 123456789012345678901234567890",
        "SELECT $$x$$",
        "SELECT $1",
        "SELECT $name",
        "SELECT ?1",
        "SELECT E'a\\n'",
        "SELECT U&'d\\0061t'",
        "SELECT N'x'",
        "SELECT X'ff'",
        "SELECT 'a' 'b'",
        "SELECT 'a'\n'b'",
        "SELECT a 'x' FROM t",
        "SELECT {'a': 1}",
        "SELECT {d: 1}",
        "SELECT {fn now()}",
        "SELECT [1, 2]",
        "SELECT a[1:2] FROM t",
        "SELECT x: 42",
        "SELECT f(x -> x + 1)",
        "SELECT f(lambda x: x + 1)",
        "SELECT struct_pack(a := 1)",
        "SELECT 2 ^ 3",
        "SELECT 2 ** 3",
        "SELECT a & b FROM t",
        "SELECT a | b FROM t",
        "SELECT a << 1 FROM t",
        "SELECT /*+ hint */ a FROM t",
        "SELECT /* a /* b */ a FROM t",
        "SELECT #1 FROM t"
      })
  void words(String query) {
    refused(query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM a POSITIONAL JOIN b",
        "SELECT * FROM a ASOF JOIN b ON a.x >= b.x",
        "SELECT * FROM a SEMI JOIN b ON a.x = b.x",
        "SELECT * FROM a ANTI JOIN b ON a.x = b.x",
        "SELECT * FROM a NATURAL JOIN b",
        "SELECT * FROM a JOIN b USING (x)",
        "SELECT a.x FROM a LEFT JOIN b USING (x)",
        "SELECT * FROM a, b RIGHT JOIN c ON b.x = c.x",
        "SELECT * FROM a, b, c JOIN d ON true FULL JOIN e ON c.x = e.x",
        "SELECT * FROM a CROSS JOIN b ON a.x = b.x",
        "SELECT * FROM a JOIN b",
        "SELECT * FROM t, LATERAL (SELECT t.a) x",
        "SELECT * FROM t CROSS APPLY f(a)",
        "SELECT * FROM t USING SAMPLE 10",
        "SELECT * FROM t TABLESAMPLE BERNOULLI (10)",
        "SELECT * FROM t TABLESAMPLE 10%",
        "SELECT * FROM t FOR SYSTEM_TIME AS OF TIMESTAMP '2020-01-01 00:00:00'",
        "SELECT * FROM t PIVOT (sum(a) FOR b IN (1, 2))",
        "SELECT * FROM UNNEST(a)",
        "SELECT * FROM range(5)",
        "SELECT * FROM 'x.parquet'",
        "SELECT * FROM read_csv('x', header = true)",
        "SELECT * FROM t(a int)",
        "FROM t",
        "SELECT a, FROM t"
      })
  void tables(String query) {
    refused(query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a FROM t ORDER BY ALL",
        "SELECT a FROM t GROUP BY ALL",
        "SELECT a FROM t GROUP BY a, ()",
        "SELECT a FROM t GROUP BY GROUPING SETS ((a), ())",
        "SELECT a FROM t GROUP BY ROLLUP (a)",
        "SELECT a FROM t GROUP BY CUBE (a)",
        "SELECT a FROM t LIMIT 1, 2",
        "SELECT a FROM t LIMIT 10%",
        "SELECT a FROM t QUALIFY row_number() OVER () = 1",
        "SELECT DISTINCT ON (a) b FROM t",
        "SELECT STREAM a FROM t",
        "SELECT * EXCLUDE (a) FROM t",
        "SELECT * REPLACE (a + 1 AS a) FROM t",
        "SELECT * RENAME (a AS b) FROM t",
        "SELECT * x FROM t",
        "SELECT COLUMNS('x') FROM t",
        "SELECT a FROM t UNION BY NAME SELECT b FROM u",
        "SELECT a FROM t MINUS SELECT b FROM u",
        "WITH RECURSIVE q AS (SELECT 1) SELECT * FROM q",
        "WITH q AS MATERIALIZED (SELECT 1) SELECT * FROM q",
        "INSERT INTO t SELECT 1",
        "SELECT 1; SELECT 2"
      })
  void clauses(String query) {
    refused(query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a + 1 AS b, b * 2 AS c FROM t",
        "SELECT a + 1 AS b FROM t WHERE b > 1",
        "SELECT a % 2 AS b, count(*) FROM t GROUP BY b + 1",
        "SELECT sum(a) AS b FROM t GROUP BY c HAVING B > 1",
        "SELECT -a AS a FROM t ORDER BY a + 0",
        "SELECT a AS b, b AS a FROM t"
      })
  void aliases(String query) {
    refused(query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT INTERVAL (a) DAY FROM t",
        "SELECT INTERVAL -'1' DAY",
        "SELECT INTERVAL '1' DAY(3)",
        "SELECT INTERVAL '1.5' SECOND",
        "SELECT INTERVAL '1-2' YEAR TO MONTH",
        "SELECT INTERVAL '1 day'",
        "SELECT EXTRACT(EPOCH FROM a) FROM t",
        "SELECT date_trunc(a, MONTH) FROM t",
        "SELECT string_agg(a SEPARATOR ',') FROM t",
        "SELECT current_date",
        "SELECT user FROM t",
        "SELECT TIME '10:00:00'",
        "SELECT DATE '2020-1-1'",
        "SELECT DATE 'today'",
        "SELECT TIMESTAMP '2020-01-01 00:00:00+02'",
        "SELECT a SIMILAR TO 'x' FROM t",
        "SELECT a LIKE ANY (['x']) FROM t",
        "SELECT a = ANY (SELECT b FROM u) FROM t",
        "SELECT a > ALL (SELECT b FROM u) FROM t",
        "SELECT a ISNULL FROM t",
        "SELECT a NOTNULL FROM t",
        "SELECT a GLOB 'x' FROM t",
        "SELECT a COLLATE nocase FROM t",
        "SELECT a AT TIME ZONE 'UTC' FROM t",
        "SELECT a BETWEEN SYMMETRIC 1 AND 2 FROM t",
        "SELECT lag(a) IGNORE NULLS OVER (ORDER BY b) FROM t",
        "SELECT string_agg(a, ',' ORDER BY b) FROM t",
        "SELECT trim(a) FROM t",
        "SELECT floor(a TO day) FROM t",
        "SELECT position('a' IN b) FROM t",
        "SELECT ROW(1, 2)",
        "SELECT a FROM t WHERE (a, b) IN (SELECT 1, 2)",
        "SELECT (a).b FROM t",
        "SELECT CAST(a AS DECIMAL) FROM t",
        "SELECT CAST(a AS CHAR) FROM t",
        "SELECT CAST(a AS VARCHAR(3)) FROM t",
        "SELECT CAST(a AS TIMESTAMP(3)) FROM t",
        "SELECT a::timestamp with time zone FROM t",
        "SELECT a::int[] FROM t",
        "SELECT a::int[3] FROM t"
      })
  void expressions(String query) {
    refused(query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a + b || c",
        "a || b * c",
        "a = b = c",
        "a IS DISTINCT FROM b = c",
        "a IN (1, 2) LIKE b",
        "a IN (1, 2)::int",
        "a LIKE b IS NULL",
        "a BETWEEN 1 AND 2 = c",
        "a = NOT b"
      })
  void neighbours(String expression) {
    refused("SELECT " + expression + " FROM t");
  }

  private static void refused(String query) {
    assertThatThrownBy(() -> Queries.parse(query))
        .isInstanceOf(NotUnderstood.class)
        .message()
        .isNotBlank()
        .hasLineCount(1);
  }
}
