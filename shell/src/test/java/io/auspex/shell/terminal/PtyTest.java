package io.auspex.shell.terminal;

import static io.auspex.shell.terminal.Driven.CTRL_C;
import static io.auspex.shell.terminal.Driven.CTRL_D;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process on a pseudo-terminal: signals, streams, exit codes, progress. */
@Timeout(120)
@EnabledOnOs(
    value = OS.LINUX,
    disabledReason = "the pseudo-terminal is made by util-linux's script")
class PtyTest {
  private static final Pattern PROGRESS =
      Pattern.compile(
          "█+░+ \\d+% · [\\d,]+ rows · [\\d,]+ rows/s · [\\d.]+ s · (\\d+ min )?\\d+ s left");

  /** Some seconds of work. */
  private static final String SLOW =
      """
      CREATE MODEL churn FROM 'examples/churn/models/churn.onnx';
      CREATE TABLE many AS
        SELECT c.* FROM 'examples/churn/data/customers.parquet' c, range(30);
      CREATE TABLE scores AS SELECT * FROM PREDICT(MODEL churn, TABLE many);
      """;

  @TempDir private Path folder;

  @Test
  void controlCCancelsTheStatementAndNotTheShell() throws Exception {
    try (PtyShell shell = shell("")) {
      shell.awaitPrompt();
      shell.type("SELECT count(*) FROM range(100000000000) a, range(1000) b;\r");
      // The progress line shows that it runs.
      shell.await(shown -> shown.matches("(?s).*\\d\\.\\d s"), "shows the time");
      shell.type(CTRL_C);
      shell.await("Error AX503: The statement was cancelled.");
      shell.type("SELECT 'still ' || 'here' AS a;\r");
      shell.await("│ still here │");
      shell.awaitPrompt();
      shell.type(CTRL_D);
      assertThat(shell.exit()).isZero();
    }
  }

  @Test
  void controlCEndsAScript() throws Exception {
    try (PtyShell shell =
        shell("-c 'SELECT count(*) FROM range(100000000000) a, range(1000) b' -c 'SELECT 42'")) {
      shell.await(shown -> shown.matches("(?s).*\\d\\.\\d s"), "shows the time");
      shell.type(CTRL_C);
      assertThat(shell.exit()).isNotZero();
      assertThat(shell.screen().text()).doesNotContain("42");
    }
  }

  @Test
  void progressIsABarWithRowsTheirRateAndTheTimeLeft() throws Exception {
    Path script = file("slow.sql", SLOW);
    try (PtyShell shell = shell("-f " + script)) {
      shell.await(shown -> PROGRESS.matcher(shown).find(), "shows the progress");
      assertThat(shell.exit()).isZero();
      assertThat(shell.screen().text()).endsWith("211,290 rows").doesNotContain("█");
    }
  }

  @Test
  void progressIsForPeopleOnly() throws Exception {
    Path script = file("slow.sql", SLOW);
    Path err = folder.resolve("err");
    try (PtyShell shell = shell("-f " + script, "2>" + err)) {
      assertThat(shell.exit()).isZero();
      assertThat(shell.written()).isEmpty();
      assertThat(Files.readString(err)).isEqualTo("211,290 rows\n211,290 rows\n");
    }
  }

  @Test
  void resultsGoToStandardOutputAndTheRestToTheTerminal() throws Exception {
    Path out = folder.resolve("out.csv");
    try (PtyShell shell =
        shell("-c 'CREATE TABLE t AS SELECT 1 AS a; SELECT * FROM t; SELECT wrong'", ">" + out)) {
      assertThat(shell.exit()).isEqualTo(1);
      assertThat(Files.readString(out)).isEqualTo("a\n1\n");
      assertThat(shell.screen().text()).startsWith("1 row\nError AX105: ").contains("wrong\n");
    }
  }

  @Test
  void aScriptStopsAtItsFirstErrorWithOne() throws Exception {
    Path script = file("wrong.sql", "SELECT 'one' AS a;\nSELECT wrong;\nSELECT 'two' AS a;\n");
    try (PtyShell shell = shell("", "< " + script)) {
      assertThat(shell.exit()).isEqualTo(1);
      assertThat(shell.screen().text()).contains("│ one │", "Error").doesNotContain("two");
    }
  }

  @Test
  void wrongUsageIsTwo() throws Exception {
    try (PtyShell shell = shell("--fromat csv -c 'SELECT 1'")) {
      assertThat(shell.exit()).isEqualTo(2);
      assertThat(shell.screen().text())
          .isEqualTo(
              "There is no option --fromat. Did you mean --format?\n"
                  + "auspex --help tells what can be given.");
    }
  }

  @Test
  void aSessionBeginsWithItsFileAndVariables() throws Exception {
    Path init = file("init.sql", "CREATE TABLE t AS SELECT getvariable('day')::DATE AS day;\n");
    try (PtyShell shell = shell("--var day=2026-02-28 -init " + init + " --format markdown")) {
      shell.awaitPrompt();
      shell.type("SELECT day + 1 AS next FROM t;\r");
      shell.await("| 2026-03-01");
      shell.awaitPrompt();
      shell.type(CTRL_D);
      assertThat(shell.exit()).isZero();
    }
  }

  @Test
  void allHelpIsOnTheScreen() throws Exception {
    try (PtyShell shell = shell("")) {
      shell.awaitPrompt();
      shell.type(".help\r");
      shell.await("Ctrl-D leaves\nauspex>");
      assertThat(shell.screen().text())
          .contains(
              "auspex> .help\n",
              ".help ",
              ".quit ",
              ".tables ",
              ".models ",
              ".format ",
              ".rows ",
              ".timing ",
              ".pager ",
              ".read ");
      assertThat(shell.screen().lines())
          .filteredOn(line -> line.startsWith("  ."))
          .allMatch(line -> line.length() < 80)
          .hasSize(9);
    }
  }

  @Test
  void helpOfTheCommandLineFitsTheScreen() throws Exception {
    try (PtyShell shell = shell("--help")) {
      assertThat(shell.exit()).isZero();
      assertThat(shell.screen().text()).startsWith("usage: auspex").contains("--var", "Exit code");
    }
  }

  /** On the terminal that everything has to fit. */
  private PtyShell shell(String arguments) throws IOException {
    return shell(arguments, "");
  }

  private PtyShell shell(String arguments, String redirections) throws IOException {
    return new PtyShell(folder, 80, 24, arguments, redirections);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
