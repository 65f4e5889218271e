package io.auspex.sql.cut;

import io.auspex.catalog.Names;
import io.auspex.sql.statement.Shape.Cte;
import io.auspex.sql.statement.Shape.With;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The CTEs that can be named at a place of a fragment.
 *
 * @param outer those of the queries around; null if there are none
 * @param visible how many of the clause's CTEs can be named
 * @param uses where the fragment reads each of them
 */
record Scope(Scope outer, With with, int visible, Map<Cte, CteUse> uses) {

  static Scope of(Scope outer, With with) {
    return new Scope(outer, with, with.ctes().size(), new IdentityHashMap<>());
  }

  /** What the {@code k}-th CTE itself can name: those before it; RECURSIVE adds itself. */
  Scope inside(int k) {
    return new Scope(outer, with, with.recursive() ? k + 1 : k, uses);
  }

  /** The same names for another fragment, which has read none of them. */
  static Scope anew(Scope scope) {
    return scope == null
        ? null
        : new Scope(anew(scope.outer), scope.with, scope.visible, new IdentityHashMap<>());
  }

  /** The CTE that a name means; empty if it means a table. */
  static Optional<CteUse> find(Scope scope, String name) {
    for (Scope at = scope; at != null; at = at.outer) {
      List<Cte> ctes = at.with.ctes();
      for (int k = at.visible - 1; k >= 0; k--) {
        if (Names.fold(ctes.get(k).name()).equals(Names.fold(name))) {
          return Optional.of(at.use(ctes.get(k)));
        }
      }
    }
    return Optional.empty();
  }

  CteUse use(Cte cte) {
    return uses.computeIfAbsent(cte, CteUse::new);
  }
}
