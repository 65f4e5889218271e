package io.auspex.sql.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.catalog.Names;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.rel.Verbatim;
import io.auspex.sql.tree.Json;
import io.auspex.sql.tree.QueryTree;
import io.auspex.sql.unparse.ParameterMarks;
import java.util.List;
import java.util.Optional;

/** The tree of an expression's text, in which names stand for its operands. */
final class Holes {
  private static final String PREFIX = "__auspex_hole_";
  private static final String PARAMETER = "__auspex_parameter";

  private Holes() {}

  static ObjectNode parsed(Verbatim text, PlanningContext context) {
    StringBuilder sql = new StringBuilder("SELECT ").append(text.pieces().get(0));
    for (int i = 1; i < text.pieces().size(); i++) {
      sql.append(Names.quote(PREFIX + (i - 1))).append(text.pieces().get(i));
    }
    String called = ParameterMarks.called(sql.toString(), PARAMETER);
    List<ObjectNode> items = Json.children(QueryTree.of(called, context).root(), "select_list");
    if (items.size() != 1) {
      throw new NotUnderstood(sql.toString());
    }
    return items.get(0);
  }

  /** The ordinal of the statement's parameter that a node stands for. */
  static Optional<Integer> parameter(ObjectNode node) {
    return Json.is(node, "class", "FUNCTION") && Json.is(node, "function_name", PARAMETER)
        ? Optional.of(
            node.path("arguments").path(0).path("expression").path("literal").path("text").asInt())
        : Optional.empty();
  }

  /** The ordinal of the operand that a node stands for. */
  static Optional<Integer> of(ObjectNode node) {
    List<String> name = Json.texts(node, "column_names");
    boolean isHole =
        Json.is(node, "class", "COLUMN_REF") && name.size() == 1 && name.get(0).startsWith(PREFIX);
    return isHole
        ? Optional.of(Integer.valueOf(name.get(0).substring(PREFIX.length())))
        : Optional.empty();
  }
}
