package io.auspex.sql.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.catalog.Names;
import io.auspex.sql.tree.Json;
import io.auspex.sql.tree.QueryTree;
import io.auspex.sql.tree.Trees;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One text for all ways to write the same expression.
 *
 * @param scope in which two names of a column are the same
 */
record Canonical(Binding binding, Scope scope) {
  private static final Set<String> NOT_MEANT = Set.of("query_location", "query_location_length");

  /** Of an expression, whatever it is called. */
  String text(ObjectNode expression) {
    return inner(Trees.named(expression, ""));
  }

  private String inner(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return Json.is(object, "class", "COLUMN_REF") ? column(object) : object(object);
    } else if (node.isArray()) {
      StringBuilder text = new StringBuilder("[");
      node.forEach(item -> text.append(inner(item)).append(','));
      return text.append(']').toString();
    }
    return node.toString();
  }

  private String column(ObjectNode column) {
    List<String> name = Json.texts(column, "column_names");
    return scope.find(name).map(Object::toString).orElseGet(() -> Names.fold(name.toString()));
  }

  private String object(ObjectNode object) {
    StringBuilder text = new StringBuilder("{");
    // Two calls of a model have two ordinals.
    QueryTree.predict(object).ifPresent(call -> text.append(binding.model(call).digest()));
    // What names mean in a query or a lambda is its own business.
    boolean hasScope = Json.is(object, "class", "SUBQUERY", "LAMBDA");
    Canonical inside = hasScope ? new Canonical(binding, Scope.EMPTY) : this;
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!NOT_MEANT.contains(field.getKey())) {
        JsonNode value = QueryTree.withoutOrdinal(object, field.getKey());
        text.append(field.getKey()).append(':').append(inside.inner(value)).append(',');
      }
    }
    return text.append('}').toString();
  }
}
