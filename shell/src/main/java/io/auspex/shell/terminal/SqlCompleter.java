package io.auspex.shell.terminal;

import io.auspex.engine.Script;
import io.auspex.shell.terminal.Dictionary.SourceNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jline.builtins.Completers.FileNameCompleter;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import sqlline.CommandHandler;

/** Completes by what stands before the cursor: tables after FROM, models after MODEL, and so on. */
final class SqlCompleter implements Completer {
  private static final Set<String> BEFORE_TABLE =
      Set.of("FROM", "JOIN", "TABLE", "INTO", "UPDATE", "DESCRIBE", "SUMMARIZE", "VIEW", "COPY");
  private static final Set<String> BEFORE_SETTING = Set.of("SET", "RESET");
  private static final List<String> STARTS =
      List.of(
          "ALTER",
          "ATTACH",
          "BEGIN",
          "CALIBRATE",
          "COMMIT",
          "COPY",
          "CREATE",
          "DELETE",
          "DESCRIBE",
          "DROP",
          "EXPLAIN",
          "FROM",
          "INSERT",
          "RESET",
          "ROLLBACK",
          "SELECT",
          "SET",
          "SHOW",
          "SUMMARIZE",
          "UPDATE",
          "WITH");

  private final Completer files = new FileNameCompleter();
  private final Dictionary dictionary;
  private final List<CommandHandler> commands;

  SqlCompleter(Dictionary dictionary, List<CommandHandler> commands) {
    this.dictionary = dictionary;
    this.commands = commands;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    if (StatementParser.isCommand(line.line())) {
      completeCommand(reader, line, candidates);
      return;
    }
    if (line instanceof StatementParser.Typed typed && typed.quoted()) {
      files.complete(reader, line, candidates);
      return;
    }
    List<String> before = before(line.line(), line.cursor() - line.word().length());
    String last = last(before, 1);
    if (last.isEmpty() || last.equals(";")) {
      add(candidates, "statement", STARTS);
    } else if (last.equals(".")) {
      completeQualified(before, line.line(), candidates);
    } else if (last.equals("SOURCE") || last.equals("FROM") && last(before, 2).equals("TABLES")) {
      add(candidates, "source", dictionary.sources());
    } else if (last.equals("MODEL")) {
      add(candidates, "model", dictionary.models());
    } else if (BEFORE_TABLE.contains(last)) {
      add(candidates, "table", dictionary.tables());
      add(candidates, "source", dictionary.sources());
      add(candidates, "keyword", Set.of("PREDICT", "MODEL"));
    } else if (BEFORE_SETTING.contains(last)) {
      add(candidates, "setting", dictionary.settings());
    } else {
      add(candidates, "column", columns(line.line()));
      addInCaseOf(line.word(), candidates, "keyword", dictionary.keywords());
      add(candidates, "function", dictionary.functions());
    }
  }

  private void completeCommand(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    boolean argument = line.line().stripLeading().contains(" ");
    for (CommandHandler command : commands) {
      if (!argument) {
        String name = command.getName().substring(AuspexApplication.PREFIX.length());
        candidates.add(new Candidate(name, name, null, command.getHelpText(), null, null, true));
      } else if (command.matches(line.line()) != null) {
        command.getParameterCompleters().forEach(each -> each.complete(reader, line, candidates));
      }
    }
  }

  /**
   * After a dot: the tables of a source, or the columns of the table, or of what the statement
   * calls so.
   */
  private void completeQualified(List<String> before, String text, List<Candidate> candidates) {
    String qualifier = last(before, 2);
    boolean isSchema = last(before, 3).equals(".");
    String source = isSchema ? last(before, 4) : qualifier;
    if (dictionary.sources().contains(source)) {
      SourceNames names = dictionary.namesOfSource(source);
      add(candidates, "table", names.tables());
      add(candidates, "schema", isSchema ? Set.of() : names.schemas());
      return;
    }
    Set<String> columns = dictionary.columns(qualifier);
    add(candidates, "column", columns.isEmpty() ? columns(text) : columns);
    add(candidates, "table", dictionary.tables());
  }

  /**
   * The columns of the tables and models that the statement names; of all tables before it names
   * one.
   */
  private Set<String> columns(String text) {
    Set<String> columns = new TreeSet<>();
    for (String word : before(text, text.length())) {
      columns.addAll(dictionary.columns(word));
      columns.addAll(dictionary.outputs(word));
    }
    if (columns.isEmpty()) {
      dictionary.tables().forEach(table -> columns.addAll(dictionary.columns(table)));
    }
    return columns;
  }

  /** The tokens before an offset, unquoted words in upper case. */
  private static List<String> before(String text, int offset) {
    List<String> before = new ArrayList<>();
    for (Script.Token token : Script.tokens(text)) {
      if (token.end() > offset) {
        break;
      }
      String spelling = text.substring(token.start(), token.end());
      switch (token.kind()) {
        case SPACE, COMMENT -> {}
        case QUOTED_NAME -> before.add(spelling.replaceAll("^\"|\"$", "").replace("\"\"", "\""));
        default -> before.add(spelling.toUpperCase(Locale.ROOT));
      }
    }
    return before;
  }

  private static String last(List<String> words, int back) {
    return words.size() < back ? "" : words.get(words.size() - back);
  }

  /** Keywords in the case the user types in. */
  private static void addInCaseOf(
      String word, List<Candidate> candidates, String group, Collection<String> names) {
    boolean lower = !word.isEmpty() && word.equals(word.toLowerCase(Locale.ROOT));
    add(
        candidates,
        group,
        lower ? names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList() : names);
  }

  private static void add(List<Candidate> candidates, String group, Collection<String> names) {
    for (String name : names) {
      String text = name.matches("\\w+") ? name : '"' + name.replace("\"", "\"\"") + '"';
      candidates.add(new Candidate(text, name, group, null, null, null, true));
    }
  }
}
