package io.auspex.jdbc;

import io.auspex.catalog.Source;
import io.auspex.engine.SourceDirectory;
import io.auspex.engine.source.SourceColumn;
import io.auspex.engine.source.SourceTable;
import io.auspex.engine.source.SourceTable.Listed;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rows of metadata that other databases add, each as a catalog of its source's name. They are
 * asked only where that catalog is: a database that is down must not hold up what is said of the
 * warehouse. Rows are laid out as {@link MetadataSql} has its columns.
 */
record SourceMetaData(AuspexConnection connection) {
  private static final int TABLE_FIELDS = 10;
  private static final int RADIX = 10;

  private interface Question {
    List<Object[]> ask(SourceDirectory directory, Source source);
  }

  /** What is asked of the source that a catalog is; nothing where the catalog is none. */
  private List<Object[]> ofSource(String catalog, Question question) throws SQLException {
    return catalog == null
        ? List.of()
        : connection.locked(
            session -> {
              SourceDirectory directory = session.sourceDirectory();
              return directory
                  .named(catalog)
                  .map(source -> question.ask(directory, source))
                  .orElse(List.of());
            });
  }

  List<Object[]> catalogs() throws SQLException {
    return connection.locked(session -> session.sourceDirectory().names()).stream()
        .map(name -> new Object[] {name})
        .toList();
  }

  List<Object[]> schemas(String catalog, String schema) throws SQLException {
    return ofSource(
        catalog,
        (directory, source) ->
            directory.tables(source).stream()
                .map(Listed::schema)
                .distinct()
                .filter(name -> matches(schema, name))
                .map(name -> new Object[] {name, source.name()})
                .toList());
  }

  /**
   * @param types in upper case
   */
  List<Object[]> tables(String catalog, String schema, String table, Set<String> types)
      throws SQLException {
    return ofSource(
        catalog,
        (directory, source) ->
            listed(directory, source, schema, table)
                .filter(listed -> types.contains(kind(listed)))
                .sorted(Comparator.comparing(SourceMetaData::kind))
                .map(listed -> row(source, listed))
                .toList());
  }

  private static Stream<Listed> listed(
      SourceDirectory directory, Source source, String schema, String table) {
    return directory.tables(source).stream()
        .filter(listed -> matches(schema, listed.schema()) && matches(table, listed.name()));
  }

  private static Stream<SourceTable> described(
      SourceDirectory directory, Source source, String schema, String table) {
    return listed(directory, source, schema, table)
        .flatMap(listed -> directory.table(source, listed).stream());
  }

  private static String kind(Listed table) {
    return table.isView() ? "VIEW" : "TABLE";
  }

  private static Object[] row(Source source, Listed table) {
    Object[] row = new Object[TABLE_FIELDS];
    row[0] = source.name();
    row[1] = table.schema();
    row[2] = table.name();
    row[3] = kind(table);
    return row;
  }

  List<Object[]> columns(String catalog, String schema, String table, String column)
      throws SQLException {
    return ofSource(
        catalog,
        (directory, source) ->
            described(directory, source, schema, table)
                .flatMap(
                    described ->
                        IntStream.range(0, described.columns().size())
                            .filter(i -> matches(column, described.columns().get(i).name()))
                            .mapToObj(i -> row(source, described, i)))
                .toList());
  }

  /** What the type is to JDBC is filled in as for tables of the warehouse. */
  private static Object[] row(Source source, SourceTable table, int place) {
    SourceColumn column = table.columns().get(place);
    int nullable =
        column.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls;
    return new Object[] {
      source.name(),
      table.schema(),
      table.name(),
      column.name(),
      0,
      column.duckDbType(),
      0,
      null,
      0,
      RADIX,
      nullable,
      null,
      null,
      null,
      null,
      null,
      place + 1,
      column.nullable() ? "YES" : "NO",
      null,
      null,
      null,
      null,
      "",
      ""
    };
  }

  List<Object[]> primaryKeys(String catalog, String schema, String table) throws SQLException {
    return ofSource(
        catalog,
        (directory, source) ->
            described(directory, source, schema, table)
                .flatMap(described -> keyRows(source, described))
                .sorted(Comparator.comparing(row -> (String) row[3]))
                .toList());
  }

  private static Stream<Object[]> keyRows(Source source, SourceTable table) {
    List<String> key = table.primaryKey();
    return IntStream.range(0, key.size())
        .mapToObj(
            i ->
                new Object[] {
                  source.name(), table.schema(), table.name(), key.get(i), i + 1, null
                });
  }

  /** Whether a name matches a pattern with {@code %}, {@code _} and {@code \} as escape. */
  private static boolean matches(String pattern, String name) {
    StringBuilder expression = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '%') {
        expression.append(".*");
      } else if (c == '_') {
        expression.append('.');
      } else {
        boolean isEscape = c == '\\' && i + 1 < pattern.length();
        i += isEscape ? 1 : 0;
        expression.append(Pattern.quote(String.valueOf(pattern.charAt(i))));
      }
    }
    return Pattern.compile(
            expression.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL)
        .matcher(name)
        .matches();
  }
}
