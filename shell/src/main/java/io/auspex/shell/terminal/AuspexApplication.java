package io.auspex.shell.terminal;

import io.auspex.catalog.Names;
import io.auspex.shell.output.Format;
import io.auspex.shell.run.Preferences;
import io.auspex.shell.run.ScriptText;
import io.auspex.shell.run.Session;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jline.utils.AttributedStyle;
import sqlline.Application;
import sqlline.CommandHandler;
import sqlline.DispatchCallback;
import sqlline.HighlightStyle;
import sqlline.SqlLine;

/**
 * What makes sqlline Auspex: banner, colours and commands. Its loop is not used: a statement is
 * split, completed and cancelled by Auspex's own lexer and driver (see {@link Console}).
 */
final class AuspexApplication extends Application {
  static final String PREFIX = ".";

  private static final String KEYS =
      """

        Tab         completes: tables, columns, models, functions, settings, files
        Up, Ctrl-R  go back in the history, or search it; Right takes what is suggested
        Ctrl-C      cancels the statement or drops the line; Ctrl-D leaves""";

  private final Session session;
  private final Preferences preferences;
  private final Dictionary dictionary;
  private final String version;
  private final List<CommandHandler> commands;
  private boolean left;

  AuspexApplication(Session session, Dictionary dictionary, String version) {
    this.session = session;
    this.preferences = session.preferences();
    this.dictionary = dictionary;
    this.version = version;
    this.commands =
        List.of(
            command("help", "", "say this", argument -> help()),
            command("quit", "", "leave, as Ctrl-D does", argument -> left = true),
            command("tables", "", "the tables and views", argument -> run(Dictionary.TABLES)),
            command("models", "", "the models", argument -> run("SHOW MODELS")),
            command("format", "FORMAT", formats(), this::format, formatNames()),
            command("rows", "N", "rows of a table to show; 0 for all", this::rows),
            command("timing", "on|off", "say how long statements take", this::timing, "on", "off"),
            command("pager", "on|off", "page through long results", this::pager, "on", "off"),
            command("read", "FILE", "run the statements of a file", this::read));
  }

  @Override
  public String getVersion() {
    return version;
  }

  @Override
  public String getInfoMessage() {
    return "Auspex " + version + ". A statement ends with ;  .help tells more, Ctrl-D leaves.";
  }

  @Override
  public Collection<CommandHandler> getCommandHandlers(SqlLine sqlLine) {
    return commands;
  }

  List<CommandHandler> commands() {
    return commands;
  }

  @Override
  public Map<String, HighlightStyle> getName2HighlightStyle() {
    return Map.of("auspex", style());
  }

  /** The colours of statements being typed: none that a light or a dark background would hide. */
  HighlightStyle style() {
    AttributedStyle plain = AttributedStyle.DEFAULT;
    return new HighlightStyle(
        plain.bold().foreground(AttributedStyle.BLUE),
        plain.bold(),
        plain.foreground(AttributedStyle.GREEN),
        plain.foreground(AttributedStyle.CYAN),
        plain.italic().faint(),
        plain.foreground(AttributedStyle.MAGENTA),
        plain);
  }

  boolean isLeft() {
    return left;
  }

  /** Runs a line that begins with the prefix. */
  void execute(String line) {
    for (CommandHandler command : commands) {
      if (command.matches(line) != null) {
        command.execute(line, new DispatchCallback());
        return;
      }
    }
    List<String> names = commands.stream().map(CommandHandler::getName).toList();
    String near = Names.didYouMean(line.split("\\s+")[0], names);
    say("There is no command " + line + "." + near + " .help lists them.");
  }

  private void help() {
    commands.forEach(command -> say(command.getHelpText()));
    say(KEYS);
  }

  private void run(String sql) {
    session.run(ScriptText.typed(sql));
  }

  private void format(String name) {
    Format.named(name)
        .ifPresentOrElse(
            preferences::format,
            () ->
                say(
                    ".format takes one of "
                        + formats()
                        + "."
                        + Names.didYouMean(name, List.of(formatNames()))));
  }

  private void rows(String rows) {
    if (rows.matches("\\d{1,9}")) {
      preferences.rowLimit(Integer.parseInt(rows));
    } else {
      say(".rows takes a number; now it is " + preferences.rowLimit() + ".");
    }
  }

  private void timing(String wanted) {
    turn("Timing", "timing", wanted, preferences::timing, preferences::timing);
  }

  private void pager(String wanted) {
    turn("The pager", "pager", wanted, preferences::pager, preferences::pager);
  }

  /** Turns something on or off, or to what it is not, and says which it is now. */
  private void turn(
      String what, String command, String wanted, BooleanSupplier now, Consumer<Boolean> set) {
    if (!wanted.isEmpty() && !wanted.equals("on") && !wanted.equals("off")) {
      say("." + command + " takes on or off.");
      return;
    }
    set.accept(wanted.isEmpty() ? !now.getAsBoolean() : wanted.equals("on"));
    say(what + " is " + (now.getAsBoolean() ? "on." : "off."));
  }

  private void read(String file) {
    if (file.isEmpty()) {
      say(".read takes a file.");
    } else {
      session.runFile(file);
    }
  }

  private void say(String text) {
    session.streams().err().println(text);
  }

  private static CommandHandler command(
      String name, String takes, String help, DotCommand.Action action, String... values) {
    return new DotCommand(name, takes, help, action, List.of(values));
  }

  private static String[] formatNames() {
    return Arrays.stream(Format.values()).map(Format::label).toArray(String[]::new);
  }

  private static String formats() {
    return Arrays.stream(formatNames()).collect(Collectors.joining(", "));
  }
}
