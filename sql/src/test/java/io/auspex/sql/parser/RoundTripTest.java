package io.auspex.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.dialect.DuckDBSqlDialect;
import org.apache.calcite.util.Litmus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Parsed, written out and parsed again, a query is the same. JavaCC says nothing of conflicts in a
 * grammar of this lookahead; this corpus does.
 */
class RoundTripTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM PREDICT(MODEL m, TABLE t) AS p",
        "SELECT p.a FROM TABLE(PREDICT(MODEL \"My m\" VERSION 3, TABLE s.t, DESCRIPTOR(a, b))) p",
        "SELECT * FROM PREDICT(MODEL m VERSION champion, (SELECT a FROM t WHERE b > 1)) p",
        "SELECT PREDICT(MODEL m, a, b).label, PREDICT(MODEL m, x => a) FROM t",
        "SELECT a FROM t WHERE PREDICT(MODEL m, a).probability[2] > 0.5 ORDER BY a DESC",
        "SELECT model, version, features, outputs, comment, alias, models, if FROM predict model",
        "SELECT a JOIN_, b.c FROM t a JOIN (SELECT 1 AS x) b ON a.x = b.x",
        "SELECT a FROM t JOIN u ON t.a = u.a LEFT JOIN v ON u.b = v.b, w CROSS JOIN x",
        "SELECT a FROM (t CROSS JOIN u)",
        "WITH q AS (SELECT 1 AS a), r(b) AS (SELECT a FROM q) SELECT b FROM r UNION SELECT 2",
        "SELECT a FROM t UNION ALL SELECT b FROM u INTERSECT SELECT c FROM v EXCEPT SELECT 1",
        "SELECT count(*), count(DISTINCT a), sum(a) FILTER (WHERE b) FROM t GROUP BY c, d",
        "SELECT sum(a) OVER (PARTITION BY b ORDER BY c ROWS BETWEEN 1 PRECEDING AND 2 FOLLOWING)"
            + " FROM t",
        "SELECT CASE a WHEN 1 THEN 'x' ELSE 'y' END, CAST(a AS VARCHAR), NOT a OR b AND c FROM t",
        "SELECT a[1], b.c[2], (- a + b * (c - d) % e) || f FROM t WHERE NOT a BETWEEN 1 AND 2",
        "SELECT a FROM t WHERE a LIKE 'x%' ESCAPE '!' AND b NOT IN (1, 2) AND c IS NOT NULL",
        "SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.a = t.a) AND b IN (SELECT b FROM v)",
        "SELECT DATE '2020-01-01', TIMESTAMP '2020-01-01 00:00:00', 1e5, 'it''s', ?",
        "SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v(i, s) LIMIT 5 OFFSET 2",
        "SELECT year, month, day, hour, minute, second, date_part('year', d) FROM flights"
      })
  void isTheSame(String query) {
    SqlNode first = Queries.parse(query);
    String written =
        first
            .toSqlString(
                writer ->
                    writer
                        .withDialect(DuckDBSqlDialect.DEFAULT)
                        .withQuoteAllIdentifiers(true)
                        .withAlwaysUseParentheses(true))
            .getSql();
    SqlNode second = Queries.parse(written);
    assertThat(first.equalsDeep(second, Litmus.IGNORE)).as(written).isTrue();
  }
}
