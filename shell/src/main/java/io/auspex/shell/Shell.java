package io.auspex.shell;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Versions;
import io.auspex.engine.Preloading;
import io.auspex.jdbc.AuspexDriver;
import io.auspex.shell.Options.Kind;
import io.auspex.shell.Options.Step;
import io.auspex.shell.output.Format;
import io.auspex.shell.run.Preferences;
import io.auspex.shell.run.ScriptText;
import io.auspex.shell.run.Session;
import io.auspex.shell.run.StandardStreams;
import io.auspex.shell.run.Streams;
import io.auspex.shell.terminal.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.commons.cli.ParseException;

/** One run of the command, from its arguments to its exit code. */
final class Shell {
  /** What JDBC knows the warehouse by. */
  static final String URL = "jdbc:auspex:";

  private static final Pattern PREDICT = Pattern.compile("\\bpredict\\b", Pattern.CASE_INSENSITIVE);
  private static final int SUCCESS = 0;
  static final int FAILURE = 1;
  private static final int USAGE = 2;

  private final Streams streams;
  private volatile Session session;
  private volatile boolean stopped;

  Shell(Streams streams) {
    this.streams = streams;
  }

  /** One that reads and writes what this process's standard streams are. */
  static Shell ofProcess() {
    return new Shell(StandardStreams.open());
  }

  /** Stops what runs just now, and runs nothing else; to be called from another thread. */
  void stop() {
    stopped = true;
    Session running = session;
    if (running != null) {
      running.stop();
    }
  }

  /** Returns 0, 1 where a statement failed, 2 for wrong usage. */
  int run(String[] arguments) {
    try {
      return run(Options.parse(arguments));
    } catch (ParseException e) {
      streams.err().println(e.getMessage() + "\nauspex --help tells what can be given.");
      return USAGE;
    }
  }

  /** Returns 0, or 1 where a statement failed. */
  int run(Options options) {
    try {
      return answer(options);
    } catch (UncheckedIOException e) {
      return closedOutput(e);
    } catch (RuntimeException e) {
      AuspexException defect = new AuspexException(ErrorCode.INTERNAL_ERROR, e).causedBy(e);
      streams.err().println(Session.report(defect));
      return FAILURE;
    }
  }

  private int answer(Options options) {
    if (options.help()) {
      Options.printHelp(new PrintWriter(streams.out()));
      return SUCCESS;
    } else if (options.version()) {
      new PrintWriter(streams.out(), true).println("auspex " + Versions.auspex());
      return SUCCESS;
    }
    try (Preloading beside = preloading(options);
        Connection connection = connect(options.warehouse())) {
      return run(connection, options);
    } catch (SQLException e) {
      streams.err().println(Session.report(e));
      return FAILURE;
    }
  }

  /** What a prediction needs is loaded while the warehouse opens, where there will be one. */
  private static Preloading preloading(Options options) {
    boolean predicts =
        options.steps().stream()
            .filter(step -> step.kind() == Kind.SQL)
            .anyMatch(step -> PREDICT.matcher(step.value()).find());
    return predicts ? Preloading.start() : Preloading.none();
  }

  /** Asks the driver itself: DriverManager would start every driver there is, and take its time. */
  private static Connection connect(String warehouse) throws SQLException {
    return new AuspexDriver().connect(URL + warehouse, new Properties());
  }

  private int run(Connection connection, Options options) throws SQLException {
    boolean interactive = options.isInteractive(streams);
    session = new Session(connection, streams, preferences(options, interactive));
    if (stopped) {
      session.stop();
    }
    if (!options.variables().entrySet().stream()
            .allMatch(variable -> session.variable(variable.getKey(), variable.getValue()))
        || !options.steps().stream().allMatch(step -> run(session, step))) {
      return FAILURE;
    }
    if (options.serves()) {
      return Serving.run(options.warehouse(), connection, streams.err());
    }
    if (interactive) {
      Console.run(session, Versions.auspex());
      return SUCCESS;
    }
    return !options.readsInput() || runsInput() ? SUCCESS : FAILURE;
  }

  private Preferences preferences(Options options, boolean interactive) {
    Format format = options.format().orElse(streams.outTerminal() ? Format.BOX : Format.CSV);
    Preferences preferences = new Preferences(format, interactive, options.progress());
    preferences.rowLimit(options.rowLimit());
    return preferences;
  }

  private static boolean run(Session session, Step step) {
    return step.kind() == Kind.SQL
        ? session.run(ScriptText.typed(step.value()))
        : session.runFile(step.value());
  }

  private boolean runsInput() {
    String script;
    try {
      script = new String(streams.in().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      streams.err().println("Error: standard input cannot be read: " + e.getMessage());
      return false;
    }
    return session.run(ScriptText.typed(script));
  }

  /** Results that nobody reads on, as of {@code | head}, are no error worth a word. */
  private int closedOutput(UncheckedIOException e) {
    boolean pipe = String.valueOf(e.getCause().getMessage()).contains("Broken pipe");
    if (!pipe) {
      streams.err().println("Error: the results cannot be written: " + e.getCause().getMessage());
    }
    return FAILURE;
  }
}
