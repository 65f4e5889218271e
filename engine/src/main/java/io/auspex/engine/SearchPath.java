package io.auspex.engine;

import io.auspex.catalog.Names;
import io.auspex.catalog.Questions;
import io.auspex.engine.stream.WarehouseErrors;
import io.auspex.sql.lexer.Tokens;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where DuckDB looks for a name at this moment: temporary objects first, then the schemas of {@code
 * search_path}, then {@code main} of the current database, then its own.
 *
 * @param database the current database
 * @param set the schemas of {@code search_path}
 * @param databases all that are attached
 */
record SearchPath(String database, List<Place> set, List<String> databases) {
  private static final String QUESTION =
      "SELECT current_database(), current_schema(), current_setting('search_path'), database_name"
          + " FROM duckdb_databases()";
  private static final Place TEMPORARY = new Place("temp", "main");

  /** A schema. */
  record Place(String database, String schema) {}

  static SearchPath of(Questions questions) {
    try {
      List<List<String>> rows =
          questions.ask(
              row ->
                  List.of(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
              QUESTION);
      List<String> first = rows.get(0);
      return new SearchPath(
          first.get(0),
          parse(first.get(2), first.get(0), first.get(1)),
          rows.stream().map(row -> row.get(3)).toList());
    } catch (SQLException e) {
      throw WarehouseErrors.of(e);
    }
  }

  private static List<Place> parse(String setting, String database, String schema) {
    Tokens tokens = Tokens.of(setting);
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.isName(i) && tokens.is(i + 1, ".") && tokens.isName(i + 2)) {
        places.add(new Place(tokens.name(i), tokens.name(i + 2)));
        i += 2;
      } else if (tokens.isName(i)) {
        places.add(new Place(database, tokens.name(i)));
      }
    }
    return places.isEmpty() ? List.of(new Place(database, schema)) : List.copyOf(places);
  }

  /** The path for the query of a view: DuckDB looks beside the view first. */
  SearchPath inside(List<String> view) {
    Place place = target(view);
    List<Place> first = List.of(place, new Place(place.database(), "main"));
    return new SearchPath(
        database, Stream.concat(first.stream(), set.stream()).toList(), databases);
  }

  /** Where a table or view of this name, its parts as written, would be created. */
  Place target(List<String> name) {
    return places(name).stream()
        .filter(place -> name.size() > 1 && isDatabase(name.get(0)) || !isInternal(place))
        .findFirst()
        .orElse(set.get(0));
  }

  Place temporary() {
    return TEMPORARY;
  }

  /** The schemas in which a name, its parts as written, is looked up, the first first. */
  List<Place> places(List<String> name) {
    if (name.size() > 2) {
      return List.of(new Place(name.get(name.size() - 3), name.get(name.size() - 2)));
    }
    return name.size() == 1 ? all() : owned(name.get(0));
  }

  /** Those of {@code database.name} and {@code schema.name}. */
  private List<Place> owned(String owner) {
    List<Place> places = new ArrayList<>();
    if (isDatabase(owner)) {
      all().stream().filter(place -> equal(place.database(), owner)).forEach(places::add);
      places.add(new Place(owner, "main"));
    }
    List<Place> schemas = all().stream().filter(place -> equal(place.schema(), owner)).toList();
    places.addAll(schemas);
    if (schemas.isEmpty()) {
      places.add(new Place(database, owner));
      places.add(new Place("system", owner));
    }
    return places;
  }

  private List<Place> all() {
    List<Place> all = new ArrayList<>();
    all.add(TEMPORARY);
    all.addAll(set);
    all.add(new Place(database, "main"));
    all.add(new Place("system", "main"));
    all.add(new Place("system", "pg_catalog"));
    return all;
  }

  private boolean isDatabase(String name) {
    return databases.stream().anyMatch(attached -> equal(attached, name));
  }

  private static boolean isInternal(Place place) {
    return equal(place.database(), "temp") || equal(place.database(), "system");
  }

  private static boolean equal(String a, String b) {
    return Names.fold(a).equals(Names.fold(b));
  }
}
