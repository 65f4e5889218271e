package io.auspex.shell.output;

import org.jline.utils.WCWidth;

/**
 * How wide text is on a terminal. The table printer counts characters; so a character that takes
 * two columns is followed by a filler while tables are laid out, which is dropped at the end.
 */
public final class Widths {
  private static final char FILLER = '\uE0F0';
  static final String NULL = "NULL";

  private Widths() {}

  /** A value as a table's cell: NULL is a word, and control characters are escaped. */
  static String cell(String value) {
    if (value == null) {
      return NULL;
    }
    StringBuilder cell = new StringBuilder(value.length());
    value.codePoints().forEach(character -> append(cell, character));
    return cell.toString();
  }

  private static void append(StringBuilder cell, int character) {
    if (character < ' ' && character != '\n') {
      cell.append(character == '\t' ? "  " : String.format("\\x%02X", character));
      return;
    }
    cell.appendCodePoint(character);
    for (int i = Character.charCount(character); i < WCWidth.wcwidth(character); i++) {
      cell.append(FILLER);
    }
  }

  /** The laid-out table without its fillers. */
  static String unpadded(String table) {
    return table.indexOf(FILLER) < 0 ? table : table.replace(String.valueOf(FILLER), "");
  }

  /** The columns that a line takes on a terminal. */
  public static int columns(String line) {
    return line.codePoints().map(character -> Math.max(0, WCWidth.wcwidth(character))).sum();
  }
}
