package io.auspex.sql.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.catalog.Names;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.rel.Verbatim;
import io.auspex.sql.tree.Json;
import io.auspex.sql.tree.QueryTree;
import io.auspex.sql.tree.Trees;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Subqueries of expressions. They stay DuckDB's own text, but for the columns of the query around
 * them that they read.
 */
final class Correlation {
  private final Binding binding;
  private final FromBinder from;
  private final CommonTables tables;

  Correlation(Binding binding, FromBinder from, CommonTables tables) {
    this.binding = binding;
    this.from = from;
    this.tables = tables;
  }

  /**
   * The subquery's tree, with other nodes for the names it takes from outside.
   *
   * @param outer what stands for a name that means nothing inside; empty to leave it
   */
  ObjectNode bound(
      ObjectNode query, Function<List<String>, Optional<ObjectNode>> outer, Template template) {
    if (tables.predicts(query)) {
      throw new NotUnderstood(
          (QueryTree.predicts(query) ? "PREDICT" : "another database")
              + " in a subquery of an expression");
    } else if (tables.readsText(query)) {
      throw new NotUnderstood("a WITH item in a subquery");
    }
    ObjectNode alone = template.alone(query, tables);
    String printed = binding.printer().query(alone);
    if (isClosed(printed, template)) {
      return alone;
    }
    template.keepsQuery(printed);
    return query(alone, tables, outer);
  }

  /** The same of a subquery with predictions, which stay in it. */
  ObjectNode renamed(ObjectNode query, Function<List<String>, Optional<ObjectNode>> outer) {
    return query(query, tables, outer);
  }

  /** Whether DuckDB can make sense of it without what is around it. */
  private boolean isClosed(String printed, Template template) {
    try {
      binding.describe(template.text(printed));
      return true;
    } catch (NotUnderstood needsMore) {
      return false;
    }
  }

  private ObjectNode query(
      ObjectNode query, CommonTables around, Function<List<String>, Optional<ObjectNode>> outer) {
    CommonTables inside = around.with(query, false);
    return switch (Json.text(query, "type")) {
      case "SELECT_NODE" -> select(query, inside, outer);
      case "SET_OPERATION_NODE" -> {
        ObjectNode copy = query.deepCopy();
        List<ObjectNode> children = new ArrayList<>();
        Json.children(query, "children").forEach(c -> children.add(query(c, inside, outer)));
        copy.set("children", Json.array(children));
        yield copy;
      }
      default -> throw new NotUnderstood("a correlated " + Json.text(query, "type"));
    };
  }

  private ObjectNode select(
      ObjectNode select, CommonTables inside, Function<List<String>, Optional<ObjectNode>> outer) {
    Scope scope = from.bind((ObjectNode) select.path("from_table"), inside).scope();
    Aliases aliases = Aliases.of(Json.children(select, "select_list"));
    Function<List<String>, Optional<ObjectNode>> names =
        name ->
            scope.find(name).isPresent() || aliases.find(name).isPresent()
                ? Optional.empty()
                : outer.apply(name);
    ObjectNode copy = select.deepCopy();
    for (var field : select.properties()) {
      if (!field.getKey().equals("cte_map")) {
        copy.set(field.getKey(), renamed(field.getValue(), inside, names, Set.of()));
      }
    }
    return copy;
  }

  private JsonNode renamed(
      JsonNode tree,
      CommonTables inside,
      Function<List<String>, Optional<ObjectNode>> names,
      Set<String> lambdas) {
    return Json.replaced(
        tree,
        node -> {
          if (Json.is(node, "class", "COLUMN_REF")) {
            List<String> name = Json.texts(node, "column_names");
            return lambdas.contains(Names.fold(name.get(0)))
                    || name.get(0).startsWith(Verbatim.HOLE)
                ? Optional.empty()
                : names.apply(name);
          } else if (Json.is(node, "class", "LAMBDA")) {
            JsonNode body = renamed(node.path("expr"), inside, names, inside(node, lambdas));
            return Optional.of(Trees.lambda(node, body));
          }
          return Trees.subquery(node)
              .map(
                  query ->
                      Trees.around(
                          node,
                          Json.child(node, "child")
                              .map(child -> renamed(child, inside, names, lambdas)),
                          query(query, inside, names)));
        });
  }

  /**
   * The names of parameters inside a lambda, in lower case, those of lambdas around it included.
   *
   * @throws NotUnderstood where it predicts: what stands in it is not computed once a row
   */
  static Set<String> inside(ObjectNode lambda, Set<String> around) {
    if (QueryTree.predicts(lambda)) {
      throw new NotUnderstood("PREDICT in a lambda");
    }
    Set<String> names = new HashSet<>(around);
    Json.forEach(
        lambda.path("lhs"),
        node -> Json.texts(node, "column_names").forEach(name -> names.add(Names.fold(name))));
    return names;
  }
}
