package io.auspex.sql.tree;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.sql.context.PlanningContext;
import java.util.List;

/** Asks DuckDB for the text of trees. */
public final class TreePrinter {
  private static final String SELECT = "SELECT ";

  private final PlanningContext context;

  public TreePrinter(PlanningContext context) {
    this.context = context;
  }

  public String query(ObjectNode query) {
    return text(Trees.anywhere(query));
  }

  private String text(ObjectNode query) {
    ObjectNode root = Json.object().put("error", false);
    root.putArray("statements")
        .addObject()
        .<ObjectNode>set("node", query)
        .putArray("named_param_map");
    return context.print(root.toString());
  }

  /** An expression, without the name it may be given. */
  public String expression(ObjectNode expression) {
    ObjectNode unnamed = Trees.named(expression, "");
    return query(Trees.select(List.of(unnamed), Trees.noTable())).substring(SELECT.length());
  }
}
