package io.auspex.shell.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;

/** A shell that is typed to as a person does, and looked at as a person does. */
abstract class Driven implements AutoCloseable {
  static final String CTRL_C = "\u0003";
  static final String CTRL_D = "\u0004";
  static final String TAB = "\t";
  static final String CTRL_R = "\u0012";

  /** As terminals send them whose keypad the line editor has switched to application mode. */
  static final String UP = "\u001bOA";

  static final String RIGHT = "\u001bOC";

  private static final Duration PATIENCE =
      Duration.ofSeconds(Integer.getInteger("auspex.patience", 30));

  private final int columns;
  private final int rows;

  Driven(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /** Where keys go. */
  abstract OutputStream keys();

  /** All that was written to the terminal so far, control sequences and all. */
  abstract String written();

  void type(String keys) throws IOException {
    keys().write(keys.getBytes(StandardCharsets.UTF_8));
    keys().flush();
  }

  Screen screen() {
    return Screen.after(written(), columns, rows);
  }

  /** Waits until the screen shows the text. */
  void await(String text) throws InterruptedException {
    await(shown -> shown.contains(text), "shows " + text);
  }

  /** Waits until the prompt stands in the last line that is not empty, with nothing after it. */
  void awaitPrompt() throws InterruptedException {
    await(shown -> shown.endsWith("\nauspex>") || shown.equals("auspex>"), "ends with a prompt");
  }

  void await(Predicate<String> expected, String what) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String shown = screen().text();
    while (!expected.test(shown) && System.nanoTime() < deadline) {
      Thread.sleep(20);
      shown = screen().text();
    }
    assertThat(shown).as(what).matches(expected);
  }

  @Override
  public abstract void close() throws Exception;
}
