package io.auspex.engine.source;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Names;
import io.auspex.catalog.Source;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The tables of sources, as the sources describe them each time they are asked. Names are looked up
 * as they are written; where there is none such, without case. Thread-safe.
 */
public final class SourceTables {
  private final SourceConnections connections;

  public SourceTables(SourceConnections connections) {
    this.connections = connections;
  }

  /** How a kind of database tells of its tables. */
  interface Dictionary {
    /** The schema of tables that are named without one. */
    String defaultSchema(Connection connection) throws SQLException;

    List<SourceTable.Listed> list(Connection connection) throws SQLException;

    /** A table or view whose names are just these; empty where there is none. */
    Optional<SourceTable> describe(Connection connection, String schema, String table)
        throws SQLException;
  }

  private static Dictionary dictionary(Source source) {
    return switch (SourceSystem.of(source)) {
      case POSTGRESQL -> new PostgresTables();
      case MARIADB -> new MariadbTables();
      case SQLITE -> new SqliteTables();
      case GENERIC -> new JdbcTables();
    };
  }

  /**
   * A table or view.
   *
   * @param schema empty for the source's default one
   * @throws AuspexException SOURCE_TABLE with the nearest name, where there is none;
   *     SOURCE_UNREACHABLE and the like
   */
  public SourceTable describe(Source source, String schema, String table) {
    return find(source, schema, table)
        .orElseThrow(
            () -> {
              List<String> names =
                  list(source).stream().map(SourceTable.Listed::name).distinct().toList();
              String asked = schema.isEmpty() ? table : schema + "." + table;
              return new AuspexException(
                  ErrorCode.SOURCE_TABLE, source.name(), asked, Names.didYouMean(table, names));
            });
  }

  /** As {@link #describe}, and empty where there is none. */
  public Optional<SourceTable> find(Source source, String schema, String table) {
    return ask(
        source,
        (dictionary, connection) -> {
          String in = schema.isEmpty() ? defaultSchema(source, dictionary, connection) : schema;
          Optional<SourceTable> exact = dictionary.describe(connection, in, table);
          if (exact.isPresent()) {
            return exact;
          }
          for (SourceTable.Listed listed : dictionary.list(connection)) {
            if (Names.fold(listed.name()).equals(Names.fold(table))
                && Names.fold(listed.schema()).equals(Names.fold(in))) {
              return dictionary.describe(connection, listed.schema(), listed.name());
            }
          }
          return Optional.empty();
        });
  }

  /** All tables and views that the user may see, by schema and name; the system's own not. */
  public List<SourceTable.Listed> list(Source source) {
    List<SourceTable.Listed> tables = new ArrayList<>(ask(source, Dictionary::list));
    tables.sort(
        Comparator.comparing(SourceTable.Listed::schema).thenComparing(SourceTable.Listed::name));
    return tables;
  }

  /** The schema of tables that are named without one; may be empty where there are no schemas. */
  public String defaultSchema(Source source) {
    return ask(source, (dictionary, connection) -> defaultSchema(source, dictionary, connection));
  }

  private static String defaultSchema(Source source, Dictionary dictionary, Connection connection)
      throws SQLException {
    return source.options().schema().isPresent()
        ? source.options().schema().get()
        : dictionary.defaultSchema(connection);
  }

  private interface Question<T> {
    T ask(Dictionary dictionary, Connection connection) throws SQLException;
  }

  private <T> T ask(Source source, Question<T> question) {
    try {
      return connections.repeatable(
          source, connection -> question.ask(dictionary(source), connection));
    } catch (SQLException e) {
      throw SourceErrors.of(source, e);
    }
  }
}
