package io.auspex.sql.bind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.catalog.Names;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.tree.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a SELECT calls its items, for its own clauses.
 *
 * @param items those with a name of their own
 */
record Aliases(List<ObjectNode> items) {
  static final Aliases NONE = new Aliases(List.of());

  static Aliases of(List<ObjectNode> items) {
    List<ObjectNode> named = new ArrayList<>(items);
    named.removeIf(item -> Json.text(item, "alias").isEmpty() || Stars.isWrittenOut(item));
    return new Aliases(List.copyOf(named));
  }

  /** The item of this name. */
  Optional<ObjectNode> find(List<String> name) {
    if (name.size() != 1) {
      return Optional.empty();
    }
    String folded = Names.fold(name.get(0));
    List<ObjectNode> found =
        items.stream().filter(item -> Names.fold(Json.text(item, "alias")).equals(folded)).toList();
    if (found.size() > 1) {
      throw new NotUnderstood("the alias " + name.get(0) + " of several columns");
    }
    return found.stream().findFirst();
  }
}
