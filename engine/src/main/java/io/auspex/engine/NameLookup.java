package io.auspex.engine;

import io.auspex.catalog.Names;
import io.auspex.engine.SearchPath.Place;
import io.auspex.engine.stream.WarehouseErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Finds the table or view that a name means to DuckDB. */
final class NameLookup {
  private static final String FIND =
      """
      SELECT database_name, schema_name, name, rows FROM (
        SELECT database_name, schema_name, table_name AS name, estimated_size AS rows
        FROM duckdb_tables()
        UNION ALL
        SELECT database_name, schema_name, view_name, -1 FROM duckdb_views())
      JOIN (VALUES %s) AS place(position, database, schema)
        ON lower(database_name) = lower(database) AND lower(schema_name) = lower(schema)
      WHERE lower(name) = lower(?)
      ORDER BY position
      LIMIT 1
      """;

  private final Connection connection;

  NameLookup(Connection connection) {
    this.connection = connection;
  }

  /**
   * @param name with database and schema
   * @param rows its cardinality, as DuckDB estimates it; −1 for a view
   */
  record Entry(List<String> name, long rows) {}

  /** What the name, its parts as written, means now. */
  Optional<Entry> find(List<String> name) {
    return find(SearchPath.of(connection).places(name), last(name));
  }

  /** What the name means in the query of a view. */
  Optional<Entry> find(List<String> name, List<String> view) {
    return find(SearchPath.of(connection).inside(view).places(name), last(name));
  }

  /** What is where something of this name would be created. */
  Optional<Entry> atTarget(List<String> name, boolean temporary) {
    SearchPath path = SearchPath.of(connection);
    return find(List.of(temporary ? path.temporary() : path.target(name)), last(name));
  }

  private Optional<Entry> find(List<Place> places, String name) {
    StringBuilder values = new StringBuilder();
    for (Place place : places) {
      values
          .append(values.isEmpty() ? "(" : ", (")
          .append(places.indexOf(place))
          .append(", ")
          .append(Names.literal(place.database()))
          .append(", ")
          .append(Names.literal(place.schema()))
          .append(')');
    }
    try (PreparedStatement statement = connection.prepareStatement(FIND.formatted(values))) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Entry(
                    List.of(row.getString(1), row.getString(2), row.getString(3)), row.getLong(4)))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw WarehouseErrors.of(e);
    }
  }

  private static String last(List<String> name) {
    return name.get(name.size() - 1);
  }
}
