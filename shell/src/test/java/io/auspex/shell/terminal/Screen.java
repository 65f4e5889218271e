package io.auspex.shell.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jline.builtins.ScreenTerminal;

/** What a terminal shows after all that was written to it. */
record Screen(List<List<Cell>> rows) {
  private static final Pattern STYLES = Pattern.compile("\u001b\\[([0-9;]*)m");

  /**
   * A character and how it looks.
   *
   * @param colour its red, green and blue as four bits each; empty for the terminal's own
   */
  record Cell(
      int character, Optional<Integer> colour, boolean bold, boolean underlined, boolean inverted) {
    private static final int BOLD = 0x08000000;
    private static final int INVERTED = 0x02000000;
    private static final int UNDERLINED = 0x01000000;
    private static final int COLOURED = 0x10000000;

    /** Unpacks JLine's cell: attributes in the upper half, the character in the lower. */
    static Cell of(long packed) {
      int style = (int) (packed >> 32);
      boolean coloured = (style & COLOURED) != 0;
      return new Cell(
          (int) packed,
          coloured ? Optional.of(style >> 12 & 0xFFF) : Optional.empty(),
          (style & BOLD) != 0,
          (style & UNDERLINED) != 0,
          (style & INVERTED) != 0);
    }

    boolean looksLike(Cell other) {
      return colour.equals(other.colour)
          && bold == other.bold
          && underlined == other.underlined
          && inverted == other.inverted;
    }

    String text() {
      return character == 0 ? "" : Character.toString(character);
    }
  }

  static Screen after(String output, int columns, int rows) {
    ScreenTerminal terminal = new ScreenTerminal(columns, rows);
    terminal.write(withoutFaint(output));
    long[] cells = new long[columns * rows];
    terminal.dump(cells, 0, 0, rows, columns, null);
    List<List<Cell>> lines = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      List<Cell> line = new ArrayList<>();
      for (int column = 0; column < columns; column++) {
        line.add(Cell.of(cells[row * columns + column]));
      }
      lines.add(line);
    }
    return new Screen(lines);
  }

  /** JLine's screen knows no faint text: grey stands for it. */
  private static String withoutFaint(String output) {
    Matcher styles = STYLES.matcher(output);
    return styles.replaceAll(
        style -> {
          String codes =
              List.of(style.group(1).split(";")).stream()
                  .map(code -> code.equals("2") ? "90" : code.equals("22") ? "21;39" : code)
                  .collect(Collectors.joining(";"));
          return "\u001b[" + (style.group(1).contains("38;5") ? style.group(1) : codes) + "m";
        });
  }

  /** The lines without the spaces at their ends. */
  List<String> lines() {
    return rows.stream()
        .map(row -> row.stream().map(Cell::text).collect(Collectors.joining()).stripTrailing())
        .toList();
  }

  String text() {
    return String.join("\n", lines()).stripTrailing();
  }

  /** How many lines there are up to the last that is not empty. */
  int height() {
    int height = rows.size();
    while (height > 0 && lines().get(height - 1).isEmpty()) {
      height--;
    }
    return height;
  }

  /** The cell where the last occurrence of a text begins. */
  Cell at(String text) {
    for (int row = rows.size() - 1; row >= 0; row--) {
      int column = lines().get(row).lastIndexOf(text);
      if (column >= 0) {
        return rows.get(row).get(column);
      }
    }
    throw new AssertionError("there is no " + text + " on the screen:\n" + text());
  }
}
