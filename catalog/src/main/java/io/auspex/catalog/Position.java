package io.auspex.catalog;

/**
 * A place in a statement's text.
 *
 * @param line 1-based line
 * @param column 1-based column, in UTF-16 units
 */
public record Position(int line, int column) {

  /** The place of the character at {@code offset} (0-based) of {@code text}. */
  public static Position of(String text, int offset) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < offset && i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new Position(line, offset - lineStart + 1);
  }

  /** Where in {@code text} this place is (0-based); its end where it has no such line. */
  public int offset(String text) {
    int start = 0;
    for (int i = 1; i < line; i++) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        return text.length();
      }
      start = end + 1;
    }
    return Math.min(text.length(), start + column - 1);
  }

  @Override
  public String toString() {
    return "line " + line + ", column " + column;
  }
}
