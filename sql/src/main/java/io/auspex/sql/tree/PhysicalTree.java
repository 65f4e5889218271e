package io.auspex.sql.tree;

import com.fasterxml.jackson.databind.JsonNode;

/** DuckDB's own plan of a query, as {@code EXPLAIN (FORMAT JSON)} gives it. */
public final class PhysicalTree {
  private PhysicalTree() {}

  /** How many rows DuckDB expects of the plan; −1 where it does not say. */
  public static long rows(String json) {
    JsonNode operator = Json.readAny(json).path(0);
    // What computes columns of a row need not say how many there are.
    while (rows(operator) < 0 && Json.is(operator, "name", "PROJECTION")) {
      operator = operator.path("children").path(0);
    }
    return rows(operator);
  }

  private static long rows(JsonNode operator) {
    return operator.path("extra_info").path("Estimated Cardinality").asLong(-1);
  }
}
