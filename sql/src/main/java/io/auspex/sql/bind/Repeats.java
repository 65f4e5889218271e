package io.auspex.sql.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.sql.bind.CommonTables.Item;
import io.auspex.sql.tree.Json;
import io.auspex.sql.tree.Trees;
import java.util.List;
import java.util.Optional;

/** Whether what is computed twice may give two results. */
record Repeats(Binding binding) {

  /** Whether a WITH item may, by itself or by what it reads. */
  boolean differ(Item item) {
    return differ(item.query(), item.before());
  }

  private boolean differ(JsonNode query, CommonTables tables) {
    return binding.functions().isVolatileIn(query)
        || Json.any(query, node -> chooses(node) || reads(node, tables));
  }

  /** Whether it takes some rows of many. */
  private static boolean chooses(ObjectNode node) {
    return Json.has(node, "sample") || Json.is(node, "type", "LIMIT_MODIFIER");
  }

  /** Whether it reads another item that may differ, or what nobody has looked into. */
  private boolean reads(ObjectNode node, CommonTables tables) {
    if (Json.is(node, "type", "TABLE_FUNCTION")) {
      return binding.functions().isTableMacro((ObjectNode) node.path("function"));
    } else if (!Json.is(node, "type", "BASE_TABLE")) {
      return false;
    }
    List<String> name = Trees.tableName(node);
    Optional<Item> item = tables.find(name);
    return item.isPresent()
        ? differ(item.get())
        : binding.context().table(name).filter(table -> table.rows() < 0).isPresent();
  }
}
