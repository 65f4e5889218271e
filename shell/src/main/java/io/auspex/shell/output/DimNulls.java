package io.auspex.shell.output;

import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.Styler;
import java.util.List;

/** NULL in a faint colour, to be told from the text NULL. */
record DimNulls(List<String[]> rows) implements Styler {
  private static final String FAINT = "\u001b[2m";
  private static final String PLAIN = "\u001b[0m";

  @Override
  public List<String> styleCell(Column column, int row, int index, List<String> lines) {
    return rows.get(row)[index] == null
        ? lines.stream().map(line -> FAINT + line + PLAIN).toList()
        : lines;
  }
}
