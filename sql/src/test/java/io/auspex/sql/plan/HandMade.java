package io.auspex.sql.plan;

import io.auspex.sql.lexer.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The query with each PREDICT written out as the macro that computes the same. */
final class HandMade {
  private static final Map<String, List<String>> FEATURES =
      Map.of(
          "risk", List.of("distance", "delay"),
          "kind", List.of("carrier", "distance"),
          "echo", List.of("delay"));
  private static final Map<String, List<String>> OUTPUTS =
      Map.of(
          "risk", List.of("score"), "kind", List.of("label", "chance"), "echo", List.of("delay"));

  private HandMade() {}

  static String of(String query) {
    String text = query;
    for (int call = last(text); call >= 0; call = last(text)) {
      text = written(text, call);
    }
    return text;
  }

  private static int last(String text) {
    Tokens tokens = Tokens.of(text);
    for (int i = tokens.size() - 1; i >= 0; i--) {
      if (tokens.isWord(i, "PREDICT") && tokens.is(i + 1, "(") && tokens.isWord(i + 2, "MODEL")) {
        return i;
      }
    }
    return -1;
  }

  private static String written(String text, int call) {
    Tokens tokens = Tokens.of(text);
    String model = tokens.name(call + 3).toLowerCase();
    int close = tokens.closing(call + 1);
    List<String> arguments = arguments(tokens, call + 4, close);
    boolean isTable =
        !arguments.isEmpty() && arguments.get(0).matches("(?is)(TABLE\\s|\\((SELECT|VALUES)).*");
    int start = call;
    int end = close + 1;
    String written;
    if (isTable) {
      written = table(model, arguments);
      if (tokens.isWord(call - 2, "TABLE") && tokens.is(call - 1, "(")) {
        start = call - 2;
        end = close + 2;
      }
    } else if (tokens.is(close + 1, ".")) {
      written = value(model, tokens.name(close + 2), named(model, arguments));
      end = close + 3;
    } else {
      written = value(model, named(model, arguments));
    }
    return text.substring(0, tokens.start(start)) + written + text.substring(tokens.end(end - 1));
  }

  private static List<String> arguments(Tokens tokens, int first, int close) {
    List<String> arguments = new ArrayList<>();
    int start = first + 1;
    for (int i = first; i < close; i++) {
      if (tokens.is(i, ",") && i > first) {
        arguments.add(tokens.spelling(start, i));
        start = i + 1;
      } else if (tokens.opens(i)) {
        i = tokens.closing(i);
      }
    }
    if (start <= close - 1) {
      arguments.add(tokens.spelling(start, close));
    }
    return arguments;
  }

  private static String table(String model, List<String> arguments) {
    String from = arguments.get(0).replaceFirst("(?i)^TABLE\\s+", "");
    List<String> features = FEATURES.get(model);
    if (arguments.size() > 1) {
      String descriptor = arguments.get(1);
      String columns = descriptor.substring(descriptor.indexOf('(') + 1, descriptor.length() - 1);
      features = List.of(columns.split(", "));
    }
    List<String> of = features;
    String outputs =
        OUTPUTS.get(model).stream()
            .map(
                output ->
                    value(model, output, of)
                        + " AS "
                        + (model.equals("echo") ? "echo_" + output : output))
            .collect(Collectors.joining(", "));
    return "(SELECT *, " + outputs + " FROM " + from + ")";
  }

  private static List<String> named(String model, List<String> arguments) {
    if (arguments.isEmpty()) {
      return FEATURES.get(model);
    } else if (!arguments.get(0).contains("=>")) {
      return arguments;
    }
    return FEATURES.get(model).stream()
        .map(
            feature ->
                arguments.stream()
                    .filter(argument -> argument.startsWith(feature + " =>"))
                    .findFirst()
                    .orElseThrow()
                    .replaceFirst(".*?=>", ""))
        .toList();
  }

  private static String value(String model, String output, List<String> arguments) {
    return "predict_" + model + "_" + output + "(" + String.join(", ", arguments) + ")";
  }

  private static String value(String model, List<String> arguments) {
    List<String> outputs = OUTPUTS.get(model);
    if (outputs.size() == 1) {
      return value(model, outputs.get(0), arguments);
    }
    String fields =
        outputs.stream()
            .map(output -> "'" + output + "': " + value(model, output, arguments))
            .collect(Collectors.joining(", "));
    String first = value(model, outputs.get(0), arguments);
    return "CASE WHEN " + first + " IS NOT NULL THEN {" + fields + "} END";
  }
}
