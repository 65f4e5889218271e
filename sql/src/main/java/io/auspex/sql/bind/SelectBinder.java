package io.auspex.sql.bind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.tree.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/** Binds one SELECT, clause by clause. */
final class SelectBinder {
  private final Binding binding;
  private final ObjectNode select;
  private final CommonTables tables;
  private final QueryBinder queries;
  private final Source source;
  private final Correlation correlation;
  private final List<ObjectNode> items;
  private final Aliases aliases;

  SelectBinder(
      Binding binding,
      FromBinder from,
      QueryBinder queries,
      ObjectNode select,
      CommonTables tables) {
    this.binding = binding;
    this.select = select;
    this.tables = tables;
    this.queries = queries;
    this.source = from.bind((ObjectNode) select.path("from_table"), tables);
    this.correlation = new Correlation(binding, from, tables);
    List<String> names = source.rows().getRowType().getFieldNames();
    this.items =
        new Stars(binding, source.scope(), names).expanded(Json.children(select, "select_list"));
    this.aliases = Aliases.of(items);
  }

  /**
   * The rows of the SELECT; where a clause of it is no algebra, all of them over what FROM gives.
   */
  RelNode bind() {
    try {
      return algebra();
    } catch (NotUnderstood refused) {
      if (!tables.predicts(select) && !binding.plansAll()) {
        throw refused;
      }
      RelNode rows = new OpaqueSelect(binding, queries, source, rows(), items, tables).bind(select);
      binding.planning().keepsText(refused.reason());
      return rows;
    }
  }

  private ExpressionBinder rows() {
    return new ExpressionBinder(binding, scope(), aliases, Optional.empty(), correlation);
  }

  /** What the clauses can name: the columns, and each by its place in the rows. */
  private Scope scope() {
    return source.scope().withRow(source.rows().getRowType().getFieldNames());
  }

  private RelNode algebra() {
    refuseUnknown();
    Ordering ordering = new Ordering(binding, select);
    Optional<ObjectNode> where = Json.child(select, "where_clause");
    RelNode input =
        where.map(condition -> rows().filtered(source.rows(), condition)).orElse(source.rows());
    if (!isGrouped(ordering)) {
      return selected(rows(), () -> input, ordering);
    }
    Grouping grouping = new Grouping(binding, rows(), scope(), keys());
    ExpressionBinder groups =
        new ExpressionBinder(binding, scope(), aliases, Optional.of(grouping), correlation);
    Optional<RexNode> having = Json.child(select, "having").map(groups::condition);
    return selected(
        groups,
        () -> {
          RelNode grouped = grouping.of(input);
          return having.<RelNode>map(c -> LogicalFilter.create(grouped, c)).orElse(grouped);
        },
        ordering);
  }

  private void refuseUnknown() {
    if (Json.has(select, "sample")) {
      throw new NotUnderstood("SAMPLE");
    } else if (select.path("group_sets").size() > 1) {
      throw new NotUnderstood("grouping sets");
    }
  }

  private boolean isGrouped(Ordering ordering) {
    return Json.has(select, "group_expressions")
        || Json.child(select, "having").isPresent()
        || Json.is(select, "aggregate_handling", "FORCE_AGGREGATES")
        || items.stream().anyMatch(binding.functions()::aggregates)
        || ordering.keys().stream().anyMatch(binding.functions()::aggregates)
        || Json.child(select, "qualify").filter(binding.functions()::aggregates).isPresent();
  }

  private List<ObjectNode> keys() {
    if (Json.is(select, "aggregate_handling", "FORCE_AGGREGATES")) {
      return items.stream().filter(item -> !binding.functions().aggregates(item)).toList();
    }
    return Json.children(select, "group_expressions").stream().map(this::key).toList();
  }

  private ObjectNode key(ObjectNode key) {
    Optional<Integer> ordinal = Ordering.number(key);
    if (ordinal.isPresent()) {
      return item(ordinal.get());
    } else if (Json.is(key, "class", "COLUMN_REF")) {
      List<String> name = Json.texts(key, "column_names");
      if (source.scope().find(name).isEmpty()) {
        return aliases.find(name).orElse(key);
      }
    }
    return key;
  }

  private ObjectNode item(int ordinal) {
    if (ordinal < 0 || ordinal >= items.size()) {
      throw new NotUnderstood("the ordinal " + (ordinal + 1));
    }
    return items.get(ordinal);
  }

  /**
   * @param rows what the expressions are over; asked for when all of these are bound
   */
  private RelNode selected(ExpressionBinder binder, Supplier<RelNode> rows, Ordering ordering) {
    List<RexNode> columns = new ArrayList<>(items.stream().map(binder::bind).toList());
    int width = columns.size();
    Map<ObjectNode, Integer> keys = new LinkedHashMap<>();
    for (ObjectNode key : ordering.keys()) {
      if (!Ordering.isAll(key)) {
        keys.put(key, sortedBy(key, binder, columns));
      }
    }
    boolean hasMore = columns.size() > width;
    Optional<RexNode> qualify = Json.child(select, "qualify").map(binder::bind);
    qualify.ifPresent(columns::add);
    if (ordering.isDistinct() && hasMore) {
      throw new NotUnderstood("DISTINCT with ORDER BY of something else");
    }
    RelNode input = rows.get();
    RelNode selected = Projections.project(input, columns, names(columns.size()));
    if (hasConstantKey(columns, keys.values(), ordering)) {
      selected = Projections.fenced(selected);
    }
    if (qualify.isPresent()) {
      selected =
          LogicalFilter.create(selected, binding.predicate(binding.column(columns.size() - 1)));
      if (ordering.isDistinct()) {
        selected = first(selected, width);
      }
    }
    if (ordering.isDistinct()) {
      selected =
          LogicalAggregate.create(
              selected, List.of(), ImmutableBitSet.range(width), null, List.of());
    }
    return first(ordering.of(selected, key -> List.of(keys.get(key)), width), width);
  }

  /** Whether a constant to sort or group by would be printed as the ordinal of a column. */
  private static boolean hasConstantKey(
      List<RexNode> columns, Collection<Integer> keys, Ordering ordering) {
    boolean sortsByAll = ordering.keys().stream().anyMatch(Ordering::isAll);
    return ordering.isDistinct() || sortsByAll
        ? columns.stream().anyMatch(Projections::isConstant)
        : keys.stream().map(columns::get).anyMatch(Projections::isConstant);
  }

  /** The column a key means; one more where it is none of the items. */
  private int sortedBy(ObjectNode key, ExpressionBinder binder, List<RexNode> columns) {
    Optional<Integer> ordinal = Ordering.number(key);
    if (ordinal.isPresent()) {
      item(ordinal.get());
      return ordinal.get();
    }
    Optional<ObjectNode> named =
        Json.is(key, "class", "COLUMN_REF")
            ? aliases.find(Json.texts(key, "column_names"))
            : Optional.empty();
    if (named.isPresent()) {
      return items.indexOf(named.get());
    }
    RexNode bound = binder.bind(key);
    int known = columns.indexOf(bound);
    if (known < 0) {
      columns.add(bound);
    }
    return known < 0 ? columns.size() - 1 : known;
  }

  private static RelNode first(RelNode rows, int width) {
    if (rows.getRowType().getFieldCount() == width) {
      return rows;
    }
    return Projections.project(
        rows,
        Projections.columns(rows).subList(0, width),
        rows.getRowType().getFieldNames().subList(0, width));
  }

  /** Names for the items, then for what is only computed to sort by and to choose. */
  private List<String> names(int count) {
    List<String> names = new ArrayList<>();
    for (ObjectNode item : items) {
      names.add(name(item));
    }
    while (names.size() < count) {
      names.add("__k" + names.size());
    }
    return names;
  }

  private String name(ObjectNode item) {
    String alias = Json.text(item, "alias");
    if (alias.isEmpty() && Json.is(item, "class", "COLUMN_REF")) {
      // As the table has it, in whatever case the query writes it.
      Optional<String> own = source.scope().nameOf(Json.texts(item, "column_names"));
      if (own.isPresent()) {
        return own.get();
      }
    }
    return itemName(binding, item);
  }

  /** What DuckDB calls an item: as the query says, as its column, or as its text. */
  static String itemName(Binding binding, ObjectNode item) {
    String alias = Json.text(item, "alias");
    if (!alias.isEmpty()) {
      return alias;
    } else if (Json.is(item, "class", "COLUMN_REF")) {
      List<String> name = Json.texts(item, "column_names");
      return name.get(name.size() - 1);
    }
    return binding.printer().expression(item);
  }
}
