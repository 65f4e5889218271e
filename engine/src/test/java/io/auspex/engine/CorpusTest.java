package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.engine.User.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Statements of every feature that DuckDB documents, with and without predictions, give what plain
 * DuckDB gives for them over predictions that are already there; nearly all are planned by Calcite.
 * What was not, and why, is in {@code target/corpus.txt}.
 */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorpusTest {
  private static final int LEAST_STATEMENTS = 500;
  private static final double LEAST_PLANNED = 0.95;
  private static final double LEAST_RUN = 0.995;
  private static final Path REPORT = Path.of("target", "corpus.txt");

  /**
   * What became of a statement under each setting of the planner.
   *
   * @param expected why plain DuckDB refuses it, which it must not; empty otherwise
   */
  private record Outcome(
      Corpus.Entry entry, String expected, Answer always, Answer auto, Answer never) {
    List<Answer> answers() {
      return List.of(always, auto, never);
    }
  }

  /**
   * What a statement gave.
   *
   * @param error why it gave nothing; empty otherwise
   * @param right whether what it gave is what DuckDB gives
   */
  private record Answer(String planner, String error, boolean right) {
    boolean ran() {
      return error.isEmpty();
    }
  }

  private final List<Outcome> outcomes = new ArrayList<>();

  @BeforeAll
  void runAll(@TempDir Path folder) throws SQLException, IOException {
    try (User user = User.alone()) {
      Corpus.prepare(user, folder);
      for (Corpus.Entry entry : Corpus.entries(folder)) {
        outcomes.add(outcome(user, entry));
      }
    }
    Files.createDirectories(REPORT.getParent());
    Files.writeString(REPORT, report().replace(folder.toString(), "$folder"));
  }

  private static Outcome outcome(User user, Corpus.Entry entry) throws SQLException {
    user.run("SET planner = 'auto'");
    Object[] parameters = Corpus.parameters(user, entry);
    Table expected;
    try {
      expected = user.query(entry.oracle(), parameters);
    } catch (SQLException e) {
      Answer none = new Answer("none", "", true);
      return new Outcome(entry, firstLine(e), none, none, none);
    }
    return new Outcome(
        entry,
        "",
        answer(user, "always", entry, parameters, expected),
        answer(user, "auto", entry, parameters, expected),
        answer(user, "never", entry, parameters, expected));
  }

  private static Answer answer(
      User user, String planner, Corpus.Entry entry, Object[] parameters, Table expected)
      throws SQLException {
    user.run("SET planner = '" + planner + "'");
    try {
      Table found = user.query(entry.sql(), parameters);
      return new Answer(planner, "", Corpus.isSame(entry.sql(), found, expected));
    } catch (SQLException e) {
      return new Answer(planner, firstLine(e), true);
    }
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
  }

  private long planned() {
    return outcomes.stream().filter(outcome -> outcome.always().ran()).count();
  }

  private long ran() {
    return outcomes.stream().filter(outcome -> outcome.auto().ran()).count();
  }

  private List<String> wrong() {
    return outcomes.stream()
        .flatMap(
            outcome ->
                outcome.answers().stream()
                    .filter(answer -> !answer.right())
                    .map(answer -> answer.planner() + ": " + outcome.entry()))
        .toList();
  }

  private List<String> impossible() {
    return outcomes.stream()
        .filter(outcome -> !outcome.expected().isEmpty())
        .map(outcome -> outcome.entry() + "\n    " + outcome.expected())
        .toList();
  }

  private List<String> refused() {
    return outcomes.stream()
        .filter(outcome -> !outcome.auto().ran() || !outcome.never().ran())
        .map(outcome -> outcome.entry() + "\n    " + outcome.auto() + " " + outcome.never())
        .toList();
  }

  private String report() {
    StringBuilder report = new StringBuilder();
    report.append(
        "%d statements, %d with predictions: %d planned, %d cut, %d refused, %d wrong%n"
            .formatted(
                outcomes.size(),
                outcomes.stream().filter(outcome -> outcome.entry().predicts()).count(),
                planned(),
                outcomes.stream()
                    .filter(outcome -> outcome.auto().ran() && !outcome.always().ran())
                    .count(),
                outcomes.size() - ran(),
                wrong().size()));
    section(report, "Wrong", wrong());
    section(report, "Refused", refused());
    section(report, "Refused by DuckDB itself", impossible());
    reasons().entrySet().stream()
        .sorted(Comparator.comparingInt(reason -> -reason.getValue().size()))
        .forEach(reason -> section(report, "Not planned: " + reason.getKey(), reason.getValue()));
    return report.toString();
  }

  private Map<String, List<String>> reasons() {
    Map<String, List<String>> reasons = new TreeMap<>();
    for (Outcome outcome : outcomes) {
      if (!outcome.always().ran()) {
        String reason = outcome.always().error().replaceAll("[\"'][^\"']*[\"']|\\d+", "…");
        reasons.computeIfAbsent(reason, key -> new ArrayList<>()).add(outcome.entry().toString());
      }
    }
    return reasons;
  }

  private static void section(StringBuilder report, String title, List<String> lines) {
    report.append("%n%s (%d)%n".formatted(title, lines.size()));
    Stream.of(lines).flatMap(List::stream).forEach(line -> report.append("  " + line + "\n"));
  }

  @Test
  void duckDbItselfRunsEachStatement() {
    assertThat(outcomes).hasSizeGreaterThanOrEqualTo(LEAST_STATEMENTS);
    assertThat(impossible()).isEmpty();
  }

  @Test
  void noneIsWrong() {
    assertThat(wrong()).isEmpty();
  }

  @Test
  void nearlyAllArePlanned() {
    assertThat((double) planned() / outcomes.size())
        .as(report().lines().findFirst().orElseThrow())
        .isGreaterThanOrEqualTo(LEAST_PLANNED);
  }

  @Test
  void nearlyAllRun() {
    assertThat((double) ran() / outcomes.size())
        .as(String.join("\n", refused()))
        .isGreaterThanOrEqualTo(LEAST_RUN);
  }
}
