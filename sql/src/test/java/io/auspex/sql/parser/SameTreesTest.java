package io.auspex.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.dialect.DuckDBSqlDialect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every query that is understood has the tree that DuckDB's own parser makes of it. DuckDB shows
 * its tree with {@code json_serialize_sql}; our tree is written out with all its parentheses and
 * given to it.
 */
class SameTreesTest {
  private static final List<String> INFIX =
      List.of(
          "+",
          "-",
          "*",
          "/",
          "%",
          "||",
          "=",
          "<>",
          "<",
          ">=",
          "AND",
          "OR",
          "LIKE",
          "NOT LIKE",
          "ILIKE",
          "IS DISTINCT FROM",
          "IS NOT DISTINCT FROM");
  private static final List<String> POSTFIX =
      List.of(
          "IS NULL",
          "IS NOT NULL",
          "IS TRUE",
          "IS NOT FALSE",
          "IN (1, 2)",
          "NOT IN (1, 2)",
          "BETWEEN 1 AND 2",
          "NOT BETWEEN b AND c",
          "LIKE b ESCAPE 'x'",
          "::INTEGER",
          "[1]");
  private static final List<String> PREFIX = List.of("-", "+", "NOT");

  private static Connection duckdb;

  @BeforeAll
  static void open() throws SQLException {
    duckdb = DriverManager.getConnection("jdbc:duckdb:");
  }

  @AfterAll
  static void close() throws SQLException {
    duckdb.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a, b AS x, c y, t.a AS \"q\"\"q\" FROM t",
        "SELECT * FROM s.t AS x(a, b), \"S t\".\"T\" y JOIN z ON y.a = z.a LEFT JOIN w ON w.b",
        "SELECT x.* FROM (a CROSS JOIN b) RIGHT JOIN (SELECT 1 AS i) x ON x.i = a.i",
        "SELECT a.k FROM a JOIN b USING (k, l)",
        "SELECT a FROM t UNION SELECT b FROM u INTERSECT SELECT c FROM v",
        "SELECT a FROM t UNION ALL SELECT b FROM u EXCEPT SELECT c FROM v",
        "(SELECT a FROM t ORDER BY a LIMIT 1) UNION ALL (SELECT b FROM u OFFSET 2)",
        "WITH q(a) AS (SELECT 1), r AS (TABLE t) SELECT q.a FROM q, r ORDER BY 1 DESC LIMIT 3",
        "SELECT a FROM t ORDER BY a, b DESC, c NULLS FIRST, d DESC NULLS LAST LIMIT 5 OFFSET ?",
        "SELECT a FROM t OFFSET 2 ROWS FETCH NEXT 3 ROWS ONLY",
        "SELECT DISTINCT a FROM t WHERE a IN (SELECT b FROM u) AND NOT EXISTS (SELECT 1)",
        "SELECT a, count(*), count(DISTINCT b) FROM t GROUP BY a, b HAVING sum(c) > 1",
        "SELECT sum(a) FILTER (WHERE b > 1), percentile_cont(0.5) WITHIN GROUP (ORDER BY a) FROM t",
        "SELECT sum(a) OVER (PARTITION BY b ORDER BY c ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)"
            + " FROM t",
        "SELECT row_number() OVER w FROM t WINDOW w AS (ORDER BY c)",
        "SELECT CASE WHEN a THEN b ELSE c END, CASE a WHEN 1 THEN 2 WHEN 3 THEN 4 END FROM t",
        "SELECT left(a, 2), substring(a, 2, 3), upper(a), floor(a), ceil(b), mod(a, 2) FROM t",
        "SELECT coalesce(a, b), nullif(a, b), if(a, b, c), greatest(a, b), s.f(a) FROM t",
        "SELECT DATE '2020-01-01', TIMESTAMP '2020-01-01 00:00:00', 'it''s', TRUE, NULL, 1.5, -1",
        "SELECT a.b.c, a[1], b.c[2].d, f(a).b, (SELECT max(a) FROM t) FROM t",
        "SELECT a + b::INTEGER, -a::DOUBLE, a[1]::VARCHAR, a::VARCHAR::hugeint, (a + b)::BIGINT",
        "SELECT CAST(a AS DECIMAL(10, 2)), TRY_CAST(b AS DATE), c::timestamptz FROM t",
        "SELECT year, month, day, hour, value, position, count, rank, model FROM t",
        "SELECT a -- one comment\n, /* another */ b FROM t",
        "SELECT * FROM (VALUES (1, 'a'), (2, 'b')) v(i, s)",
        "VALUES (1, 2), (3, 4)",
        "SELECT upper(a) AS a FROM t ORDER BY a",
        "SELECT date_trunc('month', a), EXTRACT(YEAR FROM a), extract(week FROM a + b) FROM t",
        "SELECT a + INTERVAL '3' DAY, a - INTERVAL '1' MONTH * 2, INTERVAL '10' SECOND FROM t",
        "SELECT string_agg(a, ','), string_agg(DISTINCT a), array_agg(a), group_concat(a) FROM t"
      })
  void queries(String query) {
    assertThat(difference(query)).isEmpty();
    assertThat(ours(query)).as("understood").isPresent();
  }

  @Test
  void allPairsOfOperators() {
    List<String> expressions = new ArrayList<>();
    for (String first : INFIX) {
      for (String second : INFIX) {
        expressions.add("a " + first + " b " + second + " c");
      }
      for (String second : POSTFIX) {
        expressions.add("a " + first + " b " + second);
        expressions.add("a " + second + " " + first + " b");
        expressions.add("a BETWEEN b " + first + " c AND d");
        expressions.add("a BETWEEN b AND c " + first + " d");
      }
      for (String sign : PREFIX) {
        expressions.add(sign + " a " + first + " b");
        expressions.add("a " + first + " " + sign + " b");
      }
    }
    for (String first : POSTFIX) {
      for (String second : POSTFIX) {
        expressions.add("a " + first + " " + second);
      }
      for (String sign : PREFIX) {
        expressions.add(sign + " a " + first);
      }
    }
    assertSame(expressions);
  }

  @Test
  void randomExpressions() {
    Random random = new Random(20261122);
    List<String> expressions = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      expressions.add(expression(random, 3));
    }
    assertSame(expressions);
  }

  private static String expression(Random random, int depth) {
    if (depth == 0) {
      return List.of("a", "b.c", "f(x, 1)", "2", "'s'").get(random.nextInt(5));
    }
    String inner = expression(random, depth - 1);
    return switch (random.nextInt(7)) {
      case 0 -> "(" + inner + ")";
      // Not "+": Calcite drops it before a number.
      case 1 -> List.of("-", "NOT").get(random.nextInt(2)) + " " + inner;
      case 2 -> inner + " " + POSTFIX.get(random.nextInt(POSTFIX.size()));
      case 3 -> "CASE WHEN " + inner + " THEN " + expression(random, depth - 1) + " END";
      default ->
          inner
              + " "
              + INFIX.get(random.nextInt(INFIX.size()))
              + " "
              + expression(random, depth - 1);
    };
  }

  /** No difference in any; and enough of them understood for this to say something. */
  private static void assertSame(List<String> expressions) {
    List<String> queries = expressions.stream().map(e -> "SELECT " + e + " FROM t").toList();
    assertThat(queries.stream().flatMap(query -> difference(query).stream())).isEmpty();
    long understood = queries.stream().filter(query -> ours(query).isPresent()).count();
    assertThat(understood).isGreaterThan(queries.size() / 5);
  }

  private static Optional<String> difference(String query) {
    Optional<String> ours = ours(query);
    if (ours.isEmpty()) {
      return Optional.empty();
    }
    String tree = tree(query);
    boolean refusedByDuckDb = tree.contains("\"error\":true");
    return refusedByDuckDb || tree.equals(tree(ours.get()))
        ? Optional.empty()
        : Optional.of(query + "  =>  " + ours.get());
  }

  private static Optional<String> ours(String query) {
    try {
      SqlNode tree = Queries.parse(query);
      return Optional.of(
          tree.toSqlString(
                  writer ->
                      writer
                          .withDialect(DuckDBSqlDialect.DEFAULT)
                          .withAlwaysUseParentheses(true)
                          .withQuoteAllIdentifiers(true))
              .getSql());
    } catch (NotUnderstood cut) {
      return Optional.empty();
    }
  }

  /** DuckDB's tree, but for the places in the text. */
  private static String tree(String query) {
    try (PreparedStatement statement =
        duckdb.prepareStatement("SELECT json_serialize_sql(?::VARCHAR)")) {
      statement.setString(1, query);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1).replaceAll("\"query_location(_length)?\":\\d+,?", "");
      }
    } catch (SQLException failed) {
      throw new AssertionError(query, failed);
    }
  }
}
