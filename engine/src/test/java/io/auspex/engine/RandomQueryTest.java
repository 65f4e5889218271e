package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.engine.User.Table;
import io.auspex.engine.random.Node;
import io.auspex.engine.random.Node.Spelling;
import io.auspex.engine.random.Queries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Queries at random give, planned and cut, streamed and inline, in batches of any size, the rows
 * that plain DuckDB gives with the models written as macros. A query that does not is made as small
 * as it still differs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomQueryTest {
  private static final double LEAST_POSSIBLE = 0.8;

  /** What neither is planned nor can be cut: DuckDB does not group by a volatile function. */
  private static final double LEAST_RUN = 0.93;

  private static final int MOST_SHRINKING = 400;
  private static final List<String> STRATEGIES =
      List.of(
          "predict_strategy = 'stream'; SET predict_batch_rows = 1",
          "predict_strategy = 'inline'; SET predict_batch_rows = 7",
          "predict_strategy = 'stream'; SET predict_batch_rows = 7",
          "predict_strategy = 'inline'; SET predict_batch_rows = 2048",
          "predict_strategy = 'stream'; SET predict_batch_rows = 2048");
  private static final List<String> PLANNERS = List.of("auto", "always", "never");

  private User user;

  @BeforeAll
  void open() throws SQLException {
    start();
  }

  private void start() throws SQLException {
    user = User.alone();
    user.run(
        "CREATE MODEL m FROM '"
            + User.model("affine_scalar_inputs")
            + "' FEATURES (a, b, f) OUTPUTS (y AS p)",
        "CREATE MODEL e FROM '" + User.model("string_echo") + "' FEATURES (s)");
    for (String statement : HandMade.statements()) {
      if (statement.startsWith("CREATE MACRO")) {
        user.run(statement);
      }
    }
    user.run(table("t0", 40), table("t1", 25), table("t2", 9), table("t3", 0));
  }

  @AfterAll
  void close() throws SQLException {
    user.close();
  }

  /** Few values each, so that there are duplicates and joins find partners; NULLs and NaN. */
  private static String table(String name, int rows) {
    String hash = "(hash(i, '" + name + "%s') %% %d)::INTEGER";
    return "CREATE TABLE "
        + name
        + " AS SELECT i::INTEGER AS id, "
        + ("CASE " + hash.formatted("a", 9) + " WHEN 0 THEN NULL WHEN 1 THEN 'NaN' ELSE ")
        + (hash.formatted("v", 13) + " / 2 - 2 END::DOUBLE AS a, ")
        + ("nullif(" + hash.formatted("b", 6) + ", 5) AS b, ")
        + ("CASE "
            + hash.formatted("f", 7)
            + " WHEN 0 THEN NULL WHEN 1 THEN 'NaN' WHEN 2 THEN -0.0")
        + (" ELSE " + hash.formatted("w", 9) + " / 2 END::FLOAT AS f, ")
        + ("(['a', 'b', 'A', '', 'é🦆', NULL])[1 + " + hash.formatted("s", 6) + "] AS s")
        + (" FROM range(" + rows + ") t(i)");
  }

  /** What came of many queries. */
  private static final class Tally {
    private int possible;
    private int planned;
    private int ran;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> fatal = new ArrayList<>();
    private final Map<String, List<String>> refused = new TreeMap<>();
    private final Map<String, List<String>> notPlanned = new TreeMap<>();

    String summary(int queries) {
      return ("%d queries: %d possible in DuckDB, %d planned, %d cut, %d refused, %d wrong;"
              + " %d that end DuckDB by themselves")
          .formatted(
              queries,
              possible,
              planned,
              ran - planned,
              possible - ran,
              wrong.size(),
              fatal.size());
    }
  }

  @Test
  void someGiveWhatTheyMean() throws SQLException, IOException {
    check(20_000, 300);
  }

  @Tag("full")
  @Test
  void manyGiveWhatTheyMean() throws SQLException, IOException {
    check(System.nanoTime(), 5000);
  }

  private void check(long firstSeed, int queries) throws SQLException, IOException {
    Tally tally = new Tally();
    for (int i = 0; i < queries; i++) {
      check(firstSeed + i, tally);
    }
    String summary = tally.summary(queries);
    report(firstSeed, summary, tally);
    assertThat(tally.wrong).as(summary).isEmpty();
    assertThat((double) tally.possible / queries).as(summary).isGreaterThan(LEAST_POSSIBLE);
    assertThat((double) tally.ran / tally.possible)
        .as("%s%n%s", summary, String.join("\n", shortest(tally.refused)))
        .isGreaterThanOrEqualTo(LEAST_RUN);
  }

  private static void report(long seed, String summary, Tally tally) throws IOException {
    List<String> lines = new ArrayList<>(List.of("First seed " + seed, summary, "", "Wrong"));
    lines.addAll(tally.wrong);
    lines.addAll(List.of("", "Fatal to DuckDB, without a prediction"));
    lines.addAll(tally.fatal);
    lines.addAll(List.of("", "Refused"));
    lines.addAll(shortest(tally.refused));
    lines.addAll(List.of("", "Not planned"));
    lines.addAll(shortest(tally.notPlanned));
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target", "random.txt"), lines);
  }

  /** Of each reason how often it was given, and its shortest query. */
  private static List<String> shortest(Map<String, List<String>> queries) {
    return queries.entrySet().stream()
        .map(
            reason ->
                "%d times %s%n    %s"
                    .formatted(
                        reason.getValue().size(), reason.getKey(), shortest(reason.getValue())))
        .toList();
  }

  private static String shortest(List<String> queries) {
    return queries.stream().min(Comparator.comparing(String::length)).orElseThrow();
  }

  private void check(long seed, Tally tally) throws SQLException {
    Node query = new Queries(seed).next();
    Optional<List<String>> expected = plain(query);
    if (expected.isEmpty()) {
      if (isOver()) {
        tally.fatal.add(query.sql(Spelling.PLAIN));
        restart();
      }
      return;
    }
    tally.possible++;
    String sql = query.sql(Spelling.PREDICTED);
    for (String planner : PLANNERS) {
      String settings = settings(planner, seed);
      try {
        List<String> found = rows(settings, sql);
        tally.planned += planner.equals("always") ? 1 : 0;
        tally.ran += planner.equals("auto") ? 1 : 0;
        if (!found.equals(expected.get())) {
          tally.wrong.add(told(seed, settings, query));
        }
      } catch (SQLException e) {
        if (isOver()) {
          tally.wrong.add("seed " + seed + ", SET " + settings + ", ends DuckDB:\n  " + sql);
          restart();
        }
        String reason = planner + ": " + reason(e);
        (planner.equals("always") ? tally.notPlanned : tally.refused)
            .computeIfAbsent(reason, key -> new ArrayList<>())
            .add("seed " + seed + ": " + sql);
      }
    }
  }

  /** Whether DuckDB takes no query any more, as after an error that it calls fatal. */
  private boolean isOver() {
    try {
      user.query("SELECT 1");
      return false;
    } catch (SQLException e) {
      return true;
    }
  }

  private void restart() throws SQLException {
    user.close();
    start();
  }

  /** A statement that is cut has no stream for a call in an expression. */
  private static String settings(String planner, long seed) {
    int way = (int) Math.floorMod(seed, STRATEGIES.size());
    String strategy = STRATEGIES.get(way);
    return "planner = '"
        + planner
        + "'; SET "
        + (planner.equals("always") ? strategy : strategy.replace("'stream'", "'auto'"));
  }

  private static String reason(SQLException e) {
    return String.valueOf(e.getMessage())
        .lines()
        .findFirst()
        .orElse("")
        .replaceAll("[\"'][^\"']*[\"']|\\d+", "…");
  }

  /** The rows that are right; empty where DuckDB does not take the query. */
  private Optional<List<String>> plain(Node query) throws SQLException {
    try {
      return Optional.of(rows("planner = 'auto'", query.sql(Spelling.PLAIN)));
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  private List<String> rows(String settings, String sql) throws SQLException {
    user.run(("SET " + settings).split("; "));
    Table table = user.query(sql);
    return Stream.concat(
            Stream.of(String.valueOf(table.columns())),
            table.rows().stream().map(RandomQueryTest::row).sorted())
        .toList();
  }

  /** Zeros of either sign are the same to DISTINCT, ORDER BY and max, which give any of them. */
  private static String row(List<String> values) {
    return values.stream()
        .map(value -> "-0.0".equals(value) ? "0.0" : value)
        .collect(Collectors.joining("|"));
  }

  /** The seed, and the smallest query like this one that differs under these settings. */
  private String told(long seed, String settings, Node query) throws SQLException {
    Node smallest = query;
    int tries = 0;
    Optional<Node> smaller = Optional.of(query);
    while (smaller.isPresent() && tries < MOST_SHRINKING) {
      smallest = smaller.get();
      smaller = Optional.empty();
      for (Node candidate : smallest.smaller().toList()) {
        if (tries++ < MOST_SHRINKING && differs(settings, candidate).isPresent()) {
          smaller = Optional.of(candidate);
          break;
        }
      }
    }
    String what = differs(settings, smallest).orElse("");
    return "seed %d, SET %s:%n  %s%n  means %s%n  %s"
        .formatted(
            seed, settings, smallest.sql(Spelling.PREDICTED), smallest.sql(Spelling.PLAIN), what);
  }

  private Optional<String> differs(String settings, Node query) throws SQLException {
    Optional<List<String>> expected = plain(query);
    if (expected.isEmpty()) {
      return Optional.empty();
    }
    try {
      List<String> found = rows(settings, query.sql(Spelling.PREDICTED));
      return found.equals(expected.get())
          ? Optional.empty()
          : Optional.of("gave " + few(found) + ", not " + few(expected.get()));
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  private static String few(List<String> rows) {
    return rows.stream().limit(6).toList() + " of " + (rows.size() - 1);
  }
}
