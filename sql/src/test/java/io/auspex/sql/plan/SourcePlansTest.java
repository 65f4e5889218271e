package io.auspex.sql.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.OptimizerRule;
import io.auspex.catalog.Setting;
import io.auspex.sql.cut.Cutter;
import io.auspex.sql.fragment.Plan;
import io.auspex.sql.fragment.SourceKeys;
import io.auspex.sql.fragment.SourceStream;
import io.auspex.sql.statement.OneSource;
import io.auspex.sql.statement.QueryText;
import io.auspex.sql.statement.Statement;
import io.auspex.sql.statement.Statements;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What other databases are asked for: {@code crm} is a PostgreSQL, {@code shop} a MariaDB, {@code
 * still} has pushdown off.
 */
class SourcePlansTest {
  private TestWarehouse warehouse;

  @BeforeEach
  void fill() {
    warehouse = TestWarehouse.ofFlights();
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  private static QueryText text(String sql) {
    Statement statement = new Statements(model -> null).route(sql, new OneSource(), false);
    return ((Statement.Query) statement).query();
  }

  private Plan plan(String sql) {
    Plan plan = Planner.plan(text(sql), warehouse);
    assertThat(plan.planner()).as(plan.reason()).isEqualTo("calcite");
    return plan;
  }

  private static String asked(Plan plan) {
    return plan.root().sources().stream()
        .map(SourceStream::sql)
        .map(sql -> sql.replaceAll("\\s+", " ").replaceAll("[`\"]public[`\"]\\.", ""))
        .collect(Collectors.joining("; "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          SELECT id FROM crm.public.customers WHERE id > 30 | SELECT "id" FROM "customers" WHERE ("id" > 30)
          SELECT crm.public.customers.id FROM crm.public.customers | SELECT "id" FROM "customers"
          SELECT count(*) FROM crm.customers | SELECT count(*) AS "a0" FROM "customers"
          SELECT id FROM crm.customers WHERE name = 'Ä''\\' | SELECT "id" FROM "customers" WHERE ("name" = E'Ä''\\\\')
          SELECT id FROM crm.customers WHERE name > 'b' | SELECT "id", "name" FROM "customers"
          SELECT id FROM crm.customers WHERE code > 'b' | SELECT "id" FROM "customers" WHERE ("code" > 'b')
          SELECT id FROM crm.customers WHERE code LIKE 'a%' OR NOT active | SELECT "id" FROM "customers" WHERE (("code" LIKE 'a%' ESCAPE '') OR (NOT "active"))
          SELECT id FROM crm.customers WHERE code LIKE 'a_' | SELECT "id", "code" FROM "customers"
          SELECT id FROM crm.customers WHERE id IN (1, 2) AND tag IS NULL | SELECT "id" FROM "customers" WHERE (("id" IN (1, 2)) AND ("tag" IS NULL))
          SELECT id FROM crm.customers WHERE since < '2020-01-01' AND since >= DATE '2020-01-01' - INTERVAL 1 YEAR | SELECT "id" FROM "customers" WHERE (("since" < DATE '2020-01-01') AND ("since" >= TIMESTAMP '2019-01-01 00:00:00'))
          SELECT id FROM crm.customers WHERE score > 1.5 AND balance BETWEEN 1 AND 2.5 | SELECT "id" FROM "customers" WHERE (("score" > CAST('1.5' AS double precision)) AND (("balance" >= 1) AND ("balance" <= 2.5)))
          SELECT id FROM crm.customers WHERE id / 2 > 3 | SELECT "id" FROM "customers"
          SELECT sum(balance), name FROM crm.customers WHERE id < 5 GROUP BY name | SELECT CAST(sum("balance") AS numeric(38,2)) AS "sum(balance)", "name" FROM "customers" WHERE ("id" < 5) GROUP BY "name"
          SELECT max(name), min(code) FROM crm.customers | SELECT "name", "code" FROM "customers"
          SELECT min(code), count(DISTINCT id), count(score) FROM crm.customers | SELECT min("code") AS "a0", count(DISTINCT "id") AS "a1", count("score") AS "a2" FROM "customers"
          SELECT avg(balance) FROM crm.customers | SELECT "balance" FROM "customers"
          SELECT code, count(*) FROM crm.customers GROUP BY code HAVING count(*) > 2 | SELECT "code", count(*) AS "a0" FROM "customers" GROUP BY "code" HAVING (count(*) > 2)
          SELECT name FROM crm.customers ORDER BY id DESC LIMIT 10 OFFSET 5 | SELECT "id", "name" FROM "customers" ORDER BY "id" DESC NULLS LAST LIMIT 15
          SELECT name FROM crm.customers ORDER BY name LIMIT 10 | SELECT "name" FROM "customers"
          SELECT id FROM crm.customers LIMIT 3 | SELECT "id" FROM "customers" LIMIT 3
          SELECT c.code, sum(o.total * (1 - o.total)) FROM crm.customers c, crm.orders o WHERE c.id = o.customer_id AND c.code < 'x' GROUP BY ALL | SELECT "t0"."code", CAST(sum(CAST("t1"."total" * CAST(1 - "t1"."total" AS numeric(16,2)) AS numeric(18,4))) AS numeric(38,4)) AS "a0" FROM (SELECT "id", "code" FROM "customers" WHERE ("code" < 'x')) AS "t0" INNER JOIN (SELECT "customer_id", "total" FROM "orders") AS "t1" ON ("t0"."id" = "t1"."customer_id") GROUP BY "t0"."code"
          SELECT c.id FROM crm.customers c LEFT JOIN crm.orders o ON c.id = o.customer_id AND o.id // 2 = 1 | SELECT "id" FROM "customers"; SELECT "id", "customer_id" FROM "orders"
          SELECT id FROM shop.customers WHERE name = 'x' AND since = DATE '2020-01-01' AND id > 3 | SELECT `id`, `name`, `since` FROM `customers` WHERE (((`name` = 'x') AND (`since` = DATE '2020-01-01')) AND (`id` > 3))
          SELECT id FROM shop.customers WHERE name <> 'x' | SELECT `id`, `name` FROM `customers`
          SELECT id FROM shop.customers ORDER BY id LIMIT 2 | SELECT `id` FROM `customers` ORDER BY (`id` IS NULL), `id` LIMIT 2
          SELECT sum(id), count(DISTINCT name) FROM shop.customers | SELECT `id`, `name` FROM `customers`
          SELECT id FROM still.customers WHERE id = 3 LIMIT 1 | SELECT "id" FROM "customers"
          """)
  void isAskedFor(String sql, String expected) {
    assertThat(asked(plan(sql))).isEqualTo(expected);
  }

  @Test
  void aWiderConditionStaysAbove() {
    Plan plan = plan("SELECT id FROM shop.customers WHERE name = 'x' AND id > 3");

    assertThat(plan.root().sql()).contains("WHERE (\"name\" = 'x')").doesNotContain("id\" > 3");
  }

  @Test
  void rulesMayBeOff() {
    String sql = "SELECT code, count(*) FROM crm.customers WHERE id > 3 GROUP BY code LIMIT 2";
    for (OptimizerRule rule : OptimizerRule.values()) {
      if (rule.name().startsWith("SOURCE_")) {
        warehouse.settings().set(Setting.DISABLED_RULES, rule.ruleName());
        assertThat(plan(sql).rules()).doesNotContain(rule.ruleName());
      }
    }
  }

  @Test
  void aFewKeysAreSentToManyRows() {
    Plan plan =
        plan("SELECT f.id FROM flights f JOIN crm.orders o ON f.id = o.id WHERE f.month = 3");

    assertThat(plan.rules()).contains("SourceKeys");
    SourceKeys keys = plan.root().sources().get(0).keys().orElseThrow();
    assertThat(keys.column()).isEqualTo("id");
    assertThat(keys.sql().replaceAll("\\s+", " "))
        .contains("\"month\" = 3")
        .endsWith("GROUP BY \"id\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT f.id FROM flights f RIGHT JOIN crm.orders o ON f.id = o.id",
        "SELECT f.id FROM flights f FULL JOIN crm.orders o ON f.id = o.id",
        "SELECT f.id FROM crm.orders o LEFT JOIN flights f ON f.id = o.id",
        "SELECT f.id FROM flights f JOIN crm.orders o ON f.id > o.id",
        "SELECT f.id FROM flights f JOIN crm.orders o ON f.carrier = o.id::VARCHAR",
        "SELECT f.id FROM flights f JOIN (FROM crm.orders ORDER BY day LIMIT 9) o ON f.id = o.id",
        "SELECT f.id FROM flights f JOIN still.orders o ON f.id = o.id"
      })
  void keysAreNotSentWhereRowsWouldBeMissing(String sql) {
    assertThat(plan(sql).rules()).doesNotContain("SourceKeys");
  }

  @Test
  void theSmallerOfTwoSourcesIsReadFirst() {
    Plan plan =
        plan(
            "SELECT count(*) FROM shop.customers s JOIN crm.orders o ON s.id = o.customer_id"
                + " WHERE s.name = 'x'");

    List<SourceStream> read = plan.root().sources();
    assertThat(read).extracting(SourceStream::source).containsExactly("shop", "crm");
    assertThat(read).extracting(SourceStream::landed).containsExactly(true, true);
    assertThat(read.get(1).keys().orElseThrow().after()).containsExactly(read.get(0).name());
  }

  @Test
  void whatIsReadTwiceByACutQueryIsLanded() {
    Plan cut =
        Cutter.plan(
            text("SELECT * FROM crm.customers a, crm.public.customers b, crm.orders"),
            warehouse,
            "test");

    assertThat(cut.root().sources()).extracting(SourceStream::landed).containsExactly(true, false);
    String name = cut.root().sources().get(0).name();
    assertThat(cut.root().sql())
        .startsWith("SELECT * FROM \"" + name + "\" a, \"" + name + "\" b, ");
  }
}
