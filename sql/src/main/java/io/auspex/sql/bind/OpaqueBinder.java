package io.auspex.sql.bind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.catalog.Column;
import io.auspex.sql.bind.CommonTables.Item;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.rel.OpaqueQuery;
import io.auspex.sql.rel.Verbatim;
import io.auspex.sql.statement.SourceName;
import io.auspex.sql.tree.Json;
import io.auspex.sql.tree.QueryTree;
import io.auspex.sql.tree.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.rel.RelNode;

/**
 * Makes an {@link OpaqueQuery} of what is no algebra: the queries with predictions inside of it are
 * planned as its inputs, all around them is text.
 */
final class OpaqueBinder {
  /** Where an input stands in a text; of the private use area, which no query may contain. */
  private static final String MARK = "\uE002";

  private static final Pattern MARKED = Pattern.compile(MARK + "i(\\d+)" + MARK);

  private static final String ONCE = "__auspex_once_";

  private static final Pattern INPUT =
      Pattern.compile("\"" + Verbatim.HOLE + "i(\\d+)" + Verbatim.HOLE + "\"");

  private final Binding binding;
  private final QueryBinder queries;
  private final Template template;
  private final List<RelNode> inputs = new ArrayList<>();
  private final List<ObjectNode> once = new ArrayList<>();
  private int rereading;

  OpaqueBinder(Binding binding, QueryBinder queries) {
    this.binding = binding;
    this.queries = queries;
    this.template = new Template(binding);
  }

  static boolean isMarked(String text) {
    return text.contains(MARK);
  }

  Template template() {
    return template;
  }

  /** A whole query. */
  RelNode bind(ObjectNode query, CommonTables around) {
    return query(opened(query, around), around);
  }

  /** The query with inputs in place of the queries that predict. */
  ObjectNode opened(ObjectNode query, CommonTables around) {
    return Json.is(query, "type", "RECURSIVE_CTE_NODE")
        ? rereading(() -> openedOnce(query, around))
        : openedOnce(query, around);
  }

  private ObjectNode openedOnce(ObjectNode query, CommonTables around) {
    CommonTables inside = around.with(query, true);
    ObjectNode copy = query.deepCopy();
    List<ObjectNode> entries = Json.children(copy.path("cte_map"), "map");
    for (int i = 0; i < entries.size(); i++) {
      ObjectNode value = (ObjectNode) entries.get(i).path("value");
      Item item = inside.items().get(around.items().size() + i);
      CommonTables visible = item.isRecursive() ? item.visible() : item.before();
      int known = inputs.size();
      value.set("query_node", asInput(item.query(), visible));
      if (inputs.size() > known && CommonTables.reads(query, item.name()) > 1) {
        value.put("materialized", Trees.MATERIALIZED);
      }
    }
    return opened(copy, inside, Set.of("cte_map"));
  }

  /** The same for all fields but some. */
  private ObjectNode opened(ObjectNode node, CommonTables around, Set<String> kept) {
    ObjectNode copy = node.deepCopy();
    for (var field : node.properties()) {
      if (!kept.contains(field.getKey())) {
        copy.set(
            field.getKey(), Json.replaced(field.getValue(), inner -> replacement(inner, around)));
      }
    }
    return copy;
  }

  private ObjectNode asInput(ObjectNode query, CommonTables around) {
    if (!around.predicts(query)) {
      return query;
    }
    try {
      return input(queries.bind(query, around));
    } catch (NotUnderstood refused) {
      return opened(query, around);
    }
  }

  private Optional<ObjectNode> replacement(ObjectNode node, CommonTables around) {
    if (Json.is(node, "class", "SUBQUERY") || Json.is(node, "type", "PIVOT", "SHOW_REF")) {
      return Optional.of(rereading(() -> opened(node, around, Set.of("class", "type"))));
    } else if (Json.is(node, "type", "SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE")) {
      return Optional.of(asInput(node, around));
    } else if (Json.is(node, "type", "TABLE_FUNCTION")
            && QueryTree.predict((ObjectNode) node.path("function")).isPresent()
        || QueryTree.source(node).isPresent()) {
      return Optional.of(table(node, around));
    } else if (QueryTree.predict(node).isPresent()) {
      throw new NotUnderstood("PREDICT in an expression of what stays text");
    }
    return template.parameter(node);
  }

  /** {@code PREDICT(MODEL m, TABLE t) AS p}, or a source's table, as a table of that name. */
  private ObjectNode table(ObjectNode call, CommonTables around) {
    ObjectNode unnamed = call.deepCopy().put("alias", "").putNull("sample");
    unnamed.putArray("column_name_alias");
    ObjectNode input = input(queries.table(unnamed, around));
    ObjectNode table = (ObjectNode) input.path("from_table");
    String alias = Json.text(call, "alias");
    String unnamedIs = QueryTree.source(call).map(SourceName::table).orElse("predict");
    table.put("alias", alias.isEmpty() ? unnamedIs : alias);
    table.set("column_name_alias", call.path("column_name_alias"));
    table.set("sample", call.path("sample"));
    return table;
  }

  /** {@code SELECT * FROM} an input. */
  ObjectNode input(RelNode rows) {
    inputs.add(rows);
    String name = Verbatim.HOLE + "i" + (inputs.size() - 1) + Verbatim.HOLE;
    ObjectNode query = Trees.allOf(Trees.table(name));
    if (rereading == 0) {
      return query;
    }
    once.add(Trees.commonTable(ONCE + once.size(), query));
    return Trees.allOf(Trees.table(ONCE + (once.size() - 1)));
  }

  /** Inputs made meanwhile are read once, though what reads them may do so more often. */
  <T> T rereading(Supplier<T> making) {
    rereading++;
    try {
      return making.get();
    } finally {
      rereading--;
    }
  }

  /** The query whose inputs are open. */
  RelNode query(ObjectNode opened, CommonTables around) {
    if (around.readsText(opened)) {
      throw new NotUnderstood("a WITH item in what stays text");
    }
    ObjectNode whole = template.alone(opened, around);
    Trees.prepend(whole, once);
    String text = template.text(hidden(binding.printer().query(whole)));
    List<String> pieces = new ArrayList<>();
    List<RelNode> read = new ArrayList<>();
    Matcher input = MARKED.matcher(text);
    int from = 0;
    while (input.find()) {
      pieces.add(text.substring(from, input.start()));
      read.add(inputs.get(Integer.parseInt(input.group(1))));
      from = input.end();
    }
    pieces.add(text.substring(from));
    return described(pieces, read);
  }

  /** Inputs under another mark than values, of which there are none. */
  private static String hidden(String printed) {
    return INPUT.matcher(printed).replaceAll(MARK + "i$1" + MARK);
  }

  private RelNode described(List<String> pieces, List<RelNode> read) {
    RelNode nameless = new OpaqueQuery(binding.cluster(), pieces, read, List.of());
    List<String> names = binding.planning().columns(nameless).stream().map(Column::name).toList();
    return new OpaqueQuery(binding.cluster(), pieces, read, Projections.distinct(names));
  }
}
