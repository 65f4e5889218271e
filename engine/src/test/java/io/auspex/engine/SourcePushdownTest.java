package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.OptimizerRule;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a source computes is what DuckDB computes of the rows it reads: every operator that is
 * pushed, with rules on and off, over NULLs, Unicode and values at the edges. {@code t} has
 * pushdown on, {@code plain.t} off.
 */
@Timeout(300)
class SourcePushdownTest {
  private static final Set<OptimizerRule> RULES =
      EnumSet.copyOf(
          Arrays.stream(OptimizerRule.values())
              .filter(rule -> rule.name().startsWith("SOURCE_"))
              .toList());

  private static final List<String> INTEGERS =
      List.of(
          "? = 3",
          "? <> 3",
          "? < 0",
          "? >= 32767",
          "? BETWEEN -1 AND 3",
          "? IN (1, 2, -32768)",
          "? NOT IN (1, 2)",
          "? IN (1, NULL)",
          "NOT (? > 2)",
          "? = 1.5",
          "? > 1.5",
          "? > 1e1",
          "? IS NULL OR ? <> 0",
          "? + 1 > 3",
          "? / 2 > 1",
          "? % 2 = 1",
          "? = 99999999999999999999",
          "? IS NOT DISTINCT FROM NULL",
          "? = id");

  private static final List<String> TEXTS =
      List.of(
          "? = 'a'",
          "? = 'A'",
          "? = 'a '",
          "? = ''",
          "? = 'ä'",
          "? = 'ß'",
          "? = 'it''s'",
          "? = 'back\\slash'",
          "? = '🦆'",
          "? <> 'a'",
          "? IN ('a', 'ß', 'nobody')",
          "? NOT IN ('a', 'b')",
          "? > 'a'",
          "? <= 'B'",
          "? BETWEEN 'a' AND 'z'",
          "? LIKE 'a%'",
          "? LIKE '%s%'",
          "? LIKE 'a_'",
          "? LIKE '%\\%'",
          "? NOT LIKE '%a%'",
          "? ILIKE 'A%'",
          "upper(?) = 'A'",
          "? || 'x' = 'ax'",
          "? IS NULL OR ? = 'a'",
          "NOT (? = 'a')");

  private static final List<String> NUMBERS =
      List.of(
          "? = 1.5",
          "? > 0.001",
          "? < -1",
          "? <> 0",
          "? = 0",
          "? BETWEEN -0.5 AND 1.5",
          "? IN (1.5, 0)",
          "? > 1e2",
          "? * 2 > 3",
          "? * (1 - ?) < 0",
          "? + 0.0001 > 1.5",
          "CASE WHEN ? > 1 THEN ? ELSE 0 END > 1",
          "? IS NOT NULL");

  private static final List<String> TIMES =
      List.of(
          "? = DATE '2020-02-29'",
          "? < '2000-01-01'",
          "? >= TIMESTAMP '2020-02-29 12:00:00'",
          "? > DATE '2020-02-28' + INTERVAL 1 DAY",
          "? BETWEEN DATE '1970-01-01' AND DATE '9999-12-31'",
          "? <> DATE '2020-02-29'",
          "NOT (? < DATE '2000-01-01')",
          "? IS NULL",
          "year(?) = 2020");

  @TempDir Path folder;
  private User user;

  @BeforeEach
  void open() {
    user = User.alone();
  }

  @AfterEach
  void close() throws SQLException {
    user.close();
  }

  @Test
  void postgresql() throws SQLException {
    Remote remote =
        Remote.postgres()
            .run(
                "CREATE TABLE t (id int PRIMARY KEY, s smallint, b bigint, d numeric(12,3),"
                    + " f double precision, r real, x text, c text COLLATE \"C\", k char(5),"
                    + " v varchar(20), dt date, ts timestamp, tz timestamptz, flag boolean, u uuid,"
                    + " n numeric)",
                "INSERT INTO t VALUES (1, 1, 1, 1.5, 1.5, 1.5, 'a', 'a', 'a', 'a', '2020-02-29',"
                    + " '2020-02-29 12:00', '2020-02-29 12:00+02', true,"
                    + " '00000000-0000-0000-0000-000000000001', 1.50),"
                    + " (2, -32768, -9223372036854775808, -999999999.999, 'NaN', 'NaN', 'A', 'A',"
                    + " 'A', 'A', '0001-01-01', '0001-01-01', NULL, false, NULL, 0),"
                    + " (3, 32767, 9223372036854775807, 999999999.999, 'Infinity', 'Infinity', 'ä',"
                    + " 'ä', 'ä', 'ä', '9999-12-31', '9999-12-31 23:59:59.999999', NULL, NULL,"
                    + " NULL, 1e20),"
                    + " (4, 0, 0, 0, '-0', 0, '', '', '', '', '1970-01-01', '1970-01-01', NULL,"
                    + " true, NULL, NULL),"
                    + " (5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,"
                    + " NULL, NULL, NULL),"
                    + " (6, 3, 3, 0.001, 1e308, 1e38, 'it''s', 'it''s', 'a ', 'a ', '2020-03-01',"
                    + " '2020-03-01 00:00:00.000001', NULL, false, NULL, -1),"
                    + " (7, 2, 2, 0.5, 0.5, 0.5, 'back\\slash', 'back\\slash', 'b', '🦆',"
                    + " '1999-12-31', '1999-12-31', NULL, true, NULL, 1.5),"
                    + " (8, 1, 1, 1.5, 1.5, 1.5, 'ß', 'ß', 'ss', 'ss', '2020-02-29', '2020-02-29',"
                    + " NULL, true, NULL, 1.5),"
                    + " (9, 3, 1, 1.500, 1.5, 1.5, '🦆', 'Z', 'z', 'Ａ', '2020-02-29',"
                    + " '2020-02-29', NULL, true, NULL, 1.5)");
    List<String> conditions = new ArrayList<>();
    List.of("id", "s", "b").forEach(c -> add(conditions, INTEGERS, c));
    List.of("d", "f", "r", "n").forEach(c -> add(conditions, NUMBERS, c));
    List.of("x", "c", "k", "v").forEach(c -> add(conditions, TEXTS, c));
    List.of("dt", "ts").forEach(c -> add(conditions, TIMES, c));
    conditions.addAll(List.of("flag", "NOT flag", "flag = true", "flag AND s > 1 OR x = 'a'"));
    conditions.addAll(List.of("u IS NULL", "f = 'NaN'", "x = c", "x = v", "d = s", "dt < ts"));
    check(
        remote,
        conditions,
        List.of("id", "s", "b", "d", "f", "r", "x", "c", "k", "v", "dt", "ts", "flag", "n"));
  }

  @Test
  void mariadb() throws SQLException {
    Remote remote =
        Remote.mariadb()
            .run(
                "CREATE TABLE t (id int PRIMARY KEY, s smallint, b bigint, bu bigint unsigned,"
                    + " d decimal(12,3), f double, x varchar(40), c varchar(40) COLLATE"
                    + " utf8mb4_nopad_bin, p varchar(40) COLLATE utf8mb4_bin, k char(5), dt date,"
                    + " ts datetime(6), y year, flag boolean, e enum('a', 'b'))"
                    + " CHARACTER SET utf8mb4",
                "INSERT INTO t VALUES (1, 1, 1, 1, 1.5, 1.5, 'a', 'a', 'a', 'a', '2020-02-29',"
                    + " '2020-02-29 12:00', 2020, true, 'a'),"
                    + " (2, -32768, -9223372036854775808, 0, -999999999.999, -1e308, 'A', 'A', 'A',"
                    + " 'A', '1000-01-01', '1000-01-01', 1901, false, 'b'),"
                    + " (3, 32767, 9223372036854775807, 18446744073709551615, 999999999.999, 1e308,"
                    + " 'ä', 'ä', 'ä', 'ä', '9999-12-31', '9999-12-31 23:59:59.999999', 2155, NULL,"
                    + " NULL),"
                    + " (4, 0, 0, 0, 0, 0, '', '', '', '', '1970-01-01', '1970-01-01', NULL, 2,"
                    + " 'a'),"
                    + " (5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,"
                    + " NULL, NULL),"
                    + " (6, 3, 3, 3, 0.001, 0.1, 'it''s', 'a ', 'a ', 'a ', '2020-03-01',"
                    + " '2020-03-01 00:00:00.000001', 2020, false, 'b'),"
                    + " (7, 2, 2, 2, 0.5, 0.5, 'back\\\\slash', 'back\\\\slash', 'b', 'b',"
                    + " '1999-12-31', '1999-12-31', 1999, true, 'a'),"
                    + " (8, 1, 1, 1, 1.5, 1.5, 'ß', 'ß', 'ss', 'ss', '2020-02-29', '2020-02-29',"
                    + " 2020, true, 'a'),"
                    + " (9, 3, 1, 1, 1.5, 1.5, '🦆', 'Z', 'z', 'z', '2020-02-29', '2020-02-29',"
                    + " 2020, true, 'a')",
                "SET sql_mode = ''",
                "INSERT INTO t (id, dt, ts, x) VALUES (10, '0000-00-00', '0000-00-00 00:00:00',"
                    + " 'a ')");
    List<String> conditions = new ArrayList<>();
    List.of("id", "s", "b", "bu").forEach(c -> add(conditions, INTEGERS, c));
    List.of("d", "f").forEach(c -> add(conditions, NUMBERS, c));
    List.of("x", "c", "p", "k").forEach(c -> add(conditions, TEXTS, c));
    List.of("dt", "ts").forEach(c -> add(conditions, TIMES, c));
    conditions.addAll(List.of("y = 2020", "flag = 1", "e = 'a'", "x = c", "p = c", "d = s"));
    check(
        remote,
        conditions,
        List.of("id", "s", "b", "bu", "d", "f", "x", "c", "p", "k", "dt", "ts", "y", "flag"));
  }

  @Test
  void sqlite() throws SQLException {
    Remote remote =
        Remote.sqlite(folder.resolve("t.db"))
            .run(
                "CREATE TABLE t (id INTEGER PRIMARY KEY, s INT, b BIGINT, f REAL, x TEXT,"
                    + " v VARCHAR(20), dt DATE, flag BOOLEAN)",
                "INSERT INTO t VALUES (1, 1, 1, 1.5, 'a', 'a', '2020-02-29', 1),"
                    + " (2, -32768, -9223372036854775808, -1e308, 'A', 'A', '0001-01-01', 0),"
                    + " (3, 32767, 9223372036854775807, 1e308, 'ä', 'ä', '9999-12-31', NULL),"
                    + " (4, 0, 0, 0, '', '', '1970-01-01', 1),"
                    + " (5, NULL, NULL, NULL, NULL, NULL, NULL, NULL),"
                    + " (6, 3, 3, 0.001, 'it''s', 'a ', '2020-03-01', 0),"
                    + " (7, 2, 2, 0.5, 'back\\slash', 'b', '1999-12-31', 1),"
                    + " (8, 1, 1, 1.5, 'ß', 'ss', '2020-02-29', 1),"
                    + " (9, 3, 1, 1.5, '🦆', 'Z', '2020-02-29', 1)",
                "CREATE TABLE n (id INTEGER, x TEXT COLLATE NOCASE)",
                "INSERT INTO n SELECT id, x FROM t");
    List<String> conditions = new ArrayList<>();
    List.of("id", "s", "b").forEach(c -> add(conditions, INTEGERS, c));
    add(conditions, NUMBERS, "f");
    List.of("x", "v").forEach(c -> add(conditions, TEXTS, c));
    add(conditions, TIMES, "dt");
    conditions.add("x = v");
    check(remote, conditions, List.of("id", "s", "b", "f", "x", "v", "dt", "flag"));
    for (String condition : TEXTS) {
      compare("SELECT id FROM src.n WHERE " + condition.replace("?", "x"));
    }
    compare("SELECT x, count(*) FROM src.n GROUP BY x");
  }

  private static void add(List<String> all, List<String> conditions, String column) {
    conditions.forEach(condition -> all.add(condition.replace("?", column)));
  }

  private void check(Remote remote, List<String> conditions, List<String> columns)
      throws SQLException {
    remote.known(user, "src").known(user, "plain", "pushdown = false");
    Set<String> fired = new java.util.TreeSet<>();
    for (String condition : conditions) {
      fired.addAll(compare("SELECT id FROM src.t WHERE " + condition));
    }
    for (String column : columns) {
      fired.addAll(compare("SELECT " + column + ", count(*) FROM src.t GROUP BY " + column));
      fired.addAll(
          compare("SELECT count(" + column + "), count(DISTINCT " + column + ") FROM src.t"));
      fired.addAll(compare("SELECT min(" + column + "), max(" + column + ") FROM src.t"));
      for (String order : List.of("", " DESC", " NULLS FIRST", " DESC NULLS FIRST")) {
        fired.addAll(
            compare("SELECT id FROM src.t ORDER BY " + column + order + ", id LIMIT 4 OFFSET 1"));
      }
      fired.addAll(
          compare("SELECT a.id, b.id FROM src.t a JOIN src.t b ON a." + column + " = b." + column));
      fired.addAll(
          compare(
              "SELECT a.id, b.id FROM src.t a LEFT JOIN src.t b ON a."
                  + column
                  + " = b."
                  + column
                  + " AND b.s > 1"));
    }
    for (String sum : List.of("id", "s", "b")) {
      fired.addAll(compare("SELECT sum(" + sum + "), avg(" + sum + ") FROM src.t"));
      fired.addAll(compare("SELECT s, sum(" + sum + ") FROM src.t GROUP BY s HAVING sum(id) > 3"));
    }
    fired.addAll(compare("SELECT count(*) FROM src.t WHERE s > 100000"));
    fired.addAll(compare("SELECT sum(s), min(s), count(s) FROM src.t WHERE s > 100000"));
    assertThat(fired)
        .contains("SourceFilter", "SourceProject", "SourceSort", "SourceAggregate", "SourceJoin");
  }

  /** The rules that changed the query, of which each is off once, and then pushdown is. */
  private List<String> compare(String sql) throws SQLException {
    user.run("RESET disabled_rules");
    List<String> fired = fired(sql);
    String found = outcome(sql);
    assertThat(outcome(sql.replace("src.", "plain."))).as("%s, not pushed", sql).isEqualTo(found);
    for (OptimizerRule rule : RULES) {
      if (fired.contains(rule.ruleName())) {
        user.run("SET disabled_rules = '" + rule.ruleName() + "'");
        assertThat(outcome(sql)).as("%s, without %s", sql, rule).isEqualTo(found);
      }
    }
    return fired;
  }

  /** The rows in an order of their own, or that it fails, as comparing a date with a number. */
  private String outcome(String sql) {
    try {
      return user.query(sql).rows().stream().map(String::valueOf).sorted().toList().toString();
    } catch (SQLException e) {
      return "fails";
    }
  }

  private List<String> fired(String sql) {
    try {
      return user.query("EXPLAIN " + sql).rows().stream()
          .map(row -> row.get(0))
          .filter(line -> line.startsWith("rules="))
          .flatMap(line -> Arrays.stream(line.substring("rules=".length()).split(", ")))
          .collect(Collectors.toList());
    } catch (SQLException refused) {
      return List.of();
    }
  }
}
