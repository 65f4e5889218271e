package io.auspex.engine;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The columns of a statement's tables. Those of several are asked for together: DuckDB takes about
 * as long for ten as for one.
 */
final class TableColumns {
  private static final int MOST = 64;

  /** Stands between the columns of two tables. */
  private static final String SEPARATOR = "__auspex_table_";

  private final Function<String, List<Column>> describe;
  private final Map<List<String>, List<Column>> known = new HashMap<>();

  /**
   * @param describe the columns of a query; it fails with an AuspexException where DuckDB refuses
   *     it
   */
  TableColumns(Function<String, List<Column>> describe) {
    this.describe = describe;
  }

  /**
   * The columns of a table or view.
   *
   * @param name with database and schema
   * @param tables that are likely to be asked for, this one among them if it is no view: a view
   *     whose table is gone would spoil the question, and the transaction with it. Only those
   *     beside it are asked for with it: other databases may be far away
   */
  List<Column> of(List<String> name, Collection<List<String>> tables) {
    if (!known.containsKey(name)) {
      List<List<String>> together =
          tables.stream()
              .filter(table -> !known.containsKey(table) && areBeside(table, name))
              .limit(MOST)
              .toList();
      if (!together.contains(name) || together.size() == 1 || !areDescribed(together)) {
        known.put(name, describe.apply("SELECT * FROM " + quoted(name)));
      }
    }
    return known.get(name);
  }

  /** Whether two tables are in one schema. */
  private static boolean areBeside(List<String> table, List<String> other) {
    return table.subList(0, 2).equals(other.subList(0, 2));
  }

  private boolean areDescribed(List<List<String>> tables) {
    String columns =
        IntStream.range(0, tables.size())
            .mapToObj(i -> "0 AS " + SEPARATOR + i + ", t" + i + ".*")
            .collect(Collectors.joining(", "));
    String from =
        IntStream.range(0, tables.size())
            .mapToObj(i -> quoted(tables.get(i)) + " AS t" + i)
            .collect(Collectors.joining(", "));
    try {
      return areKept(tables, describe.apply("SELECT " + columns + " FROM " + from));
    } catch (AuspexException isGone) {
      return false;
    }
  }

  /** False where a table has a column that looks like a separator, so that it is not clear. */
  private boolean areKept(List<List<String>> tables, List<Column> described) {
    long separators =
        described.stream().filter(column -> column.name().startsWith(SEPARATOR)).count();
    if (separators != tables.size()) {
      return false;
    }
    List<List<Column>> parts = new ArrayList<>();
    for (Column column : described) {
      if (column.name().equals(SEPARATOR + parts.size())) {
        parts.add(new ArrayList<>());
      } else {
        parts.get(parts.size() - 1).add(column);
      }
    }
    for (int i = 0; i < parts.size(); i++) {
      known.put(tables.get(i), parts.get(i));
    }
    return true;
  }

  private static String quoted(List<String> name) {
    return name.stream().map(Names::quote).collect(Collectors.joining("."));
  }
}
