package io.auspex.shell.terminal;

import static io.auspex.shell.terminal.Driven.CTRL_D;
import static io.auspex.shell.terminal.Driven.CTRL_R;
import static io.auspex.shell.terminal.Driven.RIGHT;
import static io.auspex.shell.terminal.Driven.UP;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was typed before: walked, searched, suggested, kept. */
@Timeout(60)
class HistoryTest {
  @TempDir private Path folder;
  private InProcess shell;

  @BeforeEach
  void start() throws Exception {
    shell = InProcess.in(folder);
    shell.type("SELECT 'first' AS a;\r");
    shell.await("│ first │");
    shell.type("SELECT 'second'\rAS b;\r");
    shell.await("│ second │");
    shell.awaitPrompt();
  }

  @AfterEach
  void stop() throws Exception {
    shell.close();
  }

  @Test
  void theArrowsWalkItAndStatementsComeBackWhole() throws Exception {
    shell.type(UP);
    shell.await(shown -> shown.endsWith("auspex> SELECT 'second'\n   ...> AS b;"), "second");
    shell.type(UP + UP);
    shell.await(shown -> shown.endsWith("auspex> SELECT 'first' AS a;"), "first");
  }

  @Test
  void controlRSearchesIt() throws Exception {
    shell.type(CTRL_R + "first");
    shell.await("bck-i-search: first_");
    shell.type("\r");
    shell.await(
        shown -> shown.split("│ first │", -1).length == 3, "has run the first statement again");
  }

  @Test
  void whatIsTypedAgainIsSuggestedFaintly() throws Exception {
    shell.type("SELECT 'fi");
    shell.await(shown -> shown.endsWith("auspex> SELECT 'first' AS a;"), "suggests");
    assertThat(shell.screen().at("rst' AS a;").colour()).isPresent();
    shell.type(RIGHT + "\r");
    shell.await(
        shown -> shown.split("│ first │", -1).length == 3, "has run the first statement again");
  }

  @Test
  void itIsKeptForTheNextTime() throws Exception {
    shell.type(CTRL_D);
    assertThat(shell.hasEnded()).isTrue();
    assertThat(Files.readString(folder.resolve("history"))).contains("first", "second");
    try (InProcess next = InProcess.in(folder)) {
      next.type(UP);
      next.await(shown -> shown.endsWith("auspex> SELECT 'second'\n   ...> AS b;"), "second");
    }
  }

  @Test
  void passwordsAreNotKept() throws Exception {
    shell.type("CREATE SOURCE crm URL 'jdbc:nosuch:x' PASSWORD 'hunter2' USER 'me';\r");
    shell.await("has no driver");
    shell.awaitPrompt();
    shell.type(UP);
    shell.await(shown -> shown.endsWith("PASSWORD '***' USER 'me';"), "the password is hidden");
    assertThat(Files.readString(folder.resolve("history")))
        .contains("PASSWORD '***' USER")
        .doesNotContain("hunter2");
  }
}
