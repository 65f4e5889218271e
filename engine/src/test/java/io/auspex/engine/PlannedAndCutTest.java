package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.engine.User.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever plans a query and however its predictions are computed, it gives the columns and rows
 * that the same query gives in plain DuckDB, over predictions that are already there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlannedAndCutTest {
  private static final List<String> STREAMED =
      List.of(
          "planner = 'auto'; SET predict_batch_rows = 7; SET predict_strategy = 'auto'",
          "planner = 'never'; SET predict_batch_rows = 0; SET predict_strategy = 'auto'");
  private static final List<String> INLINE =
      List.of(
          "planner = 'auto'; SET predict_batch_rows = 0; SET predict_strategy = 'inline'",
          "planner = 'never'; SET predict_batch_rows = 1; SET predict_strategy = 'inline'");

  private User user;
  private Path folder;

  @BeforeAll
  void open(@TempDir Path temporary) throws SQLException, IOException {
    folder = temporary;
    user = User.alone();
    user.create("matrix_input", "").create("affine_scalar_inputs", "").create("string_echo", "");
    Birds.prepare(user, folder);
  }

  @AfterAll
  void close() throws SQLException {
    user.close();
  }

  static Stream<String> queries() throws IOException {
    return Resources.lines("queries.sql");
  }

  @ParameterizedTest
  @MethodSource("queries")
  void plannedAndCutGiveWhatTheQueryMeans(String line) throws SQLException {
    check(STREAMED, line.replace("$folder", folder.toString()));
  }

  @Tag("full")
  @ParameterizedTest
  @MethodSource("queries")
  void inlineGivesWhatTheQueryMeans(String line) throws SQLException {
    check(INLINE, line.replace("$folder", folder.toString()));
  }

  static Stream<Arguments> parameterized() {
    String rows = "PREDICT(MODEL value, TABLE birds)";
    return Stream.of(
        Arguments.of("SELECT id, y FROM " + rows + " WHERE id > ? ORDER BY id", List.of(5)),
        Arguments.of(
            "SELECT id, y + ? AS s FROM " + rows + " WHERE city = ? AND y > ? ORDER BY id",
            List.of(1.5, "Roma", 10)),
        Arguments.of(
            "SELECT $2 AS b, id, $1 AS a FROM " + rows + " WHERE id < $1 ORDER BY id",
            List.of(9, "x")),
        Arguments.of(
            "SELECT id, y FROM PREDICT(MODEL value, (SELECT * FROM birds WHERE id > $1)) p"
                + " WHERE id < $2 AND id <> $1 + 2 ORDER BY id",
            List.of(3, 12)),
        Arguments.of(
            "SELECT id, PREDICT(MODEL value, ones, ?, hundreds, ?) AS v FROM birds ORDER BY id",
            List.of(4, 2.5)),
        Arguments.of("SELECT id FROM " + rows + " ORDER BY id LIMIT ? OFFSET ?", List.of(4, 2)),
        Arguments.of(
            "FROM " + rows + " SELECT id, y WHERE id IN (?, ?, ?) ORDER BY id", List.of(1, 5, 40)),
        Arguments.of(
            "SELECT id, y FROM " + rows + " WHERE id > $least AND id < $most ORDER BY id",
            List.of(3, 9)),
        Arguments.of(
            "WITH b AS (SELECT * FROM birds WHERE id > ?) SELECT count(*) AS n, sum(y) AS s FROM"
                + " PREDICT(MODEL value, TABLE b) WHERE ones < ? AND id IN (SELECT id FROM b)",
            List.of(2, 8)),
        Arguments.of(
            "SELECT city, count(*) AS n FROM "
                + rows
                + " GROUP BY city HAVING count(*) > ?"
                + " ORDER BY ALL",
            List.of(2)));
  }

  @ParameterizedTest
  @MethodSource("parameterized")
  void parametersMeanTheSame(String query, List<Object> parameters) throws SQLException {
    check(STREAMED, query, parameters.toArray());
    check(INLINE, query, parameters.toArray());
  }

  private void check(List<String> ways, String query, Object... parameters) throws SQLException {
    Table expected = inOrder(query, user.query(HandMade.of(query), parameters));
    for (String settings : ways) {
      user.run(("SET " + settings).split("; "));
      assertThat(inOrder(query, user.query(query, parameters))).as(settings).isEqualTo(expected);
    }
  }

  /** Rows sorted where the query does not say their order. */
  private static Table inOrder(String query, Table table) {
    List<List<String>> rows = new ArrayList<>(table.rows());
    if (!query.contains("ORDER BY")) {
      rows.sort(Comparator.comparing(List::toString));
    }
    return new Table(table.columns(), rows);
  }

  /** Otherwise a planner that refuses everything would pass. */
  @Test
  void mostAreReallyPlanned() throws IOException, SQLException {
    user.run("SET planner = 'auto'", "SET predict_strategy = 'auto'");
    int all = 0;
    int planned = 0;
    for (String line : queries().toList()) {
      all++;
      String query = line.replace("$folder", folder.toString());
      String first = user.query("EXPLAIN " + query).rows().get(0).get(0);
      planned += first.startsWith("plan=calcite") ? 1 : 0;
    }
    assertThat(all).isGreaterThanOrEqualTo(150);
    assertThat(planned).isGreaterThanOrEqualTo(all / 2);
  }
}
