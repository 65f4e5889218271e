package io.auspex.shell.terminal;

import io.auspex.shell.run.ScriptText;
import io.auspex.shell.run.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jline.widget.AutosuggestionWidgets;

/**
 * The loop of the interactive shell: read a statement, run it, say what became of it. Ctrl-C drops
 * the line or cancels the statement, Ctrl-D ends the loop.
 */
public final class Console {
  private static final String PROMPT = "auspex> ";
  private static final String CONTINUATION = "   ...> ";

  static {
    // The frames of tables go out as they are, not by way of a terminal's second character set.
    System.setProperty(TerminalBuilder.PROP_DISABLE_ALTERNATE_CHARSET, "true");
    // What the line editor has to say of itself is nothing to users.
    Logger.getLogger("org.jline").setLevel(Level.OFF);
  }

  private final Session session;
  private final Terminal terminal;
  private final LineReader reader;
  private final Dictionary dictionary;
  private final AuspexApplication application;

  Console(Session session, Terminal terminal, Path history, String version) {
    this.session = session;
    this.terminal = terminal;
    this.dictionary = new Dictionary(session.connection());
    this.application = new AuspexApplication(session, dictionary, version);
    this.reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("auspex")
            .parser(new StatementParser())
            .highlighter(new SqlHighlighter(dictionary, application.style()))
            .completer(new SqlCompleter(dictionary, application.commands()))
            .history(new StatementHistory())
            .variable(LineReader.HISTORY_FILE, history)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUATION)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.CASE_INSENSITIVE, true)
            .option(LineReader.Option.GROUP_PERSIST, true)
            .build();
    new AutosuggestionWidgets(reader).enable();
  }

  /** Runs the loop on this process's terminal until the user leaves. */
  public static void run(Session session, String version) {
    Path history = Path.of(System.getProperty("user.home"), ".auspex_history");
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      new Console(session, terminal, history, version).run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void run() {
    session.width(terminal::getWidth);
    if (session.streams().outTerminal()) {
      Pager pager = new Pager(terminal, session.preferences()::pager);
      session.pages(() -> new HeldPage(session.streams().out(), pager));
    }
    session.streams().err().println(application.getInfoMessage());
    while (!application.isLeft()) {
      try {
        run(reader.readLine(PROMPT));
      } catch (UserInterruptException e) {
        continue;
      } catch (EndOfFileException e) {
        return;
      }
    }
  }

  private void run(String line) {
    if (StatementParser.isCommand(line)) {
      application.execute(line.strip());
      return;
    }
    Terminal.SignalHandler before = terminal.handle(Signal.INT, signal -> session.cancel());
    try {
      session.run(ScriptText.typed(line));
      dictionary.forget();
    } finally {
      terminal.handle(Signal.INT, before);
    }
  }
}
