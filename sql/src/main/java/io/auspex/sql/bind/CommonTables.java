package io.auspex.sql.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.catalog.Names;
import io.auspex.sql.tree.Json;
import io.auspex.sql.tree.QueryTree;
import io.auspex.sql.tree.Trees;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The WITH items that a query can read, those of the queries around it included. Immutable.
 *
 * @param items in the order of their definition; of two of a name the later counts
 */
record CommonTables(List<Item> items) {
  static final CommonTables NONE = new CommonTables(List.of());

  /**
   * @param entry the name and what it means, as they stand in the tree
   * @param before what its query can read
   * @param predicts whether there is a prediction in it, or in what it reads
   * @param isText whether it stays a WITH item of some text around, so that nothing else reads it
   */
  record Item(
      String name, ObjectNode entry, CommonTables before, boolean predicts, boolean isText) {

    ObjectNode query() {
      return (ObjectNode) entry.path("value").path("query_node");
    }

    List<String> columns() {
      return Json.texts(entry.path("value"), "aliases");
    }

    /** What a query beside it can read: it, and what it can read itself. */
    CommonTables visible() {
      List<Item> all = new ArrayList<>(before.items());
      all.add(this);
      return new CommonTables(all);
    }

    boolean isRecursive() {
      return Json.is(query(), "type", "RECURSIVE_CTE_NODE");
    }
  }

  CommonTables {
    items = List.copyOf(items);
  }

  /** With those that a query defines. */
  CommonTables with(ObjectNode query, boolean areText) {
    CommonTables all = this;
    for (ObjectNode entry : Json.children(query.path("cte_map"), "map")) {
      List<Item> more = new ArrayList<>(all.items);
      String name = Json.text(entry, "key");
      more.add(new Item(name, entry, all, all.predicts(entry), areText));
      all = new CommonTables(more);
    }
    return all;
  }

  Optional<Item> find(List<String> name) {
    if (name.size() != 1) {
      return Optional.empty();
    }
    String folded = Names.fold(name.get(0));
    for (int i = items.size() - 1; i >= 0; i--) {
      if (Names.fold(items.get(i).name()).equals(folded)) {
        return Optional.of(items.get(i));
      }
    }
    return Optional.empty();
  }

  /** What sets these apart from others at the same place of a query. */
  List<String> visibility() {
    return items.stream().map(item -> item.name() + (item.isText() ? " as text" : "")).toList();
  }

  private Optional<Item> read(ObjectNode node) {
    return Json.is(node, "type", "BASE_TABLE") ? find(Trees.tableName(node)) : Optional.empty();
  }

  /**
   * Whether there is a prediction in a tree, or a table of another database, or in a WITH item that
   * it reads: what DuckDB alone cannot run.
   */
  boolean predicts(JsonNode tree) {
    return Json.any(
        tree,
        node ->
            QueryTree.predict(node).isPresent()
                || QueryTree.source(node).isPresent()
                || read(node).filter(Item::predicts).isPresent());
  }

  /** Whether a tree reads an item that a text around it keeps. */
  boolean readsText(JsonNode tree) {
    return Json.any(tree, node -> read(node).filter(Item::isText).isPresent());
  }

  /** How often a tree reads a table of this name. */
  static int reads(JsonNode tree, String name) {
    int[] count = new int[1];
    Json.forEach(
        tree,
        node -> {
          if (Json.is(node, "type", "BASE_TABLE")
              && Names.fold(String.join(".", Trees.tableName(node))).equals(Names.fold(name))) {
            count[0]++;
          }
        });
    return count[0];
  }

  /** A query that can be read alone: with the items that it reads, and those that they read. */
  ObjectNode carriedInto(ObjectNode query) {
    Set<String> needed = new HashSet<>();
    collect(query, needed);
    ObjectNode copy = query.deepCopy();
    ArrayNode map = (ArrayNode) copy.withObject("/cte_map").withArray("/map");
    int at = 0;
    for (Item item : items) {
      boolean isLast = find(List.of(item.name())).filter(last -> last == item).isPresent();
      if (isLast && needed.contains(Names.fold(item.name()))) {
        map.insert(at++, item.entry().deepCopy());
      }
    }
    return copy;
  }

  private void collect(JsonNode tree, Set<String> needed) {
    Json.forEach(
        tree,
        node ->
            read(node)
                .filter(item -> needed.add(Names.fold(item.name())))
                .ifPresent(item -> item.visible().collect(item.entry(), needed)));
  }
}
