package io.auspex.engine;

import io.auspex.engine.User.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Statements as users of DuckDB write them, by feature: one a line in the files of {@code corpus},
 * about half of them with predictions. After {@code --} come the values of parameters.
 */
final class Corpus {
  private static final List<String> FEATURES =
      List.of(
          "literals",
          "lists",
          "from",
          "star",
          "joins",
          "grouping",
          "windows",
          "subqueries",
          "with",
          "pivot",
          "strings",
          "times",
          "operators",
          "order",
          "made",
          "chained");

  private static final Pattern WITH_PARAMETERS = Pattern.compile("(.*) -- (.+)");
  private static final String SEERS =
      "SELECT id, city, y FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0";

  /**
   * A statement.
   *
   * @param feature the name of its file
   * @param parameters a list of DuckDB's expressions, or empty
   */
  record Entry(String feature, String sql, String parameters) {
    boolean predicts() {
      return sql.contains("PREDICT(") || sql.contains("seers");
    }

    /** The same over predictions that plain DuckDB computes. */
    String oracle() {
      return HandMade.of(sql).replace("seers", "seers_by_hand");
    }

    @Override
    public String toString() {
      return feature + ": " + sql + (parameters.isEmpty() ? "" : " -- " + parameters);
    }
  }

  private Corpus() {}

  /** Makes the tables, views, macros and models that the statements name. */
  static void prepare(User user, Path folder) throws SQLException, IOException {
    Birds.prepare(user, folder);
    user.run(Resources.text("corpus.sql"));
    user.run("CREATE VIEW seers AS " + SEERS, "CREATE VIEW seers_by_hand AS " + HandMade.of(SEERS));
  }

  /** All statements. */
  static List<Entry> entries(Path folder) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (String feature : FEATURES) {
      Resources.lines("corpus/" + feature + ".sql")
          .map(line -> entry(feature, line.replace("$folder", folder.toString())))
          .forEach(entries::add);
    }
    return entries;
  }

  private static Entry entry(String feature, String line) {
    Matcher matcher = WITH_PARAMETERS.matcher(line);
    return matcher.matches()
        ? new Entry(feature, matcher.group(1), matcher.group(2))
        : new Entry(feature, line, "");
  }

  /** The values of an entry's parameters. */
  static Object[] parameters(User user, Entry entry) throws SQLException {
    if (entry.parameters().isEmpty()) {
      return new Object[0];
    }
    try (PreparedStatement statement =
            user.connection().prepareStatement("SELECT " + entry.parameters());
        ResultSet row = statement.executeQuery()) {
      row.next();
      Object[] values = new Object[row.getMetaData().getColumnCount()];
      for (int i = 0; i < values.length; i++) {
        values[i] = row.getObject(i + 1);
      }
      return values;
    }
  }

  /** Whether two results are the same; their rows in order where the statement says one. */
  static boolean isSame(String sql, Table found, Table expected) {
    return names(found).equals(names(expected)) && rows(sql, found).equals(rows(sql, expected));
  }

  /** Columns that nobody named bear other names where a macro stands for the model. */
  private static List<String> names(Table table) {
    return table.columns().stream()
        .map(column -> column.replaceFirst(".*(_of|predict)\\(.*\\) ", "unnamed "))
        .toList();
  }

  private static List<String> rows(String sql, Table table) {
    Stream<String> rows = table.rows().stream().map(List::toString);
    return (endsOrdered(sql) ? rows : rows.sorted()).toList();
  }

  /** Whether an ORDER BY stands outside of all parentheses; such lines order totally. */
  private static boolean endsOrdered(String sql) {
    return sql.replaceAll("'[^']*'", "''")
        .replaceAll("\\((?:[^()]|\\((?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*\\))*\\)", "")
        .contains("ORDER BY");
  }
}
