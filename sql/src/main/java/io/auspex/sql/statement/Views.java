package io.auspex.sql.statement;

import io.auspex.catalog.Names;
import io.auspex.catalog.PredictView;
import java.util.List;
import java.util.Optional;

/** The views over predictions, as a statement may name them. */
record Views(List<PredictView> views) {
  Views {
    views = List.copyOf(views);
  }

  boolean isEmpty() {
    return views.isEmpty();
  }

  /**
   * The view that a reference, its parts as written, means: {@code view}, {@code schema.view},
   * {@code database.view} or {@code database.schema.view}.
   */
  Optional<PredictView> named(List<String> reference) {
    return views.stream().filter(view -> isMeant(view, reference)).findFirst();
  }

  private static boolean isMeant(PredictView view, List<String> reference) {
    int parts = reference.size();
    if (parts < 1 || parts > 3 || !equal(view.name(), reference.get(parts - 1))) {
      return false;
    } else if (parts == 2) {
      String owner = reference.get(0);
      return equal(view.schema(), owner) || equal(view.database(), owner);
    }
    return parts == 1
        || (equal(view.schema(), reference.get(1)) && equal(view.database(), reference.get(0)));
  }

  private static boolean equal(String a, String b) {
    return Names.fold(a).equals(Names.fold(b));
  }
}
