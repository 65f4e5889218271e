package io.auspex.sql.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.catalog.Names;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.tree.Json;
import io.auspex.sql.tree.QueryTree;
import io.auspex.sql.tree.Trees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;

/**
 * A SELECT of which a clause is no algebra. Its FROM and, as far as it goes, its WHERE are planned,
 * and the predictions of its expressions as further columns; the other clauses are DuckDB's own
 * text over these rows.
 */
final class OpaqueSelect {
  private static final String ROWS = "__auspex_rows";

  private final Binding binding;
  private final QueryBinder queries;
  private final Source source;
  private final ExpressionBinder expressions;
  private final List<ObjectNode> items;
  private final CommonTables tables;
  private final Aliases aliases;
  private final List<RexNode> columns;
  private final List<String> names;
  private final Set<Integer> used = new TreeSet<>();
  private final Map<String, ObjectNode> subqueries = new HashMap<>();

  OpaqueSelect(
      Binding binding,
      QueryBinder queries,
      Source source,
      ExpressionBinder expressions,
      List<ObjectNode> items,
      CommonTables tables) {
    this.binding = binding;
    this.queries = queries;
    this.source = source;
    this.expressions = expressions;
    this.items = items;
    this.tables = tables;
    this.aliases = Aliases.of(items);
    this.columns = new ArrayList<>(Projections.columns(source.rows()));
    this.names = new ArrayList<>(source.rows().getRowType().getFieldNames());
  }

  RelNode bind(ObjectNode select) {
    RelNode filtered = source.rows();
    List<ObjectNode> left = new ArrayList<>();
    for (ObjectNode condition : conditions(select)) {
      Optional<RexNode> bound = Json.has(select, "sample") ? Optional.empty() : bound(condition);
      if (bound.isPresent()) {
        filtered = LogicalFilter.create(filtered, bound.get());
      } else {
        left.add(condition);
      }
    }
    OpaqueBinder opaque = new OpaqueBinder(binding, queries);
    ObjectNode text = text(select, left, opaque);
    ObjectNode from = (ObjectNode) opaque.input(read(filtered)).path("from_table");
    text.set("from_table", from.put("alias", ROWS));
    return opaque.query(text, tables);
  }

  /** The columns that the text names; one at least, since there are rows. */
  private RelNode read(RelNode rows) {
    List<Integer> ordinals = used.isEmpty() ? List.of(0) : List.copyOf(used);
    return Projections.project(
        rows,
        ordinals.stream().map(columns::get).toList(),
        ordinals.stream().map(names::get).toList());
  }

  private static List<ObjectNode> conditions(ObjectNode select) {
    return Json.child(select, "where_clause").map(ExpressionBinder::conjuncts).orElse(List.of());
  }

  private Optional<RexNode> bound(ObjectNode condition) {
    try {
      return Optional.of(expressions.condition(condition));
    } catch (NotUnderstood refused) {
      return Optional.empty();
    }
  }

  private ObjectNode text(ObjectNode select, List<ObjectNode> where, OpaqueBinder opaque) {
    ObjectNode text = select.deepCopy();
    ((ObjectNode) text.path("cte_map")).putArray("map");
    text.set("from_table", Trees.noTable());
    text.set("where_clause", and(where));
    text.set("select_list", Json.array(items.stream().map(this::named).toList()));
    for (var field : text.properties()) {
      text.set(field.getKey(), renamed(field.getValue(), opaque, Set.of()));
    }
    return text;
  }

  private static JsonNode and(List<ObjectNode> conditions) {
    if (conditions.isEmpty()) {
      return NullNode.getInstance();
    } else if (conditions.size() == 1) {
      return conditions.get(0);
    }
    return Trees.and(conditions);
  }

  /** An item that keeps its name when its columns are called otherwise. */
  private ObjectNode named(ObjectNode item) {
    boolean isMany = Json.is(item, "function_name", "unnest", "unlist");
    if (isMany || QueryTree.predicts(item)) {
      return item;
    }
    String name = SelectBinder.itemName(binding, item);
    boolean isTaken =
        aliases.items().stream()
            .anyMatch(
                other ->
                    other != item
                        && Names.fold(Json.text(other, "alias")).equals(Names.fold(name)));
    return isTaken ? item : Trees.named(item, name);
  }

  private JsonNode renamed(JsonNode tree, OpaqueBinder opaque, Set<String> lambdas) {
    return Json.replaced(tree, node -> replacement(node, opaque, lambdas));
  }

  private Optional<ObjectNode> replacement(
      ObjectNode node, OpaqueBinder opaque, Set<String> lambdas) {
    Optional<RexCall> prediction = expressions.prediction(node);
    if (prediction.isPresent()) {
      return Optional.of(Trees.named(column(prediction.get()), Json.text(node, "alias")));
    }
    return switch (Json.text(node, "class")) {
      case "COLUMN_REF" -> {
        List<String> name = Json.texts(node, "column_names");
        yield expressions.isParameter(name, lambdas)
            ? Optional.empty()
            : name(name).map(column -> Trees.named(column, Json.text(node, "alias")));
      }
      case "LAMBDA" -> {
        Set<String> inner = Correlation.inside(node, lambdas);
        yield Optional.of(Trees.lambda(node, renamed(node.path("expr"), opaque, inner)));
      }
      case "SUBQUERY" -> Optional.of(subquery(node, opaque, lambdas));
      case "STAR" -> {
        if (!Trees.isStar(node)) {
          // Of what is read here it would give other columns than of all there are.
          throw new NotUnderstood("COLUMNS");
        }
        yield Optional.empty();
      }
      case "POSITIONAL_REFERENCE" -> throw new NotUnderstood("a column by its number");
      default -> Optional.empty();
    };
  }

  private ObjectNode subquery(ObjectNode node, OpaqueBinder opaque, Set<String> lambdas) {
    ObjectNode query = Trees.subquery(node).orElseThrow();
    Optional<JsonNode> operand =
        Json.child(node, "child").map(child -> renamed(child, opaque, lambdas));
    Function<List<String>, Optional<ObjectNode>> names =
        name -> expressions.isParameter(name, lambdas) ? Optional.empty() : name(name);
    ObjectNode bound =
        tables.predicts(query)
            ? predictingOnce(query, names, opaque)
            : expressions.subquery(query, names, opaque.template());
    return Trees.around(node, operand, bound);
  }

  /** Equal subqueries are one, since a key of groups and what is selected must be equal. */
  private ObjectNode predictingOnce(
      ObjectNode query, Function<List<String>, Optional<ObjectNode>> names, OpaqueBinder opaque) {
    String text = new Canonical(binding, Scope.EMPTY).text(query);
    ObjectNode known = subqueries.get(text);
    if (known == null) {
      known = opaque.rereading(() -> predicting(query, names, opaque));
      subqueries.put(text, known);
    }
    return known;
  }

  private ObjectNode predicting(
      ObjectNode query, Function<List<String>, Optional<ObjectNode>> names, OpaqueBinder opaque) {
    try {
      return opaque.input(queries.bind(query, tables));
    } catch (NotUnderstood correlated) {
      return opaque.opened(expressions.predictingSubquery(query, names), tables);
    }
  }

  /** The column of the rows that a name means; empty for what the SELECT calls so. */
  private Optional<ObjectNode> name(List<String> name) {
    Optional<Scope.Found> found = expressions.find(name);
    Optional<ObjectNode> alias = aliases.find(name);
    if (found.isPresent() && alias.isPresent() && !isSame(alias.get(), found.get())) {
      throw new NotUnderstood("the name " + name.get(0) + " of a column and of something else");
    } else if (found.isEmpty() && alias.isEmpty()) {
      throw new NotUnderstood("the name " + String.join(".", name));
    }
    return found.map(
        column -> {
          used.add(column.ordinal());
          List<String> path = new ArrayList<>(List.of(ROWS, names.get(column.ordinal())));
          path.addAll(column.fields());
          return Trees.column(path);
        });
  }

  private boolean isSame(ObjectNode item, Scope.Found column) {
    return Json.is(item, "class", "COLUMN_REF")
        && expressions.find(Json.texts(item, "column_names")).filter(column::equals).isPresent();
  }

  private ObjectNode column(RexNode value) {
    int known = columns.indexOf(value);
    if (known < 0) {
      names.add(Names.unused("__p" + columns.size(), names));
      columns.add(value);
    }
    int ordinal = known < 0 ? columns.size() - 1 : known;
    used.add(ordinal);
    return Trees.column(List.of(ROWS, names.get(ordinal)));
  }
}
