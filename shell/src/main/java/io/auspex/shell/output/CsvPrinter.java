package io.auspex.shell.output;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** CSV with a header, row by row; NULL is an empty field. */
record CsvPrinter(Page page) implements Printer {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

  @Override
  public Printed print(ResultSet result) throws IOException, SQLException {
    Columns columns = new Columns(result);
    CSVPrinter csv = new CSVPrinter(page.out(), FORMAT);
    csv.printRecord(columns.names());
    long rows = 0;
    while (result.next()) {
      csv.printRecord((Object[]) columns.texts());
      rows++;
    }
    csv.flush();
    return new Printed(rows, rows);
  }
}
