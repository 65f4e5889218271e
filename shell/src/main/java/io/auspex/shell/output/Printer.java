package io.auspex.shell.output;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Prints a result, reading it once from its first row to its last. */
public interface Printer {

  /**
   * Prints what {@code result} still has.
   *
   * @throws IOException where the page cannot be written, such as a closed pipe
   * @throws SQLException where reading a row failed; what was printed before stays
   */
  Printed print(ResultSet result) throws IOException, SQLException;

  /**
   * What became of a result.
   *
   * @param rows rows it had
   * @param shown rows that were printed
   */
  record Printed(long rows, long shown) {}
}
