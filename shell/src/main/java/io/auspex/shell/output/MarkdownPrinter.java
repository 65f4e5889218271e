package io.auspex.shell.output;

import com.github.freva.asciitable.AsciiTable;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A table as Markdown knows it; NULL is the word. */
record MarkdownPrinter(Page page) implements Printer {
  private static final Character[] FRAME = new Character[29];

  static {
    String head = "|||" + "|-|||||";
    for (int i = 0; i < head.length(); i++) {
      FRAME[4 + i] = head.charAt(i);
    }
    FRAME[11] = '|';
    FRAME[12] = '|';
    FRAME[13] = '|';
  }

  @Override
  public Printed print(ResultSet result) throws IOException, SQLException {
    TableRows table = TableRows.read(result, page);
    String text =
        AsciiTable.builder()
            .lineSeparator("\n")
            .border(FRAME)
            .data(table.shown(), table.layout(MarkdownPrinter::cell))
            .asString();
    page.out().write(Widths.unpadded(text) + "\n");
    page.out().flush();
    return table.printed();
  }

  private static String cell(String value) {
    return Widths.cell(value).replace("|", "\\|").replace("\n", "<br>");
  }
}
