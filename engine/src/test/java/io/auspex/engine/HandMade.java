package io.auspex.engine;

import io.auspex.sql.lexer.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a query with predictions means, in plain DuckDB: each PREDICT gives way to macros that
 * compute what the model does.
 */
final class HandMade {
  /** A model whose predictions a macro {@code name_of(features…)} gives. */
  private record Formula(String output, String type, List<String> features, String sql) {}

  private static final Map<String, Formula> FORMULAS =
      Map.of(
          "value",
          new Formula(
              "y",
              "FLOAT",
              List.of("ones", "tens", "hundreds", "thousands"),
              "number(a) + 10 * number(b) + 100 * number(c) + 1000 * number(d)"),
          "lean",
          new Formula(
              "lean",
              "FLOAT",
              List.of("ones", "tens", "hundreds"),
              "2 * number(a) + 3 * number(b) - number(c) + 0.5"),
          "echo",
          new Formula("echo", "VARCHAR", List.of("city"), "a"));

  private HandMade() {}

  /** The macros, and {@code offers} for the model whose predictions no formula gives. */
  static List<String> statements() {
    List<String> statements = new ArrayList<>();
    statements.add("CREATE MACRO number(x) AS CAST(coalesce(CAST(x AS DOUBLE), 'NaN') AS FLOAT)");
    FORMULAS.forEach(
        (model, formula) -> {
          String parameters = "a, b, c, d".substring(0, 3 * formula.features().size() - 2);
          String value = "CAST(" + formula.sql() + " AS " + formula.type() + ")";
          statements.add("CREATE MACRO " + model + "_of(" + parameters + ") AS " + value);
        });
    statements.add("CREATE TABLE offers AS SELECT * FROM PREDICT(MODEL offer, TABLE birds)");
    return statements;
  }

  static String of(String query) {
    String text = query;
    for (int call = last(text); call >= 0; call = last(text)) {
      text = without(text, call);
    }
    return text;
  }

  private static int last(String text) {
    Tokens tokens = Tokens.of(text);
    for (int i = tokens.size() - 1; i >= 0; i--) {
      if (tokens.isWord(i, "PREDICT") && tokens.is(i + 1, "(")) {
        return i;
      }
    }
    return -1;
  }

  private static String without(String text, int call) {
    Tokens tokens = Tokens.of(text);
    String model = tokens.name(call + 3).toLowerCase(Locale.ROOT);
    int close = tokens.closing(call + 1);
    boolean wrapped = tokens.isWord(call - 2, "TABLE") && tokens.is(call - 1, "(");
    int first = wrapped ? call - 2 : call;
    int end = wrapped ? close + 1 : close;
    int named = tokens.isWord(call + 4, "VERSION") ? call + 6 : call + 4;
    String plain = plain(model, arguments(tokens, named, close));
    if (namesOnlyOutput(tokens, close, model)) {
      end += 2;
    }
    return text.substring(0, tokens.start(first)) + plain + text.substring(tokens.end(end));
  }

  /** Whether the call's value is asked for by the name of the model's only output. */
  private static boolean namesOnlyOutput(Tokens tokens, int close, String model) {
    return close + 2 < tokens.size()
        && tokens.is(close + 1, ".")
        && FORMULAS.containsKey(model)
        && tokens.isWord(close + 2, FORMULAS.get(model).output().toUpperCase(Locale.ROOT));
  }

  private static List<String> arguments(Tokens tokens, int first, int close) {
    List<String> arguments = new ArrayList<>();
    int start = first + 1;
    for (int i = start; i <= close; i++) {
      if (i == close || tokens.is(i, ",")) {
        if (start < i) {
          arguments.add(tokens.spelling(start, i));
        }
        start = i + 1;
      } else if (tokens.opens(i)) {
        i = tokens.closing(i);
      }
    }
    return arguments;
  }

  private static String plain(String model, List<String> arguments) {
    String rows = arguments.isEmpty() ? "" : arguments.get(0);
    // A subquery may also be a value among others.
    boolean alone =
        arguments.size() == 1
            || arguments.size() > 1 && arguments.get(1).matches("(?is)DESCRIPTOR\\b.*");
    boolean table =
        alone && rows.matches("(?is)(TABLE\\s|\\(\\s*(SELECT|VALUES|FROM|WITH|TABLE|PIVOT)).*");
    if (table && model.equals("offer")) {
      return "offers";
    }
    Formula formula = FORMULAS.get(model);
    if (!table) {
      List<String> values = arguments.isEmpty() ? formula.features() : named(formula, arguments);
      return model + "_of(" + String.join(", ", values) + ")";
    }
    List<String> features = formula.features();
    if (arguments.size() > 1) {
      String columns = arguments.get(1).replaceFirst("(?is)DESCRIPTOR\\s*\\(", "");
      features = List.of(columns.substring(0, columns.length() - 1).split(","));
    }
    return "(SELECT *, "
        + (model + "_of(" + String.join(", ", features) + ") AS " + formula.output())
        + (" FROM " + rows.replaceFirst("(?is)^TABLE\\s+", "") + ")");
  }

  private static List<String> named(Formula formula, List<String> arguments) {
    if (!arguments.get(0).contains("=>")) {
      return arguments;
    }
    List<String> values = new ArrayList<>();
    for (String feature : formula.features()) {
      arguments.stream()
          .filter(argument -> argument.startsWith(feature + " =>"))
          .forEach(argument -> values.add(argument.substring(argument.indexOf('>') + 1)));
    }
    return values;
  }
}
