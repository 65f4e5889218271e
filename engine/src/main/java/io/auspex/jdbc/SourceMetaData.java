package io.auspex.jdbc;

import io.auspex.engine.SourceDirectory;
import io.auspex.engine.source.SourceColumn;
import io.auspex.engine.source.SourceTable;
import io.auspex.engine.source.SourceTable.Listed;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rows of metadata that other databases add, each as a catalog of its source's name. They are
 * asked only where that catalog is: a database that is down must not hold up what is said of the
 * warehouse. Rows are laid out as {@link MetadataSql} has its columns.
 */
record SourceMetaData(AuspexConnection connection) {
  private static final int TABLE_FIELDS = 10;
  private static final int RADIX = 10;

  private interface Question<T> {
    T ask(SourceDirectory directory);
  }

  private <T> T ask(Question<T> question) throws SQLException {
    return connection.locked(session -> question.ask(session.sourceDirectory()));
  }

  List<Object[]> catalogs() throws SQLException {
    return ask(SourceDirectory::names).stream().map(name -> new Object[] {name}).toList();
  }

  /** The source that a catalog is, spelled as it was; empty where the catalog is none. */
  private static Optional<String> source(SourceDirectory directory, String catalog) {
    return Optional.ofNullable(catalog).flatMap(directory::named);
  }

  List<Object[]> schemas(String catalog, String schema) throws SQLException {
    return ask(
        directory ->
            source(directory, catalog).stream()
                .flatMap(
                    source ->
                        directory.tables(source).stream()
                            .map(Listed::schema)
                            .distinct()
                            .filter(name -> matches(schema, name))
                            .map(name -> new Object[] {name, source}))
                .toList());
  }

  /**
   * @param types in upper case
   */
  List<Object[]> tables(String catalog, String schema, String table, Set<String> types)
      throws SQLException {
    return ask(
        directory ->
            source(directory, catalog).stream()
                .flatMap(
                    source ->
                        listed(directory, source, schema, table).stream()
                            .filter(listed -> types.contains(kind(listed)))
                            .sorted(Comparator.comparing(SourceMetaData::kind))
                            .map(listed -> row(source, listed)))
                .toList());
  }

  private static List<Listed> listed(
      SourceDirectory directory, String source, String schema, String table) {
    return directory.tables(source).stream()
        .filter(listed -> matches(schema, listed.schema()) && matches(table, listed.name()))
        .toList();
  }

  private static String kind(Listed table) {
    return table.isView() ? "VIEW" : "TABLE";
  }

  private static Object[] row(String source, Listed table) {
    Object[] row = new Object[TABLE_FIELDS];
    row[0] = source;
    row[1] = table.schema();
    row[2] = table.name();
    row[3] = kind(table);
    return row;
  }

  List<Object[]> columns(String catalog, String schema, String table, String column)
      throws SQLException {
    return ask(
        directory -> {
          List<Object[]> rows = new ArrayList<>();
          for (SourceTable described : described(directory, catalog, schema, table)) {
            int ordinal = 0;
            for (SourceColumn one : described.columns()) {
              ordinal++;
              if (matches(column, one.name())) {
                rows.add(row(directory.named(catalog).orElseThrow(), described, one, ordinal));
              }
            }
          }
          return rows;
        });
  }

  private static List<SourceTable> described(
      SourceDirectory directory, String catalog, String schema, String table) {
    return source(directory, catalog).stream()
        .flatMap(
            source ->
                listed(directory, source, schema, table).stream()
                    .flatMap(listed -> directory.table(source, listed).stream()))
        .toList();
  }

  /** What the type is to JDBC is filled in as for tables of the warehouse. */
  private static Object[] row(String source, SourceTable table, SourceColumn column, int ordinal) {
    int nullable =
        column.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls;
    return new Object[] {
      source,
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
      ordinal,
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
    return ask(
        directory -> {
          List<Object[]> rows = new ArrayList<>();
          for (SourceTable described : described(directory, catalog, schema, table)) {
            int place = 0;
            for (String column : described.primaryKey()) {
              place++;
              String source = directory.named(catalog).orElseThrow();
              rows.add(
                  new Object[] {source, described.schema(), described.name(), column, place, null});
            }
          }
          rows.sort(Comparator.comparing(row -> (String) row[3]));
          return rows;
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
