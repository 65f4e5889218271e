package io.auspex.shell.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A result longer than the screen is paged through; a shorter one is not. */
@Timeout(60)
class PagerTest {
  @TempDir private Path folder;
  private InProcess shell;

  @BeforeEach
  void start() throws Exception {
    shell = new InProcess(folder.resolve("history"), 80, 24);
  }

  @AfterEach
  void stop() throws Exception {
    shell.close();
  }

  @Test
  void aLongResultIsPagedAndLeftWithQ() throws Exception {
    shell.type("SELECT 1000 + range AS a FROM range(100);\r");
    shell.await("q: leave");
    assertThat(shell.screen().text()).contains("│ 1000 │").doesNotContain("│ 1050 │");
    shell.type("  ");
    shell.await("│ 1050 │");
    shell.type("q");
    shell.await("100 rows in ");
    shell.awaitPrompt();
    assertThat(shell.screen().text()).doesNotContain("│ 1050 │");
    shell.type("SELECT 'next' AS a;\r");
    shell.await("│ next │");
  }

  @Test
  void itIsSearched() throws Exception {
    shell.type("SELECT 1000 + range AS a FROM range(100);\r");
    shell.await("q: leave");
    shell.type("/1077\r");
    shell.await("│ 1077 │");
    shell.type("q");
    shell.awaitPrompt();
  }

  @Test
  void nullsStayFaintInThePager() throws Exception {
    shell.type("SELECT nullif(range, 3) AS a FROM range(100);\r");
    shell.await("q: leave");
    assertThat(shell.screen().at("NULL").colour()).isPresent();
    shell.type("q");
    shell.awaitPrompt();
  }

  @Test
  void whatFitsIsPrinted() throws Exception {
    shell.type("FROM range(18);\r");
    shell.await("18 rows in ");
    assertThat(shell.screen().text()).contains("│    17 │");
  }

  @Test
  void itIsTurnedOff() throws Exception {
    shell.type(".pager off\r");
    shell.await("The pager is off.");
    shell.type("SELECT 1000 + range AS a FROM range(100);\r");
    shell.await("│ 1099 │");
    shell.await("100 rows in ");
  }

  @Test
  void moreThanAnybodyReadsIsPrintedAsItComes() throws Exception {
    shell.type(".format csv\r");
    shell.type("SELECT repeat('x', 75) AS a FROM range(150000);\r");
    shell.await("150,000 rows in ");
    shell.awaitPrompt();
  }
}
