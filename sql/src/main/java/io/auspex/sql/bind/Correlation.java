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
      throw new NotUnderstood("PREDICT in a subquery of an expression");
    } else if (tables.readsText(query)) {
      throw new NotUnderstood("a WITH item in a subquery");
    }
    ObjectNode alone = (ObjectNode) Json.replaced(tables.carriedInto(query), template::parameter);
    if (isClosed(query)) {
      return alone;
    }
    template.keepsQuery(binding.printer().query(alone));
    return query(alone, tables, outer);
  }

  /** The same of a subquery with predictions, which stay in it. */
  ObjectNode renamed(ObjectNode query, Function<List<String>, Optional<ObjectNode>> outer) {
    return query(query, tables, outer);
  }

  /** Whether DuckDB can make sense of it without what is around it. */
  private boolean isClosed(ObjectNode query) {
    Template template = new Template(binding);
    ObjectNode alone = (ObjectNode) Json.replaced(tables.carriedInto(query), template::parameter);
    try {
      binding.describe(template.text(binding.printer().query(alone)));
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
            ObjectNode copy = node.deepCopy();
            copy.set("expr", renamed(node.path("expr"), inside, names, inside(node, lambdas)));
            return Optional.of(copy);
          }
          return Trees.subquery(node)
              .map(
                  query -> {
                    ObjectNode copy = node.deepCopy();
                    if (node.has("child")) {
                      copy.set("child", renamed(node.path("child"), inside, names, lambdas));
                    }
                    ((ObjectNode) copy.path("subquery")).set("node", query(query, inside, names));
                    return copy;
                  });
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
    Json.any(
        lambda.path("lhs"),
        node -> {
          Json.texts(node, "column_names").forEach(name -> names.add(Names.fold(name)));
          return false;
        });
    return names;
  }
}
