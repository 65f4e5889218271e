package io.auspex.engine.stream;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Position;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
}
