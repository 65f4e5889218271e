package io.auspex.engine;

import io.auspex.catalog.Names;
import io.auspex.catalog.PredictView;
import io.auspex.sql.statement.ViewNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tells what names mean within one statement; asks DuckDB only about those that views have, and for
 * sources only where a name may be one's.
 */
final class PredictViewNames implements ViewNames {
  private final List<PredictView> views;
  private final NameLookup lookup;
  private final Supplier<Set<String>> sources;
  private final Map<List<List<String>>, Optional<List<String>>> known = new HashMap<>();
  private Set<String> knownSources;

  /**
   * @param sources the names of sources, folded
   */
  PredictViewNames(List<PredictView> views, NameLookup lookup, Supplier<Set<String>> sources) {
    this.views = views;
    this.lookup = lookup;
    this.sources = sources;
  }

  @Override
  public boolean isSource(String name) {
    if (knownSources == null) {
      knownSources = sources.get();
    }
    return knownSources.contains(Names.fold(name));
  }

  @Override
  public Optional<PredictView> view(List<String> name, List<String> reader) {
    String last = Names.fold(name.get(name.size() - 1));
    return views.stream().noneMatch(view -> Names.fold(view.name()).equals(last))
        ? Optional.empty()
        : table(name, reader).flatMap(this::named);
  }

  private Optional<PredictView> named(List<String> full) {
    return views.stream()
        .filter(view -> List.of(view.database(), view.schema(), view.name()).equals(full))
        .findFirst();
  }

  @Override
  public Optional<List<String>> table(List<String> name, List<String> reader) {
    return known.computeIfAbsent(
        List.of(name, reader),
        asked ->
            (reader.isEmpty() ? lookup.find(name) : lookup.find(name, reader))
                .map(NameLookup.Entry::name));
  }
}
