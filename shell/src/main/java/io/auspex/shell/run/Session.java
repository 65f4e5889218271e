package io.auspex.shell.run;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.engine.Script;
import io.auspex.jdbc.AuspexStatement;
import io.auspex.shell.output.Format;
import io.auspex.shell.output.Page;
import io.auspex.shell.output.Printer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * A connection, and everything that is printed of its statements. One thread runs statements;
 * {@link #cancel} may be called from any.
 */
public final class Session {
  private static final Set<String> WRITING = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "COPY");

  private final Connection connection;
  private final Streams streams;
  private final Preferences preferences;
  private IntSupplier width = Session::terminalWidth;
  private volatile Statement running;

  /**
   * @param connection stays its owner's
   */
  public Session(Connection connection, Streams streams, Preferences preferences) {
    this.connection = connection;
    this.streams = streams;
    this.preferences = preferences;
  }

  /** The report of an error that is no statement's, such as of opening a warehouse. */
  public static String report(SQLException error) {
    return ErrorReport.of(error);
  }

  /** From now on the terminal's columns are asked of {@code supplier}. */
  public void width(IntSupplier supplier) {
    width = supplier;
  }

  public Connection connection() {
    return connection;
  }

  public Streams streams() {
    return streams;
  }

  public Preferences preferences() {
    return preferences;
  }

  /**
   * Runs the statements of a script up to the first that fails, which is reported.
   *
   * @return whether all of them succeeded
   * @throws UncheckedIOException where results cannot be written, such as a closed pipe
   */
  public boolean run(ScriptText script) {
    List<Script.Piece> pieces = Script.split(script.text());
    for (Script.Piece piece : pieces) {
      if (!run(piece.text(), script, piece.offset())) {
        return false;
      }
    }
    return true;
  }

  /** Stops the running statement, if one runs; it fails with an error that says so. */
  public void cancel() {
    Statement statement = running;
    if (statement != null) {
      try {
        statement.cancel();
      } catch (SQLException e) {
        streams.err().println(ErrorReport.of(e));
      }
    }
  }

  private boolean run(String sql, ScriptText script, int offset) {
    long started = System.nanoTime();
    try (Statement statement = connection.createStatement()) {
      running = statement;
      String outcome = execute(statement, sql);
      tell(outcome, Duration.ofNanos(System.nanoTime() - started));
      return true;
    } catch (SQLException e) {
      streams.err().println(ErrorReport.of(e, script, offset));
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      AuspexException defect = new AuspexException(ErrorCode.INTERNAL_ERROR, e).causedBy(e);
      streams.err().println("Error: " + defect.getMessage());
      return false;
    } finally {
      running = null;
    }
  }

  /** Runs it and prints its result. Returns what there is to say of it. */
  private String execute(Statement statement, String sql) throws SQLException, IOException {
    try (Progress progress = progress(statement)) {
      if (statement.execute(sql)) {
        Writer out = new FirstWrite(streams.out(), progress::close);
        return summary(printer(out).print(statement.getResultSet()));
      }
      long count = statement.getLargeUpdateCount();
      return count > 0 || count == 0 && writesRows(sql) ? Phrases.rows(count) : "";
    }
  }

  /** Whether to say so even of no rows; JDBC counts none for every other statement too. */
  private static boolean writesRows(String sql) {
    return Script.tokens(sql).stream()
        .filter(token -> token.kind() == Script.Kind.WORD)
        .findFirst()
        .map(token -> sql.substring(token.start(), token.end()).toUpperCase(Locale.ROOT))
        .filter(WRITING::contains)
        .isPresent();
  }

  private Progress progress(Statement statement) throws SQLException {
    if (!preferences.progress() || !streams.errTerminal()) {
      return Progress.none();
    }
    AuspexStatement asked = statement.unwrap(AuspexStatement.class);
    return Progress.start(streams.err(), () -> asked.progress().rowsPredicted());
  }

  private Printer printer(Writer out) {
    Format format = preferences.format();
    return format.printer(new Page(out, streams.outTerminal(), width, preferences.rowLimit()));
  }

  private String summary(Printer.Printed printed) {
    if (printed.shown() < printed.rows()) {
      return String.format("%,d of %s shown", printed.shown(), Phrases.rows(printed.rows()));
    }
    return preferences.timing() ? Phrases.rows(printed.rows()) : "";
  }

  private void tell(String outcome, Duration time) {
    String timing = preferences.timing() ? Phrases.time(time) : "";
    String separator = outcome.isEmpty() || timing.isEmpty() ? "" : " in ";
    if (!outcome.isEmpty() || !timing.isEmpty()) {
      streams.err().println(outcome + separator + timing);
    }
  }

  /** Opens the terminal only to measure it: without a prompt, nothing else needs one. */
  private static int terminalWidth() {
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      return terminal.getWidth() > 0 ? terminal.getWidth() : Integer.MAX_VALUE;
    } catch (IOException e) {
      return Integer.MAX_VALUE;
    }
  }
}
