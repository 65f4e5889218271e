package io.auspex.sql.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.catalog.Names;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.tree.Json;
import io.auspex.sql.tree.QueryTree;
import io.auspex.sql.tree.Trees;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Gives the columns that a text reads the names they have in its inputs. */
final class Sides {
  private final Binding binding;
  private final Correlation correlation;
  private final Template template;
  private final Function<List<String>, Optional<ObjectNode>> names;

  /**
   * @param names what stands for a name; empty where it has no meaning
   */
  Sides(
      Binding binding,
      Correlation correlation,
      Template template,
      Function<List<String>, Optional<ObjectNode>> names) {
    this.binding = binding;
    this.correlation = correlation;
    this.template = template;
    this.names = names;
  }

  /** An expression all of whose names mean something. */
  ObjectNode renamed(ObjectNode expression) {
    return (ObjectNode) renamed(expression, Set.of());
  }

  private JsonNode renamed(JsonNode tree, Set<String> lambdas) {
    return Json.replaced(
        tree,
        node -> {
          if (QueryTree.predict(node).isPresent()) {
            throw new NotUnderstood("PREDICT in this join");
          }
          return switch (Json.text(node, "class")) {
            case "COLUMN_REF" -> {
              List<String> name = Json.texts(node, "column_names");
              boolean isParameter = lambdas.contains(Names.fold(name.get(0)));
              if (isParameter && name.size() > 1) {
                throw new NotUnderstood("a field of a lambda's parameter in this join");
              }
              yield isParameter
                  ? Optional.empty()
                  : Optional.of(
                      names
                          .apply(name)
                          .orElseThrow(
                              () -> new NotUnderstood("the name " + String.join(".", name))));
            }
            case "LAMBDA" -> {
              Set<String> inner = Correlation.inside(node, lambdas);
              yield Optional.of(Trees.lambda(node, renamed(node.path("expr"), inner)));
            }
            case "SUBQUERY" -> Optional.of(subquery(node, lambdas));
            case "PARAMETER" -> template.parameter(node);
            case "FUNCTION" -> {
              if (binding.functions().isAggregate(node)) {
                throw new NotUnderstood("an aggregate here");
              }
              yield Optional.empty();
            }
            default -> Optional.empty();
          };
        });
  }

  private ObjectNode subquery(ObjectNode node, Set<String> lambdas) {
    Optional<JsonNode> operand = Json.child(node, "child").map(child -> renamed(child, lambdas));
    return Trees.around(node, operand, bound(node));
  }

  private ObjectNode bound(ObjectNode subquery) {
    return correlation.bound(Trees.subquery(subquery).orElseThrow(), names, template);
  }

  /** A table that reads others beside it. */
  ObjectNode lateral(ObjectNode table) {
    if (Json.is(table, "type", "SUBQUERY")) {
      return Trees.around(table, Optional.empty(), bound(table));
    } else if (Json.is(table, "type", "TABLE_FUNCTION")) {
      return (ObjectNode) renamed(table, Set.of());
    }
    throw new NotUnderstood("a lateral " + Json.text(table, "type"));
  }
}
