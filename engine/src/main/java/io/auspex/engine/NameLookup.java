package io.auspex.engine;

import io.auspex.catalog.Names;
import io.auspex.catalog.Questions;
import io.auspex.engine.SearchPath.Place;
import io.auspex.engine.stream.WarehouseErrors;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the table or view that a name means to DuckDB. */
final class NameLookup {
  private static final String FIND =
      """
      SELECT database_name, schema_name, table_name, estimated_size
      FROM duckdb_tables() WHERE lower(table_name) IN (SELECT lower(unnest($1::VARCHAR[])))
      UNION ALL
      SELECT database_name, schema_name, view_name, -1
      FROM duckdb_views() WHERE lower(view_name) IN (SELECT lower(unnest($1::VARCHAR[])))
      """;

  /** What the question gives for a view's rows. */
  private static final int VIEW = -1;

  private final Questions questions;
  private final Set<String> expected = new HashSet<>();
  private final Map<String, List<Entry>> known = new HashMap<>();
  private SearchPath path;

  /** Of one statement, during which names mean the same. */
  NameLookup(Questions questions) {
    this.questions = questions;
  }

  /** Names that will be looked up are best asked for together: a question lists all tables. */
  void expect(Collection<String> names) {
    names.stream().map(Names::fold).filter(name -> !known.containsKey(name)).forEach(expected::add);
  }

  /**
   * @param name with database and schema
   * @param rows its cardinality, as DuckDB estimates it; {@link #VIEW} for a view
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

  /** The full names of all tables found so far, without views. */
  List<List<String>> tables() {
    return known.values().stream()
        .flatMap(List::stream)
        .filter(entry -> entry.rows() != VIEW)
        .map(Entry::name)
        .toList();
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
      path = SearchPath.of(questions);
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
    String folded = Names.fold(name);
    if (!known.containsKey(folded)) {
      expected.add(folded);
      expected.forEach(asked -> known.put(asked, new ArrayList<>()));
      List<String> asked = List.copyOf(expected);
      expected.clear();
      entries(asked).forEach(this::keep);
    }
    return known.get(folded);
  }

  /** DuckDB's lower() changes more letters than it compares names without. */
  private void keep(Entry entry) {
    List<Entry> ofName = known.get(Names.fold(last(entry.name())));
    if (ofName != null) {
      ofName.add(entry);
    }
  }

  private List<Entry> entries(List<String> names) {
    try {
      return questions.ask(
          row ->
              new Entry(
                  List.of(row.getString(1), row.getString(2), row.getString(3)), row.getLong(4)),
          FIND,
          names);
    } catch (SQLException e) {
      throw WarehouseErrors.of(e);
    }
  }

  private static String last(List<String> name) {
    return name.get(name.size() - 1);
  }
}
