package io.auspex.sql.bind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.sql.bind.CommonTables.Item;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.rel.NoStatistics;
import io.auspex.sql.rel.Verbatim;
import io.auspex.sql.tree.Json;
import io.auspex.sql.tree.QueryTree;
import io.auspex.sql.tree.TreePrinter;
import io.auspex.sql.unparse.ParameterMarks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalIntersect;
import org.apache.calcite.rel.logical.LogicalMinus;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rex.RexBuilder;

/** Binds queries: from DuckDB's tree of one to relational algebra. */
public final class QueryBinder {
  private static final Pattern ORDER = Pattern.compile("\\bORDER\\b", Pattern.CASE_INSENSITIVE);

  private final Binding binding;
  private final FromBinder from;
  private final PlainQueries plain;
  private final Map<List<Object>, RelNode> bound = new HashMap<>();
  private final Map<List<Object>, NotUnderstood> refusals = new HashMap<>();
  private boolean isArgument;

  private QueryBinder(Binding binding) {
    this.binding = binding;
    this.from = new FromBinder(binding, this);
    this.plain = new PlainQueries(binding.functions());
  }

  /**
   * A query as algebra.
   *
   * @throws NotUnderstood where neither algebra nor an opaque text can be made of it
   */
  public static RelNode bind(String query, PlanningContext context, Planning planning) {
    if (isMarked(query)) {
      throw new NotUnderstood("characters of the private use area");
    }
    // Calcite keeps no ASC, and may write NULLS FIRST where nothing was said.
    if (ORDER.matcher(query).find() && !context.ordersByDefault()) {
      throw new NotUnderstood("ORDER BY where default_order or default_null_order is set");
    }
    QueryTree tree = QueryTree.of(query, context);
    Binding binding =
        new Binding(
            context,
            tree.calls(),
            new TreePrinter(context),
            new Functions(context),
            cluster(),
            planning,
            new AtomicInteger());
    return new QueryBinder(binding).bind(tree.root(), CommonTables.NONE);
  }

  /** Whether there are characters in it that mark places in our texts. */
  static boolean isMarked(String text) {
    return text.contains(Verbatim.HOLE)
        || ParameterMarks.areIn(text)
        || OpaqueBinder.isMarked(text);
  }

  /** What a plan's nodes have in common; of one plan. */
  public static RelOptCluster cluster() {
    HepPlanner planner = new HepPlanner(HepProgram.builder().build());
    RexBuilder rex = new RexBuilder(new JavaTypeFactoryImpl(NamesWithoutCase.INSTANCE));
    RelOptCluster cluster = RelOptCluster.create(planner, rex);
    cluster.setMetadataQuerySupplier(NoStatistics::query);
    return cluster;
  }

  /**
   * The rows of a query. What has no prediction in it stays text, unless all is to be planned, or
   * rules may use it; so does what is no algebra, around the predictions in it.
   */
  RelNode bind(ObjectNode query, CommonTables around) {
    // What is tried as algebra and then as text comes here twice, at every level.
    List<Object> key = List.of(query, around.visibility(), isArgument);
    NotUnderstood known = refusals.get(key);
    if (known != null) {
      throw known;
    }
    RelNode made = bound.get(key);
    if (made != null) {
      return made;
    }
    try {
      RelNode rows = newlyBound(query, around);
      bound.put(key, rows);
      return rows;
    } catch (NotUnderstood refused) {
      refusals.put(key, refused);
      throw refused;
    }
  }

  private RelNode newlyBound(ObjectNode query, CommonTables around) {
    boolean predicts = around.predicts(query);
    if (!predicts && !binding.plansAll() && !(isArgument && plain.contain(query))) {
      return from.text(query, around, "");
    }
    try {
      return algebra(query, around, false);
    } catch (NotUnderstood refused) {
      return predicts ? aroundPredictions(query, around, refused) : text(query, around, refused);
    }
  }

  private RelNode text(ObjectNode query, CommonTables around, NotUnderstood refused) {
    RelNode rows = from.text(query, around, "");
    if (binding.plansAll()) {
      binding.planning().keepsText(refused.reason());
    }
    return rows;
  }

  /**
   * The rows of a model's table argument: what it reads and filters says something of the features.
   */
  RelNode argument(ObjectNode query, CommonTables around) {
    boolean before = isArgument;
    isArgument = true;
    try {
      return bind(query, around);
    } finally {
      isArgument = before;
    }
  }

  /** Text around what predicts; where that cannot be, as algebra that computes some of it twice. */
  private RelNode aroundPredictions(ObjectNode query, CommonTables around, NotUnderstood refused) {
    RelNode rows;
    try {
      rows = new OpaqueBinder(binding, this).bind(query, around);
    } catch (NotUnderstood inside) {
      try {
        return algebra(query, around, true);
      } catch (NotUnderstood twice) {
        throw new NotUnderstood(
            Stream.of(refused, inside, twice)
                .flatMap(reason -> Stream.of(reason.reason().split("; ")))
                .distinct()
                .collect(Collectors.joining("; ")));
      }
    }
    binding.planning().keepsText(refused.reason());
    return rows;
  }

  /** The rows of a table, which is no text itself. */
  RelNode table(ObjectNode table, CommonTables around) {
    return from.bind(table, around).rows();
  }

  private RelNode algebra(ObjectNode query, CommonTables around, boolean repeatsPredictions) {
    CommonTables tables = around.with(query, false);
    checkReads(query, tables, around, repeatsPredictions);
    return switch (Json.text(query, "type")) {
      case "SELECT_NODE" -> new SelectBinder(binding, from, this, query, tables).bind();
      case "SET_OPERATION_NODE" -> setOperation(query, tables);
      default -> throw new NotUnderstood(Json.text(query, "type"));
    };
  }

  /** Two readers of a WITH item would each compute it, and both have to find the same rows. */
  private void checkReads(
      ObjectNode query, CommonTables tables, CommonTables around, boolean repeatsPredictions) {
    for (Item item : tables.items().subList(around.items().size(), tables.items().size())) {
      boolean isReadTwice =
          CommonTables.reads(query, item.name()) - CommonTables.reads(item.entry(), item.name())
              > 1;
      if (isReadTwice
          && (item.predicts() && !repeatsPredictions || new Repeats(binding).differ(item))) {
        throw new NotUnderstood("WITH " + item.name() + ", which is read twice");
      }
    }
  }

  private RelNode setOperation(ObjectNode query, CommonTables tables) {
    List<RelNode> inputs = new ArrayList<>();
    for (ObjectNode child : Json.children(query, "children")) {
      inputs.add(bind(child, tables));
    }
    boolean all = query.path("setop_all").asBoolean();
    RelNode rows =
        switch (Json.text(query, "setop_type")) {
          case "UNION" -> LogicalUnion.create(inputs, all);
          case "INTERSECT" -> LogicalIntersect.create(inputs, all);
          case "EXCEPT" -> LogicalMinus.create(inputs, all);
          default -> throw new NotUnderstood(Json.text(query, "setop_type"));
        };
    return new Ordering(binding, query).ofColumns(rows);
  }
}
