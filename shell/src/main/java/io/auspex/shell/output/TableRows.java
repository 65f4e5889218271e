package io.auspex.shell.output;

import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The rows of a table, held until its widths are known: no more than the page's limit.
 *
 * @param columns what the rows are of
 * @param shown the rows to print, null where a value is NULL
 * @param rows how many rows the result had
 */
record TableRows(Columns columns, List<String[]> shown, long rows) {

  static TableRows read(ResultSet result, Page page) throws SQLException {
    Columns columns = new Columns(result);
    List<String[]> shown = new ArrayList<>();
    long rows = 0;
    while (result.next()) {
      if (!page.isFull(rows)) {
        shown.add(columns.texts());
      }
      rows++;
    }
    return new TableRows(columns, shown, rows);
  }

  /** Columns for the table printer, numbers to the right; {@code cell} writes a value. */
  List<ColumnData<String[]>> layout(UnaryOperator<String> cell) {
    List<ColumnData<String[]>> layout = new ArrayList<>();
    for (int i = 0; i < columns.count(); i++) {
      int index = i;
      HorizontalAlign align = columns.isNumeric(i) ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT;
      layout.add(
          new Column()
              .header(cell.apply(columns.names().get(i)))
              .headerAlign(align)
              .dataAlign(align)
              .maxWidth(Integer.MAX_VALUE, OverflowBehaviour.NEWLINE)
              .with(row -> cell.apply(row[index])));
    }
    return layout;
  }

  Printer.Printed printed() {
    return new Printer.Printed(rows, shown.size());
  }
}
