package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.engine.User.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The best rows of tables that get better and worse: what an earlier query let expect never shows
 * in the rows, only in how many are scanned.
 */
class ExpectedBestTest {
  private static final String PREDICTED =
      "SELECT id, probabilities[2] AS p FROM PREDICT(MODEL xgboost_binary, ";

  private User user;

  @BeforeEach
  void open() throws SQLException {
    List<Integer> features = IntStream.range(0, 20).boxed().toList();
    String names = features.stream().map(i -> "f" + i).collect(Collectors.joining(", "));
    String values =
        features.stream()
            .map(i -> "sin(i * " + (i + 1) + ") * 2 AS f" + i)
            .collect(Collectors.joining(", "));
    user =
        User.alone()
            .create("xgboost_binary", "FEATURES (" + names + ")")
            .run(
                "CREATE TABLE all_rows AS SELECT i AS id, " + values + " FROM range(4000) t(i)",
                "CREATE TABLE scores AS " + PREDICTED + "TABLE all_rows)",
                "CREATE TABLE good AS FROM all_rows WHERE id IN (SELECT id FROM scores"
                    + " ORDER BY p DESC LIMIT 3000)",
                "CREATE TABLE poor AS FROM all_rows WHERE id NOT IN (SELECT id FROM good)",
                "CREATE TABLE few AS FROM all_rows ORDER BY id LIMIT 3",
                "CREATE TABLE none AS FROM all_rows LIMIT 0",
                "SET predict_strategy = 'stream'");
  }

  @AfterEach
  void close() throws SQLException {
    user.close();
  }

  private static String best(String table, int top) {
    return "SELECT id, p FROM ("
        + PREDICTED
        + "TABLE "
        + table
        + ")) WHERE p > 0.001"
        + " ORDER BY p DESC, id LIMIT "
        + top;
  }

  private List<List<String>> expected(String table, int top) throws SQLException {
    String query =
        "SELECT id, p FROM scores WHERE id IN (SELECT id FROM "
            + table
            + ") AND p > 0.001"
            + " ORDER BY p DESC, id LIMIT "
            + top;
    return user.query(query).rows();
  }

  @Test
  void aTableThatGotWorseIsScannedAgain() throws SQLException {
    assertThat(scanned(best("good", 10))).isEqualTo(3000);
    assertThat(scanned(best("good", 10))).isEqualTo(3000);
    assertThat(user.query(best("good", 10)).rows()).isEqualTo(expected("good", 10));
    assertThat(scanned(best("poor", 10))).isEqualTo(2 * 1000);
    assertThat(scanned(best("poor", 10))).isEqualTo(1000);
    assertThat(user.query(best("poor", 10)).rows()).isEqualTo(expected("poor", 10));
    // The second time is the last.
    assertThat(scanned(best("good", 10))).isEqualTo(3000);
    assertThat(scanned("CREATE TABLE kept AS " + best("poor", 10))).isEqualTo(2 * 1000);
    assertThat(user.query("FROM kept").rows()).isEqualTo(expected("poor", 10));
    assertThat(scanned(best("good", 10))).isEqualTo(3000);
    assertThat(scanned(best("poor", 10))).isEqualTo(1000);
  }

  /** For rows that are missing, others come with NULL, which may be refused or fail. */
  @Test
  void whatFailsOnlyForMissingRowsDoesNotFail() throws SQLException {
    String best = "SELECT id, p FROM (" + PREDICTED + "TABLE %s)) ORDER BY p DESC, id LIMIT 10";
    user.run("CREATE TABLE kept (id BIGINT, p FLOAT NOT NULL)");
    user.run("INSERT INTO kept " + best.formatted("good"));
    user.run("DELETE FROM kept", "INSERT INTO kept " + best.formatted("poor"));
    assertThat(user.query("FROM kept").rows()).isEqualTo(expected("poor", 10));
    user.query(best.formatted("good"));
    Table rows =
        user.query(
            "SELECT id, CASE WHEN p IS NULL THEN error('NULL') ELSE p END AS p FROM ("
                + best.formatted("poor")
                + ")");
    assertThat(rows.rows()).isEqualTo(expected("poor", 10));
    // What fails for another reason does so the second time too.
    String wrong = "INSERT INTO kept SELECT id, NULL FROM (" + best.formatted("poor") + ")";
    assertThat(user.error(wrong).getMessage()).contains("NOT NULL");
    assertThat(user.value("SELECT count(*) FROM kept")).isEqualTo("10");
  }

  /** Where few pass a filter, fewer than the LIMIT are no surprise. */
  @Test
  void aFilterThatIsTighterIsNotDoubted() throws SQLException {
    user.query(best("poor", 10));
    String query =
        best("good", 10).replace("0.001", user.value("SELECT max(p) FROM scores") + " - 1e-6");
    assertThat(scanned(query)).isEqualTo(3000);
    assertThat(scanned(query)).isEqualTo(3000);
  }

  @Test
  void inATransactionNothingIsExpected() throws SQLException {
    user.query(best("good", 10));
    user.run("BEGIN");
    assertThat(scanned(best("poor", 10))).isEqualTo(1000);
    user.run("INSERT INTO scores " + best("poor", 10), "ROLLBACK");
    assertThat(user.query(best("poor", 10)).rows()).isEqualTo(expected("poor", 10));
  }

  /** Of rows that are there or not, by every kind of statement. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void rowsAreAlwaysTheBest(int seed) throws SQLException {
    Random random = new Random(seed);
    List<String> tables = List.of("good", "all_rows", "poor", "few", "none");
    for (int i = 0; i < 12; i++) {
      String table = tables.get(random.nextInt(tables.size()));
      int top = random.nextInt(4) == 0 ? 25 : 10;
      user.run("SET predict_threads = " + (1 + random.nextInt(2)));
      List<List<String>> rows = rows(random.nextInt(4), best(table, top), top);
      assertThat(rows).as("%s of %s", top, table).isEqualTo(expected(table, top));
    }
  }

  private List<List<String>> rows(int kind, String query, int top) throws SQLException {
    switch (kind) {
      case 0 -> {
        return user.query(query).rows();
      }
      case 1 -> {
        user.run("CREATE OR REPLACE TABLE landed AS " + query);
        return user.query("FROM landed").rows();
      }
      case 2 -> {
        user.run(
            "CREATE OR REPLACE TABLE landed (id BIGINT, p FLOAT)", "INSERT INTO landed " + query);
        return user.query("FROM landed").rows();
      }
      default -> {
        // Another statement comes before the rows are read, which go to disk meanwhile.
        try (Statement statement = user.connection().createStatement();
            ResultSet rows = statement.executeQuery(query)) {
          assertThat(user.value("SELECT 42")).isEqualTo("42");
          return Table.of(rows).rows();
        }
      }
    }
  }

  private int scanned(String query) throws SQLException {
    return user.query("EXPLAIN ANALYZE " + query).rows().stream()
        .map(row -> row.get(0).strip())
        .filter(line -> line.startsWith("scan"))
        .map(line -> line.split("\\s+")[1].replace(",", ""))
        .mapToInt(Integer::parseInt)
        .sum();
  }
}
