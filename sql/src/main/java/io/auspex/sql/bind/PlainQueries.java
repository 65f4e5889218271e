package io.auspex.sql.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.sql.tree.Json;
import io.auspex.sql.tree.Trees;

/**
 * Queries that predict nothing, but say something to rules: columns of tables, filtered and joined,
 * without anything that depends on more than one row or is another each time. All others stay text,
 * as which DuckDB knows best what to do with them.
 */
record PlainQueries(Functions functions) {
  /** Whether it is one. */
  boolean contain(ObjectNode query) {
    return Trees.isSelectFromWhere(query)
        && isFrom((ObjectNode) query.path("from_table"))
        && isOfRow(query.path("where_clause"))
        && Json.children(query, "select_list").stream().allMatch(this::isItem)
        && !functions.isVolatileIn(query);
  }

  private static boolean isFrom(ObjectNode table) {
    if (Json.has(table, "sample") || Json.has(table, "at_clause")) {
      return false;
    }
    return switch (Json.text(table, "type")) {
      case "BASE_TABLE", "SUBQUERY" -> true;
      case "JOIN" ->
          Json.is(table, "ref_type", "REGULAR")
              && Json.is(table, "join_type", "INNER", "LEFT", "RIGHT", "OUTER")
              && isFrom((ObjectNode) table.path("left"))
              && isFrom((ObjectNode) table.path("right"))
              && isOfRow(table.path("condition"));
      default -> false;
    };
  }

  private boolean isItem(ObjectNode item) {
    JsonNode computed = Trees.isStar(item) ? item.path("replace_list") : item;
    return isOfRow(computed) && !functions.aggregates(computed);
  }

  private static boolean isOfRow(JsonNode expression) {
    return !Json.any(expression, node -> Json.is(node, "class", "STAR", "SUBQUERY", "WINDOW"));
  }
}
