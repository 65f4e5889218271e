package io.auspex.shell.terminal;

import io.auspex.shell.terminal.Screen.Cell;
import java.util.List;
import java.util.Locale;

/** A screen as SVG: a text element for each run of characters that look the same. */
record Picture(Screen screen, String title) {
  private static final double CELL_WIDTH = 8.4;
  private static final int CELL_HEIGHT = 17;
  private static final int BASELINE = 13;
  private static final int MARGIN = 12;
  private static final String INK = "#24292f";
  private static final String PAPER = "#ffffff";

  String svg() {
    int columns = screen.rows().get(0).size();
    double width = 2 * MARGIN + columns * CELL_WIDTH;
    int height = 2 * MARGIN + screen.height() * CELL_HEIGHT;
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %d\" width=\"%s\">\n",
            number(width), height, number(width)));
    svg.append(format("<title>%s</title>\n", escaped(title)));
    svg.append(
        format(
            "<rect width=\"100%%\" height=\"100%%\" rx=\"8\" fill=\"%s\" stroke=\"#d0d7de\"/>\n",
            PAPER));
    svg.append(
        format(
            "<g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\""
                + " font-size=\"14\" fill=\"%s\" xml:space=\"preserve\">\n",
            INK));
    for (int row = 0; row < screen.height(); row++) {
      line(svg, screen.rows().get(row), row);
    }
    return svg.append("</g>\n</svg>\n").toString();
  }

  private static void line(StringBuilder svg, List<Cell> cells, int row) {
    int start = 0;
    while (start < cells.size()) {
      int end = start + 1;
      while (end < cells.size() && cells.get(end).looksLike(cells.get(start))) {
        end++;
      }
      run(svg, cells.subList(start, end), start, row);
      start = end;
    }
  }

  private static void run(StringBuilder svg, List<Cell> cells, int column, int row) {
    StringBuilder text = new StringBuilder();
    cells.forEach(cell -> text.append(cell.text()));
    Cell look = cells.get(0);
    String shown = look.inverted() ? text.toString() : text.toString().stripTrailing();
    if (shown.isBlank() && !look.inverted()) {
      return;
    }
    int indent = look.inverted() ? 0 : shown.length() - shown.stripLeading().length();
    double x = MARGIN + (column + indent) * CELL_WIDTH;
    int y = MARGIN + row * CELL_HEIGHT;
    String ink = look.colour().map(Picture::colour).orElse(INK);
    if (look.inverted()) {
      svg.append(
          format(
              "<rect x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\" fill=\"%s\"/>\n",
              number(x), y, number(cells.size() * CELL_WIDTH), CELL_HEIGHT, ink));
    }
    String words = shown.substring(indent);
    svg.append(
        format(
            "<text x=\"%s\" y=\"%d\" textLength=\"%s\"%s%s%s>%s</text>\n",
            number(x),
            y + BASELINE,
            number(words.codePointCount(0, words.length()) * CELL_WIDTH),
            look.inverted() ? " fill=\"" + PAPER + "\"" : fill(ink),
            look.bold() ? " font-weight=\"bold\"" : "",
            look.underlined() ? " text-decoration=\"underline\"" : "",
            escaped(words)));
  }

  private static String fill(String ink) {
    return ink.equals(INK) ? "" : " fill=\"" + ink + "\"";
  }

  private static String colour(int rgb) {
    return format("#%03x", rgb);
  }

  private static String number(double value) {
    return format("%.1f", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
