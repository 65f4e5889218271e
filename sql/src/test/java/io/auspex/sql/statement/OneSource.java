package io.auspex.sql.statement;

import io.auspex.catalog.PredictView;
import java.util.List;
import java.util.Optional;

/** No views, and three sources. */
public record OneSource() implements ViewNames {
  @Override
  public Optional<PredictView> view(List<String> name, List<String> reader) {
    return Optional.empty();
  }

  @Override
  public boolean isSource(String name) {
    return List.of("crm", "shop", "still").contains(name);
  }

  @Override
  public Optional<List<String>> table(List<String> name, List<String> reader) {
    return Optional.empty();
  }
}
