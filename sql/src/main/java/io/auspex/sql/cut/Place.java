package io.auspex.sql.cut;

import io.auspex.sql.statement.Shape.Query;

/**
 * Where in a fragment something stands.
 *
 * @param scope the CTEs that can be named there
 * @param query the innermost query around it
 * @param inside the CTE whose text it is; null outside of all
 * @param once whether it is read once whenever that text is
 */
record Place(Scope scope, Query query, CteUse inside, boolean once) {

  Place with(Scope inner) {
    return new Place(inner, query, inside, once);
  }

  Place in(Query inner) {
    return new Place(scope, inner, inside, once);
  }

  Place once(boolean readOnce) {
    return new Place(scope, query, inside, once && readOnce);
  }

  /** How often what stands here is read, at most; more than once is as good as 2. */
  int times() {
    if (!once) {
      return 2;
    }
    return inside == null ? 1 : inside.times();
  }
}
