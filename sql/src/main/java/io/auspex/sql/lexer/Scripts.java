package io.auspex.sql.lexer;

import java.util.ArrayList;
import java.util.List;

/** Divides scripts into statements. */
public final class Scripts {
  private Scripts() {}

  /**
   * A script.
   *
   * @param statements the statements, without those that are empty
   * @param complete whether nothing is begun and not ended: the last statement ends with a
   *     semicolon, or only space and comments follow it
   */
  public record Script(List<Part> statements, boolean complete) {
    public Script {
      statements = List.copyOf(statements);
    }
  }

  /**
   * A statement of a script, from its first token to its last, without the semicolon.
   *
   * @param start where in the script it begins
   * @param end where it ends, exclusive
   */
  public record Part(String text, int start, int end) {}

  /** The statements of the text, divided by its semicolons. */
  public static Script split(String text) {
    List<Part> parts = new ArrayList<>();
    int start = -1;
    int end = -1;
    boolean terminated = true;
    for (Token token : Lexer.tokens(text)) {
      terminated &= token.terminated();
      if (!token.isSignificant()) {
        continue;
      }
      boolean divides = token.kind() == Token.Kind.PUNCTUATION && text.charAt(token.start()) == ';';
      if (divides && start >= 0) {
        parts.add(new Part(text.substring(start, end), start, end));
        start = -1;
      } else if (!divides) {
        start = start < 0 ? token.start() : start;
        end = token.end();
      }
    }
    boolean complete = start < 0 && terminated;
    if (start >= 0) {
      // A comment that does not end belongs to the statement, which is refused for it.
      end = terminated ? end : text.length();
      parts.add(new Part(text.substring(start, end), start, end));
    }
    return new Script(parts, complete);
  }
}
