package io.auspex.sql.cut;

import io.auspex.catalog.Column;
import io.auspex.sql.fragment.Renaming;
import io.auspex.sql.fragment.StreamNames;
import io.auspex.sql.statement.QueryText;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of columns that nobody named. DuckDB makes them of the expression's text, in which stands
 * what the cut has put there; they are shown, and landed, without it.
 *
 * @param query in which the columns stand
 * @param sources by the names of streams, the tables of other databases that they stand for
 */
record ColumnNames(QueryText query, Map<String, String> sources) {
  /** What stands for a call while DuckDB is asked for columns, as DuckDB writes it. */
  private static final Pattern CALL =
      Pattern.compile("TRY_CAST\\(NULL AS (?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*\\)");

  private static final Pattern STREAM =
      Pattern.compile("(?:\"?temp\"?\\.main\\.)?(" + StreamNames.PREFIX + "\\w+)");

  private static final Pattern OF_THE_USER =
      Pattern.compile("TRY_CAST\\s*\\(\\s*NULL", Pattern.CASE_INSENSITIVE);

  /** The columns under the names to show. */
  List<Column> shown(List<Column> columns) {
    return OF_THE_USER.matcher(query.text()).find()
        ? columns
        : columns.stream().map(column -> new Column(shown(column.name()), column.type())).toList();
  }

  private String shown(String name) {
    return STREAM
        .matcher(CALL.matcher(name).replaceAll("predict()"))
        .replaceAll(
            found -> Matcher.quoteReplacement(sources.getOrDefault(found.group(1), "predict")));
  }

  /** The query with its columns under the names to show; as it is where those are its own. */
  String applied(String sql, List<Column> columns) {
    List<Column> shown = shown(columns);
    return shown.equals(columns)
        ? sql
        : Renaming.of(sql, shown.stream().map(Column::name).toList());
  }
}
