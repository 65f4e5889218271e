package io.auspex.sql.rule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.tree.Json;
import io.auspex.sql.tree.QueryTree;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Of queries that stay text, which columns no two rows have in common. */
record GroupedText(PlanningContext context) {

  /**
   * The ordinals of columns whose values are different in all rows, since the query groups by them
   * or is a SELECT DISTINCT; empty where it is another query, or none so plain that nothing in it
   * can multiply rows.
   */
  Optional<Set<Integer>> unique(String query) {
    ObjectNode select;
    try {
      select = QueryTree.of(query, context).root();
    } catch (NotUnderstood unreadable) {
      return Optional.empty();
    }
    List<ObjectNode> items = Json.children(select, "select_list");
    if (!Json.is(select, "type", "SELECT_NODE")) {
      return Optional.empty();
    } else if (items.stream().allMatch(GroupedText::isColumn) && isDistinct(select)) {
      return Optional.of(Set.copyOf(IntStream.range(0, items.size()).boxed().toList()));
    }
    List<ObjectNode> groups = Json.children(select, "group_expressions");
    boolean isPlain = select.path("group_sets").size() == 1 && !groups.isEmpty();
    return isPlain && items.stream().allMatch(item -> isColumn(item) || isAggregate(item))
        ? places(groups, items)
        : Optional.empty();
  }

  private static boolean isColumn(ObjectNode item) {
    return Json.is(item, "class", "COLUMN_REF");
  }

  /** Whether it is one value of a group, computed of nothing but columns. */
  private boolean isAggregate(ObjectNode item) {
    return Json.is(item, "class", "FUNCTION")
        && Json.children(item, "arguments").stream()
            .flatMap(argument -> Json.child(argument, "expression").stream())
            .allMatch(GroupedText::isColumn)
        && !context.functions(Json.text(item, "function_name")).isEmpty()
        && context.functions(Json.text(item, "function_name")).stream()
            .allMatch(function -> function.kind().equals("aggregate"));
  }

  private static boolean isDistinct(ObjectNode select) {
    return Json.children(select, "modifiers").stream()
        .anyMatch(
            modifier ->
                Json.is(modifier, "type", "DISTINCT_MODIFIER")
                    && modifier.path("distinct_on_targets").isEmpty());
  }

  /** Where the keys of groups stand among the items; empty where one is not there. */
  private static Optional<Set<Integer>> places(List<ObjectNode> groups, List<ObjectNode> items) {
    Set<Integer> places = new HashSet<>();
    for (ObjectNode group : groups) {
      List<String> name = Json.texts(group, "column_names");
      Optional<Integer> place =
          IntStream.range(0, items.size())
              .filter(i -> isColumn(group) && Json.texts(items.get(i), "column_names").equals(name))
              .boxed()
              .findFirst();
      if (place.isEmpty()) {
        return Optional.empty();
      }
      places.add(place.get());
    }
    return Optional.of(places);
  }
}
