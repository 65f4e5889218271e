package io.auspex.engine.source.write;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.engine.source.SourceSystem;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table of MariaDB as its SHOW CREATE TABLE writes it, which has a line for each column and key:
 * what is kept of a table that is replaced. Rights and views go by the name, and stay by
 * themselves.
 *
 * @param columns definitions by name
 * @param keys {@code PRIMARY KEY (…)}, {@code KEY name (…)} and the like
 * @param options what follows the closing parenthesis
 */
record MariadbTable(Map<String, String> columns, List<String> keys, String options) {
  private static final Pattern NAME = Pattern.compile("`((?:[^`]|``)+)`");
  private static final Pattern LIST = Pattern.compile("\\((`.*)\\)");
  private static final String PRIMARY = "PRIMARY KEY ";

  /** The target as it is; empty where there is none. */
  static Optional<MariadbTable> read(Connection connection, Staging staging) throws SQLException {
    SourceTarget target = staging.target();
    boolean exists =
        Statements.has(
            connection,
            "SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = ?",
            target.schema(),
            target.table());
    return exists
        ? Statements.list(
                connection, row -> parse(row.getString(2)), "SHOW CREATE TABLE " + staging.table())
            .stream()
            .findFirst()
        : Optional.empty();
  }

  static MariadbTable parse(String statement) {
    Map<String, String> columns = new LinkedHashMap<>();
    List<String> keys = new ArrayList<>();
    String options = "";
    List<String> lines = statement.lines().toList();
    for (String line : lines.subList(1, lines.size())) {
      String item = line.strip().replaceFirst(",$", "");
      Matcher name = NAME.matcher(item);
      if (line.startsWith(")")) {
        // The next number of an AUTO_INCREMENT is no part of what was declared.
        options = item.substring(1).replaceFirst(" AUTO_INCREMENT=\\d+", "").strip();
      } else if (item.startsWith("`") && name.lookingAt()) {
        columns.put(name.group(1).replace("``", "`"), item);
      } else {
        keys.add(item);
      }
    }
    return new MariadbTable(columns, keys, options);
  }

  /** The definition of a column that keeps its type; a generated one takes no rows. */
  Optional<String> definition(StagedColumn column) {
    return Optional.ofNullable(columns.get(column.name()))
        .filter(definition -> !definition.contains(" GENERATED ALWAYS AS "))
        .filter(
            definition -> {
              String type = column.stagedAs().replaceFirst(" COLLATE .*", "");
              String rest = definition.substring(quoted(column.name()).length() + 1);
              return rest.toLowerCase(Locale.ROOT).startsWith(type.toLowerCase(Locale.ROOT));
            });
  }

  private static String quoted(String name) {
    return SourceSystem.MARIADB.quote(name);
  }

  /** The key's columns, where the new table has them all. */
  List<String> primaryKey(Staging staging) {
    return keys.stream()
        .filter(key -> key.startsWith(PRIMARY))
        .map(MariadbTable::columnsOf)
        .filter(staging.names()::containsAll)
        .findFirst()
        .orElse(List.of());
  }

  /** All keys but the primary one, of which the new table has the columns. */
  List<String> otherKeys(Staging staging) {
    return keys.stream()
        .filter(key -> !key.startsWith(PRIMARY))
        .filter(key -> key.contains("KEY "))
        .filter(key -> staging.names().containsAll(columnsOf(key)))
        .toList();
  }

  private static List<String> columnsOf(String key) {
    List<String> names = new ArrayList<>();
    Matcher list = LIST.matcher(key);
    if (list.find()) {
      Matcher name = NAME.matcher(list.group(1));
      while (name.find()) {
        names.add(name.group(1).replace("``", "`"));
      }
    }
    return names;
  }

  /** What of the target cannot be moved to another table; empty where there is nothing. */
  static Optional<String> hindrance(Connection connection, Staging staging) throws SQLException {
    SourceTarget target = staging.target();
    Map<String, String> questions = new LinkedHashMap<>();
    questions.put(
        "has triggers",
        "SELECT 1 FROM information_schema.triggers"
            + " WHERE event_object_schema = ? AND event_object_table = ?");
    questions.put(
        "is partitioned",
        "SELECT 1 FROM information_schema.partitions"
            + " WHERE table_schema = ? AND table_name = ? AND partition_name IS NOT NULL");
    questions.put(
        "has foreign keys",
        "SELECT 1 FROM information_schema.table_constraints WHERE table_schema = ?"
            + " AND table_name = ? AND constraint_type = 'FOREIGN KEY'");
    questions.put(
        "is referred to by foreign keys",
        "SELECT 1 FROM information_schema.key_column_usage"
            + " WHERE referenced_table_schema = ? AND referenced_table_name = ?");
    for (Map.Entry<String, String> question : questions.entrySet()) {
      if (Statements.has(connection, question.getValue(), target.schema(), target.table())) {
        return Optional.of(question.getKey());
      }
    }
    return Optional.empty();
  }

  /** Refuses a table of which a part of the rows could stay. */
  static void requireTransactions(Connection connection, SourceTarget target) throws SQLException {
    if (!Statements.has(
        connection,
        "SELECT 1 FROM information_schema.tables t JOIN information_schema.engines e"
            + " ON e.engine = t.engine"
            + " WHERE t.table_schema = ? AND t.table_name = ? AND e.transactions = 'YES'",
        target.schema(),
        target.table())) {
      throw new AuspexException(
          ErrorCode.UNSUPPORTED,
          "INSERT",
          "into " + target.fullName(),
          "Its engine has no transactions, so that a part of the rows could stay: use InnoDB.");
    }
  }

  /** The columns of each unique key, in lower case. */
  static List<Set<String>> uniqueKeys(Connection connection, SourceTarget target)
      throws SQLException {
    Map<String, Set<String>> keys = new LinkedHashMap<>();
    Statements.list(
        connection,
        row ->
            keys.computeIfAbsent(row.getString(1), name -> new LinkedHashSet<>())
                .add(row.getString(2).toLowerCase(Locale.ROOT)),
        "SELECT index_name, column_name FROM information_schema.statistics"
            + " WHERE table_schema = ? AND table_name = ? AND non_unique = 0"
            + " ORDER BY index_name, seq_in_index",
        target.schema(),
        target.table());
    return List.copyOf(keys.values());
  }
}
