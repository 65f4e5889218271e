package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries over another database's tables, beside the warehouse's own. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SourceQueriesTest {
  private User user;

  @BeforeAll
  void open() throws SQLException {
    user = User.alone();
    Remote remote =
        Remote.postgres()
            .run(
                "CREATE TABLE customers (id int PRIMARY KEY, name text, age int)",
                "INSERT INTO customers VALUES (1, 'Ann', 30), (2, 'Bö', NULL), (3, NULL, 50)",
                "CREATE TABLE \"Odd Names\" (\"sel ect\" int, \"Größe\" numeric(5,1))",
                "INSERT INTO \"Odd Names\" VALUES (1, 1.5), (2, NULL)",
                "CREATE SCHEMA s",
                "CREATE TABLE s.big AS SELECT i AS id, i % 7 AS k, 'n' || i AS name"
                    + " FROM generate_series(1, 50000) i",
                "CREATE VIEW slow AS SELECT 1 AS id FROM pg_sleep(60)",
                "ANALYZE");
    remote.known(user, "crm").known(user, "plain", "pushdown = false");
    user.run(
        "CREATE TABLE orders AS SELECT i AS id, i % 3 + 1 AS customer_id, i * 1.5 AS total"
            + " FROM range(1, 11) t(i)",
        "CREATE SCHEMA shadow", "CREATE TABLE shadow.customers AS SELECT 'mine' AS name");
    user.create("affine_scalar_inputs", "");
  }

  @AfterAll
  void close() throws SQLException {
    user.close();
  }

  @AfterEach
  void reset() throws SQLException {
    user.run("RESET planner", "RESET disabled_rules");
  }

  private List<List<String>> rows(String sql) throws SQLException {
    return user.query(sql).rows();
  }

  private String explained(String sql) throws SQLException {
    return rows("EXPLAIN " + sql).stream().map(row -> row.get(0)).collect(Collectors.joining("\n"));
  }

  @Test
  void theTableIsNamedWithOrWithoutItsSchema() throws SQLException {
    assertThat(user.value("SELECT count(*) FROM crm.public.customers")).isEqualTo("3");
    assertThat(user.value("SELECT count(*) FROM CRM.Customers")).isEqualTo("3");
    assertThat(user.value("SELECT sum(crm.s.big.id) FROM crm.s.big WHERE crm.s.big.id < 3"))
        .isEqualTo("3");
    assertThat(user.value("SELECT \"Größe\" FROM crm.\"Odd Names\" WHERE \"sel ect\" = 1"))
        .isEqualTo("1.5");
  }

  @Test
  void duckDbsOwnTablesGoFirst() throws SQLException {
    assertThat(user.value("SELECT name FROM shadow.customers")).isEqualTo("mine");
  }

  /** By Calcite and by the cut, with pushdown and without. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM crm.customers ORDER BY id",
        "SELECT * FROM crm.customers AS c(a, b) ORDER BY a",
        "FROM crm.customers SELECT name, age + 1 AS older ORDER BY ALL",
        "SELECT c.* EXCLUDE (age) FROM crm.customers c ORDER BY 1",
        "SELECT customers.name, total FROM crm.customers JOIN orders ON customer_id = customers.id"
            + " ORDER BY ALL",
        "SELECT name, sum(total) FROM crm.customers c LEFT JOIN orders o ON o.customer_id = c.id"
            + " AND c.age > 30 GROUP BY name ORDER BY ALL",
        "SELECT count(*) FROM crm.s.big b JOIN orders o ON b.id = o.id WHERE k = 3",
        "SELECT a.id, b.name FROM crm.customers a JOIN crm.customers b ON a.id = b.id + 1 ORDER BY"
            + " 1",
        "SELECT id FROM crm.customers WHERE id IN (SELECT customer_id FROM orders) ORDER BY 1",
        "SELECT id, (SELECT max(id) FROM crm.customers) AS m FROM orders ORDER BY 1",
        "SELECT id FROM orders o WHERE EXISTS (SELECT 1 FROM crm.customers c WHERE c.id ="
            + " o.customer_id AND c.age > 40) ORDER BY 1",
        "WITH c AS (SELECT * FROM crm.customers WHERE age > 20) SELECT a.id, b.id FROM c a, c b"
            + " ORDER BY ALL",
        "SELECT id FROM crm.customers UNION ALL SELECT id FROM orders ORDER BY 1",
        "SELECT k, count(*), min(id), max(name), sum(id) FROM crm.s.big GROUP BY k ORDER BY k",
        "SELECT id, k FROM crm.s.big ORDER BY k DESC, id LIMIT 3 OFFSET 2",
        "SELECT DISTINCT k FROM crm.s.big ORDER BY k",
        "SELECT id, row_number() OVER (ORDER BY id DESC) FROM crm.customers ORDER BY 1",
        "PIVOT (SELECT k, id FROM crm.s.big) ON k IN (1, 2) USING count(*) ORDER BY id",
        "SELECT id, y FROM PREDICT(MODEL affine_scalar_inputs, (SELECT id, id AS a, id AS b,"
            + " id AS c FROM crm.customers WHERE id > 1)) ORDER BY 1",
        "SELECT * FROM crm.customers POSITIONAL JOIN (FROM range(3)) ORDER BY id"
      })
  void givesTheSameHoweverItIsPlanned(String sql) throws SQLException {
    User.Table planned = user.query(sql);
    assertThat(planned.rows()).as(explained(sql)).isNotEmpty();
    assertThat(user.query(sql.replace("crm.", "plain."))).isEqualTo(planned);
    user.run("SET planner = 'never'");
    assertThat(user.query(sql)).isEqualTo(planned);
  }

  @Test
  void explainShowsWhatTheSourceGets() throws SQLException {
    assertThat(explained("SELECT name FROM crm.customers WHERE age > 30"))
        .contains("plan=calcite", "source=crm")
        .contains("sql=SELECT \"name\" FROM \"public\".\"customers\" WHERE (\"age\" > 30)");
    assertThat(rows("EXPLAIN ANALYZE SELECT name FROM crm.customers WHERE age > 30").toString())
        .containsPattern("read +1 row");
  }

  @Test
  void aTransactionSeesItsOwnRowsBesideThem() throws SQLException {
    user.run("BEGIN", "INSERT INTO orders VALUES (99, 1, 0)");
    assertThat(
            user.value(
                "SELECT name FROM orders o JOIN crm.customers c ON c.id = o.customer_id"
                    + " WHERE o.id = 99"))
        .isEqualTo("Ann");
    user.run("ROLLBACK");
  }

  @Test
  void rowsLandInTheWarehouse() throws SQLException {
    user.run("CREATE OR REPLACE TABLE copied AS SELECT * FROM crm.s.big WHERE k = 1");
    assertThat(user.value("SELECT count(*) FROM copied")).isEqualTo("7143");
    user.run("INSERT INTO copied SELECT * FROM crm.s.big WHERE id <= 5");
    assertThat(user.value("SELECT count(*) FROM copied")).isEqualTo("7148");
  }

  @Test
  void aViewOverASourceIsReadAnew() throws SQLException {
    user.run("CREATE OR REPLACE VIEW adults AS SELECT * FROM crm.customers WHERE age >= 30");
    assertThat(user.value("SELECT count(*) FROM adults")).isEqualTo("2");
    assertThat(explained("SELECT name FROM adults WHERE id = 3")).contains("(\"id\" = 3)");
  }

  @Test
  void filtersMoveBelowAPredictionAndOn() throws SQLException {
    String sql =
        "SELECT id FROM PREDICT(MODEL affine_scalar_inputs, (SELECT id, id AS a, id AS b, id AS c"
            + " FROM crm.s.big)) WHERE id < 10 AND y > 0";
    assertThat(explained(sql)).contains("WHERE (\"id\" < 10)");
  }

  @Test
  void fewKeysAreSent() throws SQLException {
    String sql = "SELECT sum(b.id) FROM orders o JOIN crm.s.big b ON b.id = o.id WHERE o.total > 9";
    assertThat(explained(sql)).contains("keys=id");
    assertThat(user.value(sql)).isEqualTo("34");
    assertThat(rows("EXPLAIN ANALYZE " + sql).toString()).containsPattern("read +4 rows");
  }

  @Test
  void parametersReachTheRows() throws SQLException {
    String sql = "SELECT id FROM crm.customers WHERE id = ? OR name = ?";
    assertThat(user.query(sql, 1, "Bö").rows()).containsExactly(List.of("1"), List.of("2"));
    assertThat(user.query("EXPLAIN " + sql, 1, "B'ö").rows().toString())
        .contains("((\"id\" = 1) OR (\"name\" = 'B''ö'))");
  }

  @Test
  void aTimeoutEndsWhatTheSourceComputes() throws SQLException {
    long started = System.nanoTime();
    try (Statement statement = user.connection().createStatement()) {
      statement.setQueryTimeout(1);
      assertThatThrownBy(
              () -> {
                try (ResultSet rows = statement.executeQuery("SELECT id FROM crm.slow")) {
                  rows.next();
                }
              })
          .isInstanceOf(SQLTimeoutException.class);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
    assertThat(user.value("SELECT count(*) FROM crm.customers")).isEqualTo("3");
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThat(user.error("SELECT * FROM crm.custmers").getMessage()).contains("customers");
    assertThat(user.error("SELECT nme FROM crm.customers").getMessage()).contains("nme");
    assertThat(user.error("UPDATE orders SET id = 1 FROM crm.customers").getMessage())
        .contains("crm.customers");
  }
}
