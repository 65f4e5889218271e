package io.auspex.engine;

import io.auspex.catalog.Names;
import io.auspex.engine.SearchPath.Place;
import io.auspex.engine.stream.WarehouseErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the table or view that a name means to DuckDB. */
final class NameLookup {
  private static final String FIND =
      """
      SELECT database_name, schema_name, table_name, estimated_size
      FROM duckdb_tables() WHERE lower(table_name) = lower($1)
      UNION ALL
      SELECT database_name, schema_name, view_name, -1
      FROM duckdb_views() WHERE lower(view_name) = lower($1)
      """;

  private final Connection connection;
  private SearchPath path;

  /** Of one statement, during which the search path is the same. */
  NameLookup(Connection connection) {
    this.connection = connection;
  }

  /**
   * @param name with database and schema
   * @param rows its cardinality, as DuckDB estimates it; −1 for a view
   */
  record Entry(List<String> name, long rows) {
    private boolean isIn(Place place) {
      return Names.fold(name.get(0)).equals(Names.fold(place.database()))
          && Names.fold(name.get(1)).equals(Names.fold(place.schema()));
    }
  }

  /** What the name, its parts as written, means now. */
  Optional<Entry> find(List<String> name) {
    return find(path().places(name), last(name));
  }

  /** What the name means in the query of a view. */
  Optional<Entry> find(List<String> name, List<String> view) {
    return find(path().inside(view).places(name), last(name));
  }

  /** What is where something of this name would be created. */
  Optional<Entry> atTarget(List<String> name, boolean temporary) {
    return find(List.of(temporary ? path().temporary() : path().target(name)), last(name));
  }

  private SearchPath path() {
    if (path == null) {
      path = SearchPath.of(connection);
    }
    return path;
  }

  private Optional<Entry> find(List<Place> places, String name) {
    List<Entry> named = named(name);
    return places.stream()
        .flatMap(place -> named.stream().filter(entry -> entry.isIn(place)))
        .findFirst();
  }

  /** All of that name, in whatever schema. */
  private List<Entry> named(String name) {
    List<Entry> entries = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          List<String> full = List.of(row.getString(1), row.getString(2), row.getString(3));
          if (Names.fold(full.get(2)).equals(Names.fold(name))) {
            entries.add(new Entry(full, row.getLong(4)));
          }
        }
      }
      return entries;
    } catch (SQLException e) {
      throw WarehouseErrors.of(e);
    }
  }

  private static String last(List<String> name) {
    return name.get(name.size() - 1);
  }
}
