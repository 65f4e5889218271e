package io.auspex.sql.cut;

import io.auspex.sql.statement.Shape.Cte;
import java.util.ArrayList;
import java.util.List;

/** Where one fragment reads a CTE. Made by {@link Scope}, filled while the fragment is written. */
final class CteUse {
  private final Cte cte;
  private final List<Place> readers = new ArrayList<>();

  CteUse(Cte cte) {
    this.cte = cte;
  }

  Cte cte() {
    return cte;
  }

  void readAt(Place place) {
    readers.add(place);
  }

  boolean isRead() {
    return !readers.isEmpty();
  }

  /** How often it is read, at most; more than once is as good as 2. */
  int times() {
    int times = 0;
    for (Place reader : readers) {
      times = Math.min(2, times + reader.times());
    }
    return times;
  }
}
