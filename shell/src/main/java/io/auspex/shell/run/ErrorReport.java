package io.auspex.shell.run;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Position;
import io.auspex.engine.Script;
import io.auspex.shell.output.Widths;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An error as the user reads it: one sentence, then the line it is about with a caret under the
 * place.
 *
 * <pre>
 * Error AX401 in score.sql, line 3: The model churn needs a column tenure (FLOAT), …
 *   SELECT * FROM PREDICT(MODEL churn, TABLE customers)
 *                 ^
 * </pre>
 */
final class ErrorReport {
  /** DuckDB's own picture of the place, at the end of its message. */
  private static final Pattern PICTURE =
      Pattern.compile("\\s*\\RLINE (\\d+): .*\\z", Pattern.DOTALL);

  /** Columns of an excerpt; a longer line is cut on both sides. */
  private static final int EXCERPT = 100;

  private ErrorReport() {}

  /**
   * The report, ending without a line break.
   *
   * @param script what the statement stands in
   * @param offset where in it the statement begins
   */
  static String of(SQLException error, ScriptText script, int offset) {
    String message = String.valueOf(error.getMessage()).strip();
    Optional<Position> position = position(error);
    if (position.isPresent()) {
      Position inScript = shifted(position.get(), Position.of(script.text(), offset));
      String sentence = PICTURE.matcher(message).replaceFirst("");
      return heading(error, script.name(), Optional.of(inScript))
          + sentence
          + excerpt(
              Script.withoutSecrets(script.text()),
              Script.placeWithoutSecrets(script.text(), inScript));
    }
    Optional<Position> start =
        script.name().isEmpty()
            ? Optional.empty()
            : Optional.of(Position.of(script.text(), offset));
    return heading(error, script.name(), start) + withoutBlankLines(message);
  }

  /** A report of what is no statement's error. */
  static String of(SQLException error) {
    return heading(error, "", Optional.empty())
        + withoutBlankLines(String.valueOf(error.getMessage()).strip());
  }

  /** A report of what has come from no statement. */
  static String of(AuspexException error) {
    return heading(error.code().number()) + ": " + error.getMessage();
  }

  private static Optional<Position> position(SQLException error) {
    return error.getCause() instanceof AuspexException cause ? cause.position() : Optional.empty();
  }

  private static Position shifted(Position position, Position start) {
    return position.line() == 1
        ? new Position(start.line(), start.column() + position.column() - 1)
        : new Position(start.line() + position.line() - 1, position.column());
  }

  private static String heading(SQLException error, String name, Optional<Position> position) {
    boolean ours = error.getCause() instanceof AuspexException;
    StringBuilder heading = new StringBuilder(ours ? heading(error.getErrorCode()) : "Error");
    if (!name.isEmpty()) {
      heading.append(" in ").append(name);
      position.ifPresent(place -> heading.append(", line ").append(place.line()));
    }
    return heading.append(": ").toString();
  }

  private static String heading(int number) {
    return String.format(Locale.ROOT, "Error AX%03d", number);
  }

  private static String withoutBlankLines(String message) {
    return message.replaceAll("\\R(\\s*\\R)+", "\n");
  }

  private static String excerpt(String text, Position position) {
    String[] lines = text.split("\\R", -1);
    if (position.line() > lines.length) {
      return "";
    }
    String line = lines[position.line() - 1].replace('\t', ' ');
    int column = Math.min(position.column() - 1, line.length());
    int from = line.length() <= EXCERPT ? 0 : Math.max(0, column - EXCERPT / 2);
    int to = Math.min(line.length(), from + EXCERPT);
    String before = (from > 0 ? "…" : "") + line.substring(from, column);
    String after = line.substring(column, Math.max(column, to)) + (to < line.length() ? "…" : "");
    return "\n  " + before + after + "\n  " + " ".repeat(Widths.columns(before)) + "^";
  }
}
