package io.auspex.shell.terminal;

import io.auspex.shell.output.Format;
import io.auspex.shell.run.Preferences;
import io.auspex.shell.run.Session;
import io.auspex.shell.run.Streams;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;

/** The interactive shell in this process, on a terminal of JLine's with a line discipline. */
final class InProcess extends Driven {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final PipedOutputStream keys = new PipedOutputStream();
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final Terminal terminal;
  private final Connection connection;
  private final Thread shell;

  InProcess(Path history, int columns, int rows) throws Exception {
    super(columns, rows);
    InputStream typed = new PipedInputStream(keys, 1 << 16);
    terminal =
        new ExternalTerminal("test", "xterm-256color", typed, screen, StandardCharsets.UTF_8);
    terminal.setSize(new Size(columns, rows));
    connection = DriverManager.getConnection("jdbc:auspex:");
    PrintStream print = new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
    Writer out = new OutputStreamWriter(print, StandardCharsets.UTF_8);
    Streams streams = new Streams(typed, out, print, true, true, true, terminal::getWidth);
    Session session = new Session(connection, streams, new Preferences(Format.BOX, true, true));
    Console console = new Console(session, terminal, history, "0.0");
    shell = new Thread(console::run, "shell");
    shell.start();
    await("Auspex 0.0");
    awaitPrompt();
  }

  @Override
  OutputStream keys() {
    return keys;
  }

  @Override
  String written() {
    return screen.toString(StandardCharsets.UTF_8);
  }

  /** Whether the shell ended by itself, within a while. */
  boolean hasEnded() throws InterruptedException {
    shell.join(PATIENCE.toMillis());
    return !shell.isAlive();
  }

  @Override
  public void close() throws Exception {
    try {
      keys.close();
      shell.join(PATIENCE.toMillis());
    } finally {
      terminal.close();
      connection.close();
    }
  }

  /** For tests that write nothing. */
  static InProcess in(Path folder) throws Exception {
    return new InProcess(folder.resolve("history"), 100, 30);
  }
}
