package io.auspex.sql.cut;

import io.auspex.catalog.Column;
import io.auspex.catalog.Names;
import io.auspex.sql.fragment.StreamNames;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Names of columns that nobody named. DuckDB makes them of the expression's text, in which stands
 * what the cut has put there; they are shown, and landed, without it.
 */
final class ColumnNames {
  /** What stands for a call while DuckDB is asked for columns, as DuckDB writes it. */
  private static final Pattern CALL =
      Pattern.compile("TRY_CAST\\(NULL AS (?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*\\)");

  private static final Pattern STREAM =
      Pattern.compile("(?:\"?temp\"?\\.main\\.)?" + StreamNames.PREFIX + "\\w+");

  private ColumnNames() {}

  /** The columns under the names to show. */
  static List<Column> shown(List<Column> columns) {
    return columns.stream().map(column -> new Column(shown(column.name()), column.type())).toList();
  }

  private static String shown(String name) {
    return STREAM.matcher(CALL.matcher(name).replaceAll("predict()")).replaceAll("predict");
  }

  /** The query with its columns under the names to show; as it is where those are its own. */
  static String applied(String query, List<Column> columns) {
    List<Column> shown = shown(columns);
    if (shown.equals(columns)) {
      return query;
    }
    List<String> inner = IntStream.range(0, shown.size()).mapToObj(i -> "c" + i).toList();
    String items =
        IntStream.range(0, shown.size())
            .mapToObj(i -> inner.get(i) + " AS " + Names.quote(shown.get(i).name()))
            .collect(Collectors.joining(", "));
    return "SELECT " + items + " FROM (" + query + ") AS named(" + String.join(", ", inner) + ")";
  }
}
