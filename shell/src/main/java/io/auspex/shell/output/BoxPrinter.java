package io.auspex.shell.output;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Styler;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A table in a frame. On a terminal, one that is wider than it is printed upright instead. */
record BoxPrinter(Page page) implements Printer {
  private static final Character[] FRAME = frame("┌─┬┐│││├─┼┤│││", "└─┴┘");

  /** No terminal is narrower; below this, nobody needs to ask for its width. */
  private static final int NARROWEST = 80;

  @Override
  public Printed print(ResultSet result) throws IOException, SQLException {
    TableRows table = TableRows.read(result, page);
    String text = table(table);
    int width = Widths.columns(text.substring(0, text.indexOf('\n')));
    if (page.terminal() && width > NARROWEST && width > page.width().getAsInt()) {
      new VerticalPrinter(page).print(table);
    } else {
      page.out().write(text);
      page.out().flush();
    }
    return table.printed();
  }

  private String table(TableRows table) {
    return Widths.unpadded(
        AsciiTable.builder()
            .lineSeparator("\n")
            .border(FRAME)
            .styler(page.terminal() ? new DimNulls(table.shown()) : new Styler() {})
            .data(table.shown(), table.layout(Widths::cell))
            .asString()
            .concat("\n"));
  }

  /** The printer's frame: head, body without lines between rows, no footer, bottom. */
  private static Character[] frame(String head, String bottom) {
    Character[] frame = new Character[29];
    for (int i = 0; i < head.length(); i++) {
      frame[i] = head.charAt(i);
    }
    for (int i = 0; i < bottom.length(); i++) {
      frame[25 + i] = bottom.charAt(i);
    }
    return frame;
  }
}
