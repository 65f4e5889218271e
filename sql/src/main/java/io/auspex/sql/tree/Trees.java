package io.auspex.sql.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Nodes of a tree that are made here, as DuckDB writes them. */
public final class Trees {
  private static final BigInteger NO_PLACE = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
  private static final String NOWHERE =
      "\"alias\":\"\",\"query_location\":" + NO_PLACE + ",\"query_location_length\":0";

  /** What a WITH item says that is computed once. */
  public static final String MATERIALIZED = "CTE_MATERIALIZE_ALWAYS";

  private static final List<String> STAR_CLAUSES =
      List.of("exclude_list", "qualified_exclude_list", "replace_list", "rename_list");

  /** Those of a SELECT besides FROM and WHERE. */
  private static final List<String> OTHER_CLAUSES =
      List.of("modifiers", "group_expressions", "group_sets", "having", "qualify", "sample");

  private Trees() {}

  /** {@code SELECT items FROM table}. */
  public static ObjectNode select(List<? extends JsonNode> items, ObjectNode table) {
    ObjectNode select =
        Json.read(
            "{\"type\":\"SELECT_NODE\",\"modifiers\":[],\"cte_map\":{\"map\":[]},"
                + "\"where_clause\":null,\"group_expressions\":[],\"group_sets\":[],"
                + "\"aggregate_handling\":\"STANDARD_HANDLING\",\"having\":null,\"sample\":null,"
                + "\"qualify\":null}");
    select.set("select_list", Json.array(items));
    select.set("from_table", table);
    return select;
  }

  /** {@code SELECT * FROM table}. */
  public static ObjectNode allOf(ObjectNode table) {
    return select(List.of(star()), table);
  }

  private static ObjectNode star() {
    return Json.read(
        "{\"class\":\"STAR\",\"type\":\"STAR\","
            + NOWHERE
            + ",\"relation_name\":\"\",\"exclude_list\":[],\"replace_list\":[],"
            + "\"columns\":false,\"expr\":null,\"qualified_exclude_list\":[],\"rename_list\":[]}");
  }

  /** Whether a query is {@code SELECT * FROM table}, as which {@code TABLE table} is read. */
  public static boolean isAllOfTable(ObjectNode query) {
    List<ObjectNode> items = Json.children(query, "select_list");
    return Json.is(query.path("from_table"), "type", "BASE_TABLE")
        && items.size() == 1
        && isStar(items.get(0))
        && STAR_CLAUSES.stream().noneMatch(clause -> Json.has(items.get(0), clause))
        && !Json.has(query, "where_clause")
        && isSelectFromWhere(query);
  }

  /** Whether a query has no other clauses than these. */
  public static boolean isSelectFromWhere(ObjectNode query) {
    return Json.is(query, "type", "SELECT_NODE")
        && OTHER_CLAUSES.stream().noneMatch(clause -> Json.has(query, clause))
        && Json.is(query, "aggregate_handling", "STANDARD_HANDLING")
        && !Json.has(query.path("cte_map"), "map");
  }

  /**
   * Whether a node is {@code *}, with or without lists, or ALL; COLUMNS(…) is called so as well.
   */
  public static boolean isStar(ObjectNode node) {
    return Json.is(node, "class", "STAR")
        && !node.path("columns").asBoolean()
        && !Json.has(node, "expr");
  }

  /** No FROM clause. */
  public static ObjectNode noTable() {
    return Json.read("{\"type\":\"EMPTY\",\"sample\":null," + NOWHERE + "}");
  }

  /** A table of this name. */
  public static ObjectNode table(String name) {
    ObjectNode table =
        Json.read(
            "{\"type\":\"BASE_TABLE\",\"sample\":null,"
                + NOWHERE
                + ",\"schema_name\":\"\",\"column_name_alias\":[],\"catalog_name\":\"\","
                + "\"at_clause\":null}");
    table.put("table_name", name);
    table.putObject("qualified_name").putArray("path").add(name);
    return table;
  }

  /** An item of a WITH clause that is computed once, however often it is read. */
  public static ObjectNode commonTable(String name, ObjectNode query) {
    ObjectNode item = Json.object().put("key", name);
    ObjectNode value = item.putObject("value").put("materialized", MATERIALIZED);
    value.putArray("aliases");
    value.set("query_node", query);
    value.putArray("key_targets");
    value.putArray("payload_aggregates");
    return item;
  }

  /** Puts items before those of a query's WITH clause. */
  public static void prepend(ObjectNode query, List<ObjectNode> items) {
    ArrayNode map = (ArrayNode) query.path("cte_map").path("map");
    for (int i = 0; i < items.size(); i++) {
      map.insert(i, items.get(i));
    }
  }

  public static ObjectNode column(List<String> names) {
    ObjectNode column =
        Json.read("{\"class\":\"COLUMN_REF\",\"type\":\"COLUMN_REF\"," + NOWHERE + "}");
    names.forEach(column.putArray("column_names")::add);
    return column;
  }

  public static ObjectNode column(String name) {
    return column(List.of(name));
  }

  /** {@code struct_extract(value, 'field')}. */
  public static ObjectNode field(ObjectNode value, String name) {
    ObjectNode extract =
        Json.read("{\"class\":\"OPERATOR\",\"type\":\"STRUCT_EXTRACT\"," + NOWHERE + "}");
    ObjectNode constant =
        Json.read("{\"class\":\"CONSTANT\",\"type\":\"VALUE_CONSTANT\"," + NOWHERE + "}");
    constant.putObject("literal").put("kind", "STRING").put("text", name);
    extract.putArray("children").add(value).add(constant);
    return extract;
  }

  /** A function's call without a schema, and with one more argument, the first. */
  public static ObjectNode call(ObjectNode function, String name, ObjectNode first) {
    ObjectNode call = function.deepCopy().put("schema", "").put("catalog", "");
    call.putObject("qualified_name").putArray("path").add(name);
    ObjectNode argument = Json.object().put("name", "");
    argument.set("expression", first);
    call.withArray("arguments").insert(0, argument);
    return call;
  }

  /** The conjunction of two conditions or more. */
  public static ObjectNode and(List<ObjectNode> conditions) {
    ObjectNode and =
        Json.read("{\"class\":\"CONJUNCTION\",\"type\":\"CONJUNCTION_AND\"," + NOWHERE + "}");
    and.set("children", Json.array(conditions));
    return and;
  }

  /** The same tree without its places in the text, so that equal ones are equal. */
  static ObjectNode anywhere(ObjectNode tree) {
    ObjectNode copy = tree.deepCopy();
    forgetPlaces(copy);
    return copy;
  }

  private static void forgetPlaces(JsonNode node) {
    if (node instanceof ObjectNode object && object.has("query_location")) {
      object.put("query_location", NO_PLACE).put("query_location_length", 0);
    }
    node.forEach(Trees::forgetPlaces);
  }

  /** The same expression under another name, which is empty for none. */
  public static ObjectNode named(ObjectNode expression, String alias) {
    return expression.deepCopy().put("alias", alias);
  }

  /** Whether this is a query inside of an expression or of FROM, and that query. */
  public static Optional<ObjectNode> subquery(ObjectNode node) {
    return Json.child(node, "subquery").flatMap(statement -> Json.child(statement, "node"));
  }

  /**
   * A subquery around another query.
   *
   * @param operand what stands beside it, as in {@code operand IN (…)}
   */
  public static ObjectNode around(
      ObjectNode subquery, Optional<? extends JsonNode> operand, ObjectNode query) {
    ObjectNode copy = subquery.deepCopy();
    operand.ifPresent(value -> copy.set("child", value));
    ((ObjectNode) copy.path("subquery")).set("node", query);
    return copy;
  }

  /** A lambda of the same parameters that computes something else. */
  public static ObjectNode lambda(ObjectNode lambda, JsonNode body) {
    ObjectNode copy = lambda.deepCopy();
    copy.set("expr", body);
    return copy;
  }

  /** The path of a table's name, as far as it was written. */
  public static List<String> tableName(ObjectNode table) {
    return Json.texts(table.path("qualified_name"), "path");
  }
}
