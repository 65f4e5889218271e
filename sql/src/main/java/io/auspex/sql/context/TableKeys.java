package io.auspex.sql.context;

import io.auspex.catalog.Names;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a table's constraints say of its rows. Names of columns are folded ({@link Names#fold}).
 *
 * @param unique lists of columns in which no two rows have the same values, but for NULLs
 * @param foreign its foreign keys
 * @param notNull columns without NULLs
 * @param collates whether texts of it may be equal that differ
 */
public record TableKeys(
    List<List<String>> unique, List<ForeignKey> foreign, Set<String> notNull, boolean collates) {

  /** Of something of which nothing is known. */
  public static final TableKeys NONE = new TableKeys(List.of(), List.of(), Set.of(), true);

  public TableKeys {
    unique = List.copyOf(unique);
    foreign = List.copyOf(foreign);
    notNull = Set.copyOf(notNull);
  }

  /**
   * Columns of which the values are those of a row of another table.
   *
   * @param table the other table's qualified name
   * @param referenced its columns, in the order of {@code columns}
   */
  public record ForeignKey(List<String> columns, List<String> table, List<String> referenced) {
    public ForeignKey {
      columns = List.copyOf(columns);
      table = List.copyOf(table);
      referenced = List.copyOf(referenced);
    }
  }

  /**
   * Whether each row has one in another table with the same values.
   *
   * @param columns for each column of the other table its equal here
   */
  public boolean references(List<String> table, Map<String, String> columns) {
    return foreign.stream()
        .anyMatch(
            key ->
                isSame(key.table(), table)
                    && key.columns().size() == columns.size()
                    && notNull.containsAll(key.columns())
                    && pairs(key).equals(columns));
  }

  private static Map<String, String> pairs(ForeignKey key) {
    Map<String, String> pairs = new HashMap<>();
    for (int i = 0; i < key.columns().size(); i++) {
      pairs.put(key.referenced().get(i), key.columns().get(i));
    }
    return pairs;
  }

  private static boolean isSame(List<String> one, List<String> other) {
    return one.stream().map(Names::fold).toList().equals(other.stream().map(Names::fold).toList());
  }
}
