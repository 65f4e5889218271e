package io.auspex.sql.statement;

import io.auspex.catalog.Names;
import io.auspex.catalog.PredictView;
import java.util.List;
import java.util.Optional;

/**
 * A warehouse of views, and of tables {@code r} in every schema. The session is in main; crm is a
 * source.
 */
record KnownViews(List<PredictView> views) implements ViewNames {

  @Override
  public Optional<PredictView> view(List<String> name, List<String> reader) {
    String full = String.join(".", full(name, reader));
    return views.stream()
        .filter(view -> full.equals(view.database() + "." + view.schema() + "." + view.name()))
        .findFirst();
  }

  @Override
  public boolean isSource(String name) {
    return Names.fold(name).equals("crm");
  }

  @Override
  public Optional<List<String>> table(List<String> name, List<String> reader) {
    List<String> full = full(name, reader);
    return full.get(2).equals("r") ? Optional.of(full) : Optional.empty();
  }

  private static List<String> full(List<String> name, List<String> reader) {
    String schema = reader.size() == 3 ? reader.get(1) : "main";
    int parts = name.size();
    return List.of(
        "db",
        Names.fold(parts > 1 ? name.get(parts - 2) : schema),
        Names.fold(name.get(parts - 1)));
  }
}
