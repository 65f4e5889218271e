package io.auspex.examples.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Customers in PostgreSQL, usage in Parquet, scores in MariaDB: examples/crm on real servers. */
@Timeout(600)
class CrmTest {
  private static final int SUBSCRIBERS = 5_174;
  private static final Pattern PRINTED =
      Pattern.compile(" *([\\d,]+) customers with verdict (Yes|No), mean risk (0\\.\\d{3})");

  @TempDir Path folder;

  @BeforeEach
  void assumeServers() {
    assumeTrue(Machine.runsServers(), Machine.refusal());
  }

  private record Score(String verdict, double risk) {}

  /** What the script writes, of one table that never left this machine and was never in two. */
  private static Map<Integer, Score> expected() throws SQLException {
    try (Connection warehouse = DriverManager.getConnection("jdbc:auspex:");
        Statement statement = warehouse.createStatement()) {
      statement.execute(
          "CREATE MODEL churn FROM 'examples/churn/models/churn.onnx'"
              + " OUTPUTS (output_label AS verdict, output_probability AS chances)");
      return scores(
          statement.executeQuery(
              "SELECT customer_id, verdict, chances['Yes']::DOUBLE FROM PREDICT(MODEL churn,"
                  + " (FROM 'examples/churn/data/customers.parquet' WHERE churn = 'No'))"));
    }
  }

  private static Map<Integer, Score> scores(ResultSet rows) throws SQLException {
    Map<Integer, Score> scores = new TreeMap<>();
    while (rows.next()) {
      scores.put(rows.getInt(1), new Score(rows.getString(2), rows.getDouble(3)));
    }
    return scores;
  }

  /** As examples/crm/run starts it. */
  @Test
  void theCommandScoresEverySubscriber() throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Crm.class.getName())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    List<ProcessHandle> started = new ArrayList<>();
    while (!command.waitFor(20, TimeUnit.MILLISECONDS)) {
      command.descendants().filter(child -> !started.contains(child)).forEach(started::add);
    }
    String said = Files.readString(err);
    assertThat(command.exitValue()).as(said).isZero();
    assertThat(said).contains("5,174 rows").doesNotContain("SLF4J");
    assertThat(started).hasSizeGreaterThan(2);
    for (ProcessHandle child : started) {
      child.onExit().get(30, TimeUnit.SECONDS);
    }

    // Lines of a plan are values of CSV, whose quotes are doubled.
    String printed = Files.readString(out).replace("\"\"", "\"");
    assertThat(printed)
        .startsWith("name,url,user,password,options\n")
        .contains("CRM_PW", "DESK_PW")
        .contains("source=crm", "FROM \"public\".\"customers\" WHERE", "'Two year'");
    Map<String, Score> landed = new LinkedHashMap<>();
    Matcher line = PRINTED.matcher(printed);
    while (line.find()) {
      landed.put(line.group(1), new Score(line.group(2), Double.parseDouble(line.group(3))));
    }
    assertThat(landed).isEqualTo(summed(expected()));
  }

  /** What the command prints of scores, by the number of customers. */
  private static Map<String, Score> summed(Map<Integer, Score> scores) {
    Map<String, Score> sums = new LinkedHashMap<>();
    for (String verdict : List.of("No", "Yes")) {
      List<Score> of =
          scores.values().stream().filter(score -> score.verdict().equals(verdict)).toList();
      double mean = of.stream().mapToDouble(Score::risk).average().orElseThrow();
      sums.put(
          String.format("%,d", of.size()), new Score(verdict, Math.round(mean * 1000) / 1000.0));
    }
    return sums;
  }

  @Test
  void aSecondRunBringsScoresUpToDate() throws Exception {
    Map<Integer, Score> expected = expected();
    assertThat(expected).hasSize(SUBSCRIBERS);
    try (Crm servers = Crm.start();
        Connection desk = servers.connectToDesk();
        Statement statement = desk.createStatement()) {
      score(servers);
      assertThat(landed(statement)).isEqualTo(expected);

      statement.execute("UPDATE churn_scores SET risk = -1, scored_at = '2001-01-01 00:00:00'");
      statement.execute("DELETE FROM churn_scores WHERE customer_id % 3 = 0");
      statement.execute("INSERT INTO churn_scores VALUES (-1, 'kept', 0, '2001-01-01 00:00:00')");
      score(servers);
      Map<Integer, Score> second = landed(statement);
      assertThat(second.remove(-1)).isEqualTo(new Score("kept", 0));
      assertThat(second).isEqualTo(expected);
      try (ResultSet row =
          statement.executeQuery(
              "SELECT count(*), count(DISTINCT scored_at) FROM churn_scores"
                  + " WHERE scored_at > '2002-01-01' AND customer_id > 0")) {
        row.next();
        assertThat(row.getInt(1)).isEqualTo(SUBSCRIBERS);
        assertThat(row.getInt(2)).isEqualTo(1);
      }
      assertThat(tables(statement)).containsExactly("churn_scores");
    }
  }

  private void score(Crm servers) throws IOException, InterruptedException {
    Path err = folder.resolve("said");
    int exit = servers.score(Redirect.DISCARD, Redirect.to(err.toFile()));
    assertThat(exit).as("%s", Files.readString(err)).isZero();
  }

  private static Map<Integer, Score> landed(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("SELECT customer_id, verdict, risk FROM churn_scores")) {
      return scores(rows);
    }
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery("SHOW TABLES")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }
}
