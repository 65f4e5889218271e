package io.auspex.shell.run;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Names;
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
import java.util.function.Supplier;

/**
 * A connection, and everything that is printed of its statements. One thread runs statements;
 * {@link #cancel} may be called from any.
 */
public final class Session {
  private static final Set<String> WRITING = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "COPY");

  private final Connection connection;
  private final Streams streams;
  private final Preferences preferences;
  private IntSupplier width;
  private Supplier<Writer> pages;
  private volatile Statement running;
  private volatile boolean stopped;

  /**
   * @param connection stays its owner's
   */
  public Session(Connection connection, Streams streams, Preferences preferences) {
    this.connection = connection;
    this.streams = streams;
    this.preferences = preferences;
    this.width = streams.width();
    this.pages = () -> new FirstWrite(streams.out(), () -> {});
  }

  /** The report of an error that is no statement's, such as of opening a warehouse. */
  public static String report(SQLException error) {
    return ErrorReport.of(error);
  }

  /** The report of an error of ours that is no statement's. */
  public static String report(AuspexException error) {
    return ErrorReport.of(error);
  }

  /** From now on the terminal's columns are asked of {@code supplier}. */
  public void width(IntSupplier supplier) {
    width = supplier;
  }

  /** From now on each result is written to a page of its own, and shown when that is closed. */
  public void pages(Supplier<Writer> supplier) {
    pages = supplier;
  }

  /**
   * Sets a variable of DuckDB's, to be read with {@code getvariable('name')}.
   *
   * @return whether it could be set; if not, the error is reported
   */
  public boolean variable(String name, String value) {
    String sql = "SET VARIABLE " + Names.quote(name) + " = " + Names.literal(value);
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return true;
    } catch (SQLException e) {
      streams.err().println(ErrorReport.of(e));
      return false;
    }
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
      if (stopped) {
        streams.err().println(report(new AuspexException(ErrorCode.CANCELLED)));
        return false;
      } else if (!run(piece.text(), script, piece.offset())) {
        return false;
      }
    }
    return true;
  }

  /**
   * Runs the statements of a file up to the first that fails.
   *
   * @return whether it could be read and all of them succeeded; if not, the error is reported
   */
  public boolean runFile(String file) {
    try {
      return run(ScriptText.of(file));
    } catch (IOException e) {
      streams.err().println("Error: " + e.getMessage());
      return false;
    }
  }

  /** Stops the running statement, if one runs; it fails with an error that says so. */
  public void cancel() {
    try {
      cancelRunning();
    } catch (SQLException e) {
      streams.err().println(ErrorReport.of(e));
    }
  }

  /** Stops the running statement, and runs no other. */
  public void stop() {
    stopped = true;
    try {
      cancelRunning();
    } catch (SQLException hasEnded) {
      // There was nothing to stop.
      return;
    }
  }

  private void cancelRunning() throws SQLException {
    Statement statement = running;
    if (statement != null) {
      statement.cancel();
    }
  }

  private boolean run(String sql, ScriptText script, int offset) {
    try {
      Outcome outcome = run(sql);
      tell(outcome);
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
    }
  }

  /** What there is to say of a statement, and how long it took before its result was looked at. */
  private record Outcome(String words, Duration time) {}

  private Outcome run(String sql) throws SQLException, IOException {
    long started = System.nanoTime();
    try (Writer page = pages.get();
        Statement statement = connection.createStatement()) {
      running = statement;
      String words = execute(statement, sql, page);
      return new Outcome(words, Duration.ofNanos(System.nanoTime() - started));
    } finally {
      running = null;
    }
  }

  /** Runs it and prints its result. Returns what there is to say of it. */
  private String execute(Statement statement, String sql, Writer page)
      throws SQLException, IOException {
    try (Progress progress = progress(statement)) {
      if (statement.execute(sql)) {
        Writer out = new FirstWrite(page, progress::close);
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
    return Progress.start(
        streams.err(),
        () -> new ProgressLine(asked.progress().rowsPredicted(), asked.progress().share()));
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

  private void tell(Outcome outcome) {
    String timing = preferences.timing() ? Phrases.time(outcome.time()) : "";
    String separator = outcome.words().isEmpty() || timing.isEmpty() ? "" : " in ";
    if (!outcome.words().isEmpty() || !timing.isEmpty()) {
      streams.err().println(outcome.words() + separator + timing);
    }
  }
}
