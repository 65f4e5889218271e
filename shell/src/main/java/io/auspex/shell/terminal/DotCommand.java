package io.auspex.shell.terminal;

import java.util.List;
import org.jline.reader.Completer;
import org.jline.reader.impl.completer.StringsCompleter;
import sqlline.CommandHandler;
import sqlline.DispatchCallback;

/**
 * A command of the shell itself, such as {@code .tables}.
 *
 * @param takes its argument in words; empty for none
 * @param action what it does with the argument as typed
 * @param values what can be given, for completion
 */
record DotCommand(String name, String takes, String help, Action action, List<String> values)
    implements CommandHandler {

  /** What a command does. */
  @FunctionalInterface
  interface Action {
    void run(String argument);
  }

  @Override
  public String getName() {
    return AuspexApplication.PREFIX + name;
  }

  @Override
  public List<String> getNames() {
    return List.of(getName());
  }

  @Override
  public String getHelpText() {
    return String.format("  %-18s %s", (getName() + " " + takes).strip(), help);
  }

  @Override
  public String matches(String line) {
    return words(line)[0].equalsIgnoreCase(getName()) ? getName() : null;
  }

  @Override
  public void execute(String line, DispatchCallback callback) {
    String[] words = words(line);
    action.run(words.length > 1 ? words[1].strip() : "");
    callback.setToSuccess();
  }

  @Override
  public List<Completer> getParameterCompleters() {
    return List.of(new StringsCompleter(values));
  }

  @Override
  public boolean echoToFile() {
    return false;
  }

  /** The command and its argument; a semicolon out of habit does not count. */
  private static String[] words(String line) {
    return line.strip().replaceFirst(";+$", "").split("\\s+", 2);
  }
}
