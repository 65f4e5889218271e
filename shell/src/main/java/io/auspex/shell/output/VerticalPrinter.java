package io.auspex.shell.output;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Every row upright, a line a column; nothing is held but the row being printed. */
record VerticalPrinter(Page page) implements Printer {

  /** Only the bar between name and value. */
  private static final Character[] FRAME = new Character[29];

  static {
    FRAME[12] = '│';
  }

  private static final Pattern TRAILING_SPACES = Pattern.compile(" +$", Pattern.MULTILINE);

  private record Field(String name, String value) {}

  @Override
  public Printed print(ResultSet result) throws IOException, SQLException {
    Columns columns = new Columns(result);
    long rows = 0;
    while (result.next()) {
      print(columns, columns.texts(), ++rows);
    }
    page.out().flush();
    return new Printed(rows, rows);
  }

  /** Prints a table that was read already. */
  void print(TableRows table) throws IOException {
    long row = 0;
    for (String[] texts : table.shown()) {
      print(table.columns(), texts, ++row);
    }
    page.out().flush();
  }

  private void print(Columns columns, String[] texts, long row) throws IOException {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      fields.add(new Field(columns.names().get(i), texts[i]));
    }
    String text =
        AsciiTable.builder()
            .lineSeparator("\n")
            .border(FRAME)
            .data(fields, List.of(names(), values()))
            .asString();
    page.out().write("── row " + row + " ──\n");
    page.out().write(TRAILING_SPACES.matcher(Widths.unpadded(text) + "\n").replaceAll(""));
  }

  private static ColumnData<Field> names() {
    return new Column()
        .dataAlign(HorizontalAlign.RIGHT)
        .maxWidth(Integer.MAX_VALUE, OverflowBehaviour.NEWLINE)
        .with(field -> Widths.cell(field.name()));
  }

  private static ColumnData<Field> values() {
    return new Column()
        .dataAlign(HorizontalAlign.LEFT)
        .maxWidth(Integer.MAX_VALUE, OverflowBehaviour.NEWLINE)
        .with(field -> Widths.cell(field.value()));
  }
}
