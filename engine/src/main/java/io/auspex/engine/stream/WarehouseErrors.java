package io.auspex.engine.stream;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Position;
import io.auspex.sql.lexer.Tokens;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** DuckDB's errors in our terms: its sentence kept, its caret turned into a position. */
public final class WarehouseErrors {
  private static final Pattern CARET =
      Pattern.compile("\\n+LINE (\\d+): ([^\\n]*)\\n( *)\\^[^\\n]*", Pattern.DOTALL);
  private static final Pattern STACK = Pattern.compile("\\n\\s+at [\\s\\S]*");
  private static final Pattern NATIVE =
      Pattern.compile(
          "(?s)^(?:java\\.io\\.IOException: )?\\[errno -?\\d+] \\w+\\{errno=-?\\d+, message=(.*)}$");

  private WarehouseErrors() {}

  public static AuspexException of(Throwable thrown) {
    if (thrown instanceof AuspexException known) {
      return known;
    }
    String message = String.valueOf(thrown.getMessage());
    if (!(thrown instanceof SQLException) && !(thrown instanceof java.io.IOException)) {
      String what = thrown.getClass().getSimpleName() + ": " + message;
      return new AuspexException(ErrorCode.INTERNAL_ERROR, what).causedBy(thrown);
    }
    return new AuspexException(ErrorCode.WAREHOUSE, sentence(message))
        .causedBy(thrown)
        .at(position(message));
  }

  /** DuckDB's message without its picture of the place and without stack traces. */
  static String sentence(String message) {
    Matcher wrapped = NATIVE.matcher(message);
    String text = wrapped.matches() ? wrapped.group(1) : message;
    text = CARET.matcher(text).replaceAll("");
    return STACK.matcher(text).replaceAll("").strip();
  }

  /** The place that DuckDB points to, where it shows one and did not shorten the line. */
  private static Position position(String message) {
    Matcher caret = CARET.matcher(message);
    if (!caret.find() || caret.group(2).startsWith("...")) {
      return null;
    }
    int line = Integer.parseInt(caret.group(1));
    int prefix = "LINE ".length() + caret.group(1).length() + ": ".length();
    return new Position(line, Math.max(1, caret.group(3).length() - prefix + 1));
  }

  /**
   * The error with its place in the user's statement, where DuckDB ran another text that was made
   * of it: DuckDB points to a word, and if the statement has that word once, it is meant.
   */
  public static AuspexException located(AuspexException error, String statement) {
    boolean isLost = error.code() == ErrorCode.WAREHOUSE && error.position().isEmpty();
    if (!isLost || error.getCause() == null) {
      return error;
    }
    String word = wordPointedTo(String.valueOf(error.getCause().getMessage()));
    Tokens tokens = Tokens.of(statement);
    List<Integer> places =
        IntStream.range(0, tokens.size())
            .filter(token -> tokens.spelling(token).equals(word))
            .boxed()
            .toList();
    return places.size() == 1 ? error.at(tokens.position(places.get(0))) : error;
  }

  /** The token at DuckDB's caret; empty where there is none. */
  private static String wordPointedTo(String message) {
    Matcher caret = CARET.matcher(message);
    if (!caret.find()) {
      return "";
    }
    int prefix = "LINE ".length() + caret.group(1).length() + ": ".length();
    int column = caret.group(3).length() - prefix;
    if (column < 0 || column >= caret.group(2).length()) {
      return "";
    }
    Tokens rest = Tokens.of(caret.group(2).substring(column));
    return rest.size() == 0 ? "" : rest.spelling(0);
  }
}
