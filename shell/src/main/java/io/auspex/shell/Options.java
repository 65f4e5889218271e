package io.auspex.shell;

import io.auspex.catalog.Names;
import io.auspex.shell.output.Format;
import io.auspex.shell.run.Preferences;
import io.auspex.shell.run.Streams;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.HelpFormatter;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/**
 * The command line.
 *
 * @param warehouse the file of the warehouse; empty for one in memory
 * @param steps what to run, in the order given
 * @param format the format asked for
 * @param variables DuckDB's variables to set before anything runs
 * @param rowLimit rows of a table that are shown; 0 shows all
 * @param serves whether to run other processes' commands afterwards
 */
record Options(
    String warehouse,
    List<Step> steps,
    Optional<Format> format,
    Map<String, String> variables,
    int rowLimit,
    boolean progress,
    boolean serves,
    boolean version,
    boolean help) {

  /** One {@code -c}, {@code -f} or {@code -init}. */
  record Step(Kind kind, String value) {}

  /** What the value of a step is. */
  enum Kind {
    SQL,
    FILE,
    INIT
  }

  /** A first argument that is no warehouse, but a statement to run. */
  private static final String CALIBRATE = "calibrate";

  /** A first argument that is no warehouse, but says to run other processes' commands. */
  private static final String SERVE = "serve";

  /** What each of them needs a warehouse's file for. */
  private static final Map<String, String> VERBS =
      Map.of(CALIBRATE, "keeps what is measured", SERVE, "other processes name");

  private static final org.apache.commons.cli.Options KNOWN =
      new org.apache.commons.cli.Options()
          .addOption(valued("c", "command", "SQL", "run statements, then exit"))
          .addOption(valued("f", "file", "FILE", "run the statements of a file, then exit"))
          .addOption(valued("init", null, "FILE", "run a file first, then go on"))
          .addOption(
              valued(null, "format", "FORMAT", "box, csv, json, jsonl, markdown or vertical"))
          .addOption(valued(null, "rows", "N", "rows of a table to show; 0 for all"))
          .addOption(
              valued(null, "var", "NAME=VALUE", "set a variable, which getvariable('NAME') reads"))
          .addOption(flag("no-progress", "show no progress"))
          .addOption(flag("version", "say the version"))
          .addOption(flag("help", "say this"));

  /** Whether standard input is read, by a prompt or as a script. */
  boolean readsInput() {
    return !serves && steps.stream().allMatch(step -> step.kind() == Kind.INIT);
  }

  /** Whether there is a prompt. */
  boolean isInteractive(Streams streams) {
    return readsInput() && streams.inTerminal();
  }

  /** Throws ParseException with a sentence where the arguments make no sense. */
  static Options parse(String[] arguments) throws ParseException {
    CommandLine line = line(arguments);
    List<String> words = new ArrayList<>(line.getArgList());
    List<Step> steps = steps(line);
    String verb = words.isEmpty() || !VERBS.containsKey(words.get(0)) ? "" : words.remove(0);
    if (!verb.isEmpty() && words.isEmpty()) {
      throw new ParseException(
          String.format(
              "auspex %s takes a warehouse, which %s; a warehouse in a file of that name is ./%1$s.",
              verb, VERBS.get(verb)));
    }
    if (verb.equals(CALIBRATE)) {
      steps.add(0, new Step(Kind.SQL, CALIBRATE));
    }
    if (words.size() > 1) {
      throw new ParseException("There can be one warehouse only, not " + words + ".");
    }
    return new Options(
        words.isEmpty() ? "" : words.get(0),
        steps,
        format(line.getOptionValue("format")),
        variables(line.getOptionValues("var")),
        rowLimit(line.getOptionValue("rows")),
        !line.hasOption("no-progress"),
        verb.equals(SERVE),
        line.hasOption("version"),
        line.hasOption("help"));
  }

  private static CommandLine line(String[] arguments) throws ParseException {
    try {
      return DefaultParser.builder()
          .setAllowPartialMatching(false)
          .setStripLeadingAndTrailingQuotes(false)
          .get()
          .parse(KNOWN, arguments);
    } catch (UnrecognizedOptionException e) {
      List<String> names =
          KNOWN.getOptions().stream()
              .filter(option -> option.getLongOpt() != null)
              .map(option -> "--" + option.getLongOpt())
              .toList();
      throw new ParseException(
          "There is no option " + e.getOption() + "." + Names.didYouMean(e.getOption(), names));
    }
  }

  static void printHelp(PrintWriter out) {
    HelpFormatter formatter = new HelpFormatter();
    formatter.setOptionComparator(null);
    formatter.printHelp(
        out,
        80,
        "auspex [warehouse] [options]\n       auspex calibrate warehouse [options]\n"
            + "       auspex serve warehouse [options]",
        "Runs SQL with PREDICT(MODEL …) in a warehouse: a DuckDB file, or memory without one.\n"
            + "With calibrate it first measures what predictions take on this machine. With serve it\n"
            + "keeps the warehouse open, and runs what other calls of auspex in this folder are given\n"
            + "for it, until it is ended.\n\n",
        KNOWN,
        2,
        3,
        "\nWithout -c and -f it reads statements from the terminal, or a script from standard"
            + " input. Exit code 1: a statement failed; 2: wrong usage.");
    out.flush();
  }

  private static List<Step> steps(CommandLine line) {
    List<Step> steps = new ArrayList<>();
    for (Option option : line.getOptions()) {
      switch (option.getKey()) {
        case "c" -> steps.add(new Step(Kind.SQL, option.getValue()));
        case "f" -> steps.add(new Step(Kind.FILE, option.getValue()));
        case "init" -> steps.add(new Step(Kind.INIT, option.getValue()));
        default -> {}
      }
    }
    return steps;
  }

  private static Optional<Format> format(String name) throws ParseException {
    if (name == null) {
      return Optional.empty();
    }
    Optional<Format> format = Format.named(name);
    if (format.isEmpty()) {
      throw new ParseException(
          "There is no format "
              + name
              + ": it is box, csv, json, jsonl, markdown or vertical."
              + Names.didYouMean(name, Arrays.stream(Format.values()).map(Format::label).toList()));
    }
    return format;
  }

  private static Map<String, String> variables(String[] given) throws ParseException {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String variable : given == null ? new String[0] : given) {
      int equals = variable.indexOf('=');
      if (equals < 1) {
        throw new ParseException("--var takes NAME=VALUE, not " + variable + ".");
      }
      variables.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    return variables;
  }

  private static int rowLimit(String rows) throws ParseException {
    if (rows == null) {
      return Preferences.DEFAULT_ROW_LIMIT;
    }
    if (!rows.matches("\\d{1,9}")) {
      throw new ParseException("--rows takes a number of rows, not " + rows + ".");
    }
    return Integer.parseInt(rows);
  }

  private static Option valued(String letter, String name, String value, String description) {
    return Option.builder(letter).longOpt(name).hasArg().argName(value).desc(description).get();
  }

  private static Option flag(String name, String description) {
    return Option.builder().longOpt(name).desc(description).get();
  }
}
