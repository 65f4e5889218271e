package io.auspex.shell.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.shell.terminal.Screen.Cell;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is being typed is coloured by what it is. */
@Timeout(60)
class HighlightingTest {
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
  void keywordsTextsNumbersAndCommentsLookDifferent() throws Exception {
    shell.type("SELECT plain, 'text', 123 -- said");
    shell.await("said");
    assertThat(shell.screen().at("SELECT").bold()).isTrue();
    Cell plain = shell.screen().at("plain");
    assertThat(plain.bold()).isFalse();
    assertThat(plain.colour()).isEmpty();
    assertThat(shell.screen().at("'text'").colour()).isPresent();
    assertThat(shell.screen().at("123").colour()).isPresent();
    assertThat(shell.screen().at("'text'").colour())
        .isNotEqualTo(shell.screen().at("123").colour());
    assertThat(shell.screen().at("-- said").colour()).isPresent();
  }

  @Test
  void anUnclosedQuoteIsRedAndUnderlinedUntilItIsClosed() throws Exception {
    shell.type("SELECT 'half");
    shell.await("'half");
    Cell open = shell.screen().at("'half");
    assertThat(open.underlined()).isTrue();
    assertThat(open.colour()).hasValueSatisfying(this::isReddish);
    shell.type("'");
    shell.await("'half'");
    assertThat(shell.screen().at("'half'").underlined()).isFalse();
  }

  @Test
  void soIsAnUnclosedNameOrComment() throws Exception {
    shell.type("SELECT \"half");
    shell.await("\"half");
    assertThat(shell.screen().at("\"half").underlined()).isTrue();
    shell.type("\", /* more");
    shell.await("/* more");
    assertThat(shell.screen().at("\"half").underlined()).isFalse();
    assertThat(shell.screen().at("/* more").underlined()).isTrue();
  }

  private void isReddish(int colour) {
    assertThat(colour >> 8).isGreaterThan(6);
    assertThat(colour & 0xFF).isLessThan(0x44);
  }
}
