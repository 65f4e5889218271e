package io.auspex.shell.terminal;

import static io.auspex.shell.terminal.Driven.CTRL_C;
import static io.auspex.shell.terminal.Driven.CTRL_D;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The interactive shell, driven key by key: statements, cancelling, results, commands. */
@Timeout(60)
class ConsoleTest {
  @TempDir private Path folder;
  private InProcess shell;

  @BeforeEach
  void start() throws Exception {
    shell = InProcess.in(folder);
  }

  @AfterEach
  void stop() throws Exception {
    shell.close();
  }

  @Test
  void aStatementGoesOnOverLinesUntilItsSemicolon() throws Exception {
    shell.type("SELECT 41\r");
    shell.await("auspex> SELECT 41\n   ...>");
    shell.type("+ 1 AS answer;\r");
    shell.await("│     42 │");
    shell.await("1 row in ");
  }

  @Test
  void anErrorIsToldWithACaretUnderThePlaceAndTheShellGoesOn() throws Exception {
    shell.type("SELECT 1, nothing;\r");
    shell.await("Error AX105");
    shell.await("\n  SELECT 1, nothing;\n            ^\n");
    shell.type("SELECT 'still ' || 'here' AS a;\r");
    shell.await("│ still here │");
  }

  @Test
  void whatIsMisspeltIsGuessed() throws Exception {
    shell.type("CREATE TABLE customers AS SELECT 1 AS tenure;\r");
    shell.await("1 row in ");
    shell.type("SELECT tenur FROM customers;\r");
    shell.await("tenure");
    shell.type("SET predict_strategi = 'inline';\r");
    shell.await("Did you mean predict_strategy?");
    shell.type(".tabels\r");
    shell.await("There is no command .tabels. Did you mean .tables?");
    shell.type(".format jsn\r");
    shell.await("Did you mean json?");
  }

  @Test
  void controlCCancelsTheStatementAndNotTheShell() throws Exception {
    shell.type("SELECT count(*) FROM range(100000000000) a, range(1000) b;\r");
    Thread.sleep(1_000);
    shell.type(CTRL_C);
    shell.await("Error AX503: The statement was cancelled.");
    shell.type("SELECT 'still ' || 'here' AS a;\r");
    shell.await("│ still here │");
  }

  @Test
  void controlCDropsTheLine() throws Exception {
    shell.type("SELECT 'half");
    shell.await("half");
    shell.type(CTRL_C);
    shell.awaitPrompt();
    shell.type("SELECT 'next ' || 'line' AS a;\r");
    shell.await("│ next line │");
  }

  @Test
  void controlDLeaves() throws Exception {
    shell.type(CTRL_D);
    assertThat(shell.hasEnded()).isTrue();
  }

  @Test
  void whatIsTooWideForTheTerminalStandsUpright() throws Exception {
    shell.type("SELECT 1 AS a, repeat('x', 200) AS b;\r");
    shell.await("── row 1 ──\n a │ 1\n b │ xxx");
  }

  @Test
  void nullIsFaintAndTheTextNullIsNot() throws Exception {
    shell.type("SELECT NULL AS a;\r");
    shell.await("│ NULL │");
    assertThat(shell.screen().at("NULL │").colour()).isPresent();
    shell.type("SELECT 'NULL' AS b;\r");
    shell.await("│ b    │\n├──────┤\n│ NULL │");
    assertThat(shell.screen().at("NULL │").colour()).isEmpty();
  }

  @Test
  void aResultThatIsCutSaysHowManyRowsThereAre() throws Exception {
    shell.type(".rows 2\r");
    shell.type("FROM range(1234567);\r");
    shell.await("2 of 1,234,567 rows shown in ");
  }

  @Test
  void timingIsTurnedOnAndOff() throws Exception {
    shell.type(".timing off\r");
    shell.await("Timing is off.");
    shell.type("SELECT 'silent' AS a;\r");
    shell.await("│ silent │\n└────────┘\nauspex>");
    shell.type(".timing\r");
    shell.await("Timing is on.");
    shell.type("SELECT 'timed' AS a;\r");
    shell.await(shown -> shown.matches("(?s).*└───────┘\n1 row in 0\\.\\d{3} s\nauspex>"), "time");
  }

  @Test
  void theFormatIsChosenWithACommand() throws Exception {
    shell.type(".format csv\r");
    shell.type("SELECT 1 AS a, NULL AS b;\r");
    shell.await("\na,b\n1,\n");
    shell.type(".format jsonl\r");
    shell.type("SELECT 1 AS a, NULL AS b;\r");
    shell.await("{\"a\":1,\"b\":null}");
    shell.type(".format markdown\r");
    shell.type("SELECT 1 AS a, NULL AS b;\r");
    shell.await("| 1 | NULL |");
    shell.type(".format vertical\r");
    shell.type("SELECT 1 AS a, NULL AS b;\r");
    shell.await(" b │ NULL");
    shell.type(".format json\r");
    shell.type("SELECT 1 AS a, NULL AS b;\r");
    shell.await("[\n{\"a\":1,\"b\":null}\n]");
  }

  @Test
  void aFileIsRead() throws Exception {
    Path file = folder.resolve("two.sql");
    Files.writeString(file, "SELECT 'from ' || 'file' AS a;\nSELECT wrong;\nSELECT 'no further';");
    shell.type(".read " + file + "\r");
    shell.await("│ from file │");
    shell.await("two.sql, line 2: ");
    shell.awaitPrompt();
    assertThat(shell.screen().text()).doesNotContain("no further");
    shell.type(".read " + folder.resolve("none.sql") + "\r");
    shell.await("none.sql does not exist.");
  }

  @Test
  void quitLeaves() throws Exception {
    shell.type(".quit\r");
    assertThat(shell.hasEnded()).isTrue();
  }
}
