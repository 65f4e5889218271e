package io.auspex.sql.bind;

import io.auspex.catalog.Names;
import io.auspex.sql.context.NotUnderstood;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What names mean in a SELECT: the tables of its FROM clause, whose columns lie side by side in the
 * rows that it reads.
 *
 * @param tables in the order of FROM
 * @param visible what a bare {@code *} gives, in order, which is also what bare names mean
 */
record Scope(List<Table> tables, List<Column> visible) {
  /** The name of a table that has all columns of the rows, by the names they have there. */
  static final String ROW = "__auspex_row";

  /** Nothing to name. */
  static final Scope EMPTY = new Scope(List.of(), List.of());

  /**
   * @param name of one to three parts; the last is the table's, or its alias alone
   */
  record Table(List<String> name, List<Column> columns) {
    Table {
      columns = List.copyOf(columns);
    }
  }

  /**
   * @param ordinal in the rows that are read
   * @param isCommon whether a join is by it, so that a bare name means it rather than others
   */
  record Column(String name, int ordinal, boolean isCommon) {
    Column(String name, int ordinal) {
      this(name, ordinal, false);
    }

    Column moved(int by) {
      return new Column(name, ordinal + by, isCommon);
    }

    boolean isNamed(String other) {
      return isFolded(Names.fold(other));
    }

    private boolean isFolded(String other) {
      return Names.fold(name).equals(other);
    }
  }

  /**
   * What a name means.
   *
   * @param fields the fields of a STRUCT in the column, which the rest of the name goes down to
   */
  record Found(int ordinal, List<String> fields) {}

  Scope {
    tables = List.copyOf(tables);
    visible = List.copyOf(visible);
  }

  /** The scope of one table. */
  static Scope of(List<String> table, List<String> names) {
    List<Column> columns = new ArrayList<>();
    for (String name : names) {
      columns.add(new Column(name, columns.size()));
    }
    return new Scope(List.of(new Table(table, columns)), columns);
  }

  /** This one's columns and then, after {@code width} of them, the other's. */
  Scope beside(Scope right, int width) {
    List<Table> all = new ArrayList<>(tables);
    right.tables.forEach(
        table ->
            all.add(
                new Table(
                    table.name(), table.columns().stream().map(c -> c.moved(width)).toList())));
    List<Column> columns = new ArrayList<>(visible);
    right.visible.forEach(column -> columns.add(column.moved(width)));
    return new Scope(all, columns);
  }

  /** The same with a column of each of these names, in the place of its first, for all of them. */
  Scope merged(Map<String, Integer> ordinals) {
    Map<String, Integer> left = new HashMap<>(ordinals);
    Set<String> names = Set.copyOf(ordinals.keySet());
    List<Column> columns = new ArrayList<>();
    for (Column column : visible) {
      String name = Names.fold(column.name());
      if (!names.contains(name)) {
        columns.add(column);
      } else if (left.containsKey(name)) {
        columns.add(new Column(column.name(), left.remove(name), true));
      }
    }
    return new Scope(tables, columns);
  }

  /** The same with the table {@link #ROW}. */
  Scope withRow(List<String> names) {
    List<Table> all = new ArrayList<>(tables);
    all.addAll(of(List.of(ROW), names).tables());
    return new Scope(all, visible);
  }

  /**
   * What a name, its parts as written, means; empty where it means nothing here. A table's name
   * goes before a column's, as in DuckDB.
   */
  Optional<Found> find(List<String> parts) {
    for (int qualifiers = Math.min(3, parts.size() - 1); qualifiers >= 0; qualifiers--) {
      Set<Integer> ordinals = ordinals(parts, qualifiers);
      if (ordinals.size() > 1) {
        throw new NotUnderstood("the name " + String.join(".", parts) + " of several columns");
      } else if (!ordinals.isEmpty()) {
        return Optional.of(
            new Found(ordinals.iterator().next(), parts.subList(qualifiers + 1, parts.size())));
      }
    }
    return Optional.empty();
  }

  /**
   * Whether a name in a lambda is one of its parameters, or a field of one; a table's column goes
   * before that.
   *
   * @param parameters in lower case
   */
  boolean isParameter(List<String> parts, Set<String> parameters) {
    return parameters.contains(Names.fold(parts.get(0)))
        && (parts.size() == 1
            || find(parts).filter(found -> found.fields().size() < parts.size() - 1).isEmpty());
  }

  /** The name of the column that a name means, as its table has it; empty for a field of one. */
  Optional<String> nameOf(List<String> parts) {
    return find(parts)
        .filter(found -> found.fields().isEmpty())
        .flatMap(
            found ->
                Stream.concat(visible.stream(), tables.stream().flatMap(t -> t.columns().stream()))
                    .filter(column -> column.ordinal() == found.ordinal())
                    .map(Column::name)
                    .filter(name -> Names.fold(name).equals(Names.fold(last(parts))))
                    .findFirst());
  }

  private static String last(List<String> parts) {
    return parts.get(parts.size() - 1);
  }

  private Set<Integer> ordinals(List<String> parts, int qualifiers) {
    String name = parts.get(qualifiers);
    if (qualifiers == 0) {
      return ordinals(visible, name);
    }
    List<Column> columns = new ArrayList<>();
    for (Table table : tables) {
      if (isNamed(table, parts.subList(0, qualifiers))) {
        columns.addAll(table.columns());
      }
    }
    return ordinals(columns, name);
  }

  private static Set<Integer> ordinals(List<Column> columns, String name) {
    String folded = Names.fold(name);
    List<Column> named = columns.stream().filter(column -> column.isFolded(folded)).toList();
    boolean hasCommon = named.stream().anyMatch(Column::isCommon);
    return named.stream()
        .filter(column -> column.isCommon() || !hasCommon)
        .map(Column::ordinal)
        .collect(Collectors.toSet());
  }

  private static boolean isNamed(Table table, List<String> written) {
    int skipped = table.name().size() - written.size();
    return skipped >= 0
        && table.name().subList(skipped, table.name().size()).stream()
            .map(Names::fold)
            .toList()
            .equals(written.stream().map(Names::fold).toList());
  }

  /** What {@code table.*} gives, in order. */
  Optional<List<Column>> columnsOf(String table) {
    List<Table> named = tables.stream().filter(t -> isNamed(t, List.of(table))).toList();
    return named.size() == 1 ? Optional.of(named.get(0).columns()) : Optional.empty();
  }
}
