package io.auspex.sql.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.catalog.Column;
import io.auspex.catalog.Names;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.tree.Json;
import io.auspex.sql.tree.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes out what stands for several columns: {@code *} with EXCLUDE, REPLACE and RENAME, {@code
 * t.*}, and COLUMNS(…), for which DuckDB is asked.
 */
final class Stars {
  /** Marks a column under the name it has anyway, which is no alias. */
  private static final String WRITTEN_OUT = "written_out";

  private final Binding binding;
  private final Scope scope;
  private final List<String> names;

  /**
   * @param names of the columns of the rows that the scope is about
   */
  Stars(Binding binding, Scope scope, List<String> names) {
    this.binding = binding;
    this.scope = scope;
    this.names = names;
  }

  /** Whether an item is a column that a star stood for, which the query itself did not name. */
  static boolean isWrittenOut(ObjectNode item) {
    return item.has(WRITTEN_OUT);
  }

  /** A SELECT list without stars. Columns are written by {@link #column}. */
  List<ObjectNode> expanded(List<ObjectNode> items) {
    List<ObjectNode> expanded = new ArrayList<>();
    for (ObjectNode item : items) {
      expanded.addAll(expanded(item));
    }
    return expanded;
  }

  private List<ObjectNode> expanded(ObjectNode item) {
    if (isPlain(item)) {
      return plain(item);
    }
    List<ObjectNode> stars = new ArrayList<>();
    collect(item, stars);
    if (stars.isEmpty()) {
      return List.of(item);
    }
    return Json.any(item, node -> Json.is(node, "type", "OPERATOR_UNPACK"))
        ? List.of(unpacked(item))
        : computed(item, stars.get(0));
  }

  /** {@code f(*COLUMNS('…'))}: the columns are the arguments. */
  private ObjectNode unpacked(ObjectNode item) {
    return (ObjectNode)
        Json.replaced(
            item,
            node -> {
              for (String field : List.of("arguments", "children")) {
                if (node.path(field).size() == 1) {
                  ObjectNode argument = Json.children(node, field).get(0);
                  ObjectNode value = Json.child(argument, "expression").orElse(argument);
                  if (Json.is(value, "type", "OPERATOR_UNPACK")) {
                    return Optional.of(unpacked(node, field, value));
                  }
                }
              }
              return Optional.empty();
            });
  }

  private ObjectNode unpacked(ObjectNode call, String field, ObjectNode operator) {
    ObjectNode star = Json.children(operator, "children").get(0);
    Map<String, Integer> visible = visible();
    ObjectNode copy = call.deepCopy();
    List<ObjectNode> columns = new ArrayList<>();
    for (String name : matching(outermost(star), List.copyOf(visible.keySet()))) {
      ObjectNode column = column(visible.get(name));
      ObjectNode argument = Json.object().put("name", "");
      argument.set("expression", column);
      columns.add(field.equals("arguments") ? argument : column);
    }
    copy.set(field, Json.array(columns));
    return copy;
  }

  private Map<String, Integer> visible() {
    Map<String, Integer> visible = new LinkedHashMap<>();
    for (Scope.Column column : scope.visible()) {
      if (visible.put(column.name(), column.ordinal()) != null) {
        throw new NotUnderstood("COLUMNS over two columns " + column.name());
      }
    }
    return visible;
  }

  /** The stars in an expression, but for those that a query in it has. */
  private static void collect(JsonNode expression, List<ObjectNode> stars) {
    if (Json.is(expression, "class", "STAR")) {
      stars.add((ObjectNode) expression);
    } else if (!Json.has(expression, "subquery")) {
      expression.forEach(child -> collect(child, stars));
    }
  }

  private static boolean isPlain(ObjectNode item) {
    return Json.is(item, "class", "STAR")
        && !item.path("columns").asBoolean()
        && !Json.has(item, "expr");
  }

  private List<ObjectNode> plain(ObjectNode star) {
    String table = Json.text(star, "relation_name");
    List<Scope.Column> columns =
        table.isEmpty()
            ? scope.visible()
            : scope
                .columnsOf(table)
                .orElseThrow(() -> new NotUnderstood(table + ".* of no single table"));
    Map<String, ObjectNode> replaced = new LinkedHashMap<>();
    for (ObjectNode entry : Json.children(star, "replace_list")) {
      replaced.put(Names.fold(Json.text(entry, "key")), (ObjectNode) entry.path("value"));
    }
    Map<String, String> renamed = new LinkedHashMap<>();
    for (ObjectNode entry : Json.children(star, "rename_list")) {
      renamed.put(Names.fold(Json.text(entry.path("key"), "column")), Json.text(entry, "value"));
    }
    List<String> excluded = excluded(star);
    List<ObjectNode> items = new ArrayList<>();
    for (Scope.Column column : columns) {
      String name = Names.fold(column.name());
      if (!excluded.contains(name)) {
        ObjectNode value = replaced.getOrDefault(name, column(column.ordinal()));
        ObjectNode item = Trees.named(value, renamed.getOrDefault(name, column.name()));
        boolean isNew = replaced.containsKey(name) || renamed.containsKey(name);
        items.add(isNew ? item : item.put(WRITTEN_OUT, true));
      }
    }
    return items;
  }

  private static List<String> excluded(ObjectNode star) {
    if (Json.has(star, "qualified_exclude_list")) {
      throw new NotUnderstood("EXCLUDE of a qualified name");
    }
    return Json.texts(star, "exclude_list").stream().map(Names::fold).toList();
  }

  /** A name that means the column, whatever tables are called. */
  private ObjectNode column(int ordinal) {
    return Trees.column(List.of(Scope.ROW, names.get(ordinal)));
  }

  /** {@code COLUMNS('…')} and what is computed of each of its columns. */
  private List<ObjectNode> computed(ObjectNode item, ObjectNode star) {
    if (Json.text(item, "alias").contains("\\")) {
      throw new NotUnderstood("a name made by a pattern");
    }
    Map<String, Integer> visible = visible();
    if (Json.has(star, "replace_list") || Json.has(star, "rename_list")) {
      throw new NotUnderstood("REPLACE or RENAME in COLUMNS");
    }
    List<ObjectNode> items = new ArrayList<>();
    for (String name : matching(outermost(star), List.copyOf(visible.keySet()))) {
      ObjectNode column = column(visible.get(name));
      ObjectNode value = (ObjectNode) Json.replaced(item, node -> starless(node, column));
      String alias = Json.text(item, "alias");
      items.add(
          isStar(item) && alias.isEmpty()
              ? Trees.named(value, name).put(WRITTEN_OUT, true)
              : value);
    }
    return items;
  }

  private static Optional<ObjectNode> starless(ObjectNode node, ObjectNode column) {
    if (isStar(node)) {
      return Optional.of(column);
    }
    return node.has("subquery") ? Optional.of(node) : Optional.empty();
  }

  /** {@code * LIKE '…'} is a condition on the names, COLUMNS(…) an operand. */
  private static ObjectNode outermost(ObjectNode star) {
    if (!star.path("columns").asBoolean()) {
      throw new NotUnderstood("* in an expression");
    }
    return star;
  }

  private static boolean isStar(ObjectNode node) {
    return Json.is(node, "class", "STAR");
  }

  private List<String> matching(ObjectNode star, List<String> columns) {
    String nulls =
        String.join(", ", columns.stream().map(name -> "NULL AS " + Names.quote(name)).toList());
    String table = Json.text(star, "relation_name");
    String alias = table.isEmpty() ? "named" : Names.quote(table);
    String text = binding.printer().expression(star);
    return binding.describe("SELECT " + text + " FROM (SELECT " + nulls + ") AS " + alias).stream()
        .map(Column::name)
        .toList();
  }
}
