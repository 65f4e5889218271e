package io.auspex.shell.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.shell.output.Format;
import io.auspex.shell.run.Preferences;
import io.auspex.shell.run.Session;
import io.auspex.shell.run.Streams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.function.Predicate;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.impl.ExternalTerminal;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The interactive shell, driven key by key through a terminal of its own. */
@Timeout(60)
class ConsoleTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String CTRL_C = "\u0003";
  private static final String CTRL_D = "\u0004";

  @TempDir private Path folder;
  private final PipedOutputStream keys = new PipedOutputStream();
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private Terminal terminal;
  private Connection connection;
  private Thread shell;

  @BeforeEach
  void start() throws Exception {
    InputStream typed = new PipedInputStream(keys, 1 << 16);
    terminal =
        new ExternalTerminal("test", "xterm-256color", typed, screen, StandardCharsets.UTF_8);
    Attributes attributes = terminal.getAttributes();
    attributes.setLocalFlag(Attributes.LocalFlag.ISIG, true);
    attributes.setControlChar(Attributes.ControlChar.VINTR, 3);
    terminal.setAttributes(attributes);
    terminal.setSize(new Size(120, 40));
    connection = DriverManager.getConnection("jdbc:auspex:");
    PrintStream print = new PrintStream(screen, true, StandardCharsets.UTF_8);
    Writer out = new OutputStreamWriter(print, StandardCharsets.UTF_8);
    Streams streams = new Streams(typed, out, print, true, true, true);
    Session session = new Session(connection, streams, new Preferences(Format.BOX, true, true));
    Console console = new Console(session, terminal, folder.resolve("history"), "0.0");
    shell = new Thread(console::run, "shell");
    shell.start();
    await("Auspex 0.0");
  }

  @AfterEach
  void stop() throws Exception {
    keys.close();
    shell.join(PATIENCE.toMillis());
    terminal.close();
    connection.close();
  }

  @Test
  void aStatementGoesOnOverLines() throws Exception {
    type("SELECT 41\r+ 1 AS answer;\r");
    await("│     42 │");
    await("1 row in ");
  }

  @Test
  void anErrorIsToldAndTheShellGoesOn() throws Exception {
    type("SELECT nothing;\r");
    await("Error");
    type("SELECT 'still ' || 'here' AS a;\r");
    await("│ still here │");
  }

  @Test
  void controlCCancelsTheStatementAndNotTheShell() throws Exception {
    type("SELECT count(*) FROM range(100000000000) a, range(1000) b;\r");
    Thread.sleep(1_000);
    terminal.raise(Signal.INT);
    await("Error");
    type("SELECT 'still ' || 'here' AS a;\r");
    await("│ still here │");
  }

  @Test
  void controlCDropsTheLine() throws Exception {
    type("SELECT 'half");
    await("half");
    type(CTRL_C);
    // As a person does, and as terminals do, which throw away what was typed ahead of an interrupt.
    awaitMatch("(?s).*\\^C.*auspex> ");
    type("SELECT 'next ' || 'line' AS a;\r");
    await("│ next line │");
  }

  @Test
  void controlDLeaves() throws Exception {
    type(CTRL_D);
    shell.join(PATIENCE.toMillis());
    assertThat(shell.isAlive()).isFalse();
  }

  @Test
  void tablesCompleteAfterFrom() throws Exception {
    type("CREATE TABLE customers_of_ours AS SELECT 42 AS tenure;\r");
    await("1 row in ");
    type("FROM custo\t;\r");
    await("│ tenure │");
  }

  @Test
  void whatIsTooWideForTheTerminalStandsUpright() throws Exception {
    type("SELECT 1 AS a, repeat('x', 200) AS b;\r");
    await("── row 1 ──");
  }

  @Test
  void dotCommandsWork() throws Exception {
    type(".format csv\r");
    type("SELECT 1 AS a, 2 AS b;\r");
    await("a,b");
    type(".help\r");
    await(".models");
    type(".tabels\r");
    await("There is no command .tabels");
    type(".quit\r");
    shell.join(PATIENCE.toMillis());
    assertThat(shell.isAlive()).isFalse();
  }

  @Test
  void historyIsKept() throws Exception {
    type("SELECT 'remember' AS a;\r");
    await("│ remember │");
    type(CTRL_D);
    shell.join(PATIENCE.toMillis());
    assertThat(Files.readString(folder.resolve("history"))).contains("remember");
  }

  private void type(String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  private void await(String text) throws InterruptedException {
    await(screen -> screen.contains(text));
    assertThat(seen()).contains(text);
  }

  private void awaitMatch(String pattern) throws InterruptedException {
    await(screen -> screen.matches(pattern));
    assertThat(seen()).matches(pattern);
  }

  private void await(Predicate<String> shown) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!shown.test(seen()) && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
  }

  private String seen() {
    return AttributedString.stripAnsi(screen.toString(StandardCharsets.UTF_8));
  }
}
