package io.auspex.sql.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.catalog.Names;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.rel.Verbatim;
import io.auspex.sql.tree.Json;
import io.auspex.sql.tree.QueryTree;
import io.auspex.sql.tree.Trees;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;

/**
 * Binds expressions: the columns they read and the predictions in them become operands of what is
 * otherwise DuckDB's own text, a {@link Verbatim}.
 */
final class ExpressionBinder {
  private final Binding binding;
  private final Scope scope;
  private final Aliases aliases;
  private final Optional<Grouping> grouping;
  private final Correlation correlation;
  private final Predictions predictions;
  private final Set<String> aliasesBeingRead = new HashSet<>();

  /**
   * @param grouping of the SELECT, for what is computed of its groups
   */
  ExpressionBinder(
      Binding binding,
      Scope scope,
      Aliases aliases,
      Optional<Grouping> grouping,
      Correlation correlation) {
    this.binding = binding;
    this.scope = scope;
    this.aliases = aliases;
    this.grouping = grouping;
    this.correlation = correlation;
    this.predictions = new Predictions(binding, this);
  }

  RexNode bind(ObjectNode expression) {
    return bind(expression, false);
  }

  private RexNode bind(ObjectNode expression, boolean isPredicate) {
    Template template = new Template(binding);
    ObjectNode tree = (ObjectNode) opened(expression, template, Set.of());
    Optional<RexNode> whole = template.value(tree);
    if (whole.isPresent()) {
      return isPredicate ? binding.predicate(whole.get()) : whole.get();
    }
    return template.call(unwrapped(binding.printer().expression(tree)), isPredicate);
  }

  /** Without the parentheses that DuckDB puts around every operator. */
  private static String unwrapped(String printed) {
    return printed.startsWith("(") && Parentheses.surround(printed) && !isQuery(printed)
        ? printed.substring(1, printed.length() - 1)
        : printed;
  }

  private static boolean isQuery(String printed) {
    return printed.matches("(?s)\\(\\s*(SELECT|WITH|FROM|VALUES|\\().*");
  }

  /** A condition, whose conjuncts rules can take apart. */
  RexNode condition(ObjectNode condition) {
    return binding.and(conjuncts(condition).stream().map(each -> bind(each, true)).toList());
  }

  static List<ObjectNode> conjuncts(ObjectNode condition) {
    if (!Json.is(condition, "type", "CONJUNCTION_AND")) {
      return List.of(condition);
    }
    List<ObjectNode> conjuncts = new ArrayList<>();
    Json.children(condition, "children").forEach(child -> conjuncts.addAll(conjuncts(child)));
    return conjuncts;
  }

  /** The rows for which a condition holds. */
  RelNode filtered(RelNode rows, ObjectNode condition) {
    return LogicalFilter.create(rows, condition(condition));
  }

  /** The tree with holes for what is not text. */
  private JsonNode opened(JsonNode node, Template template, Set<String> lambdas) {
    return Json.replaced(node, inner -> hole(inner, template, lambdas));
  }

  private Optional<ObjectNode> hole(ObjectNode node, Template template, Set<String> lambdas) {
    Optional<RexNode> grouped =
        readsParameter(node, lambdas)
            ? Optional.empty()
            : grouping.flatMap(groups -> groups.key(node));
    if (grouped.isPresent()) {
      return grouped.map(template::hole);
    }
    Optional<ObjectNode> predicted = predictions.bound(node).map(template::hole);
    if (predicted.isPresent()) {
      return predicted;
    }
    return switch (Json.text(node, "class")) {
      case "COLUMN_REF" -> column(node, template, lambdas);
      case "PARAMETER" -> template.parameter(node);
      case "LAMBDA" -> Optional.of(lambda(node, template, lambdas));
      case "SUBQUERY" -> Optional.of(subquery(node, template, lambdas));
      case "FUNCTION" -> function(node, template, lambdas);
      case "STAR", "POSITIONAL_REFERENCE", "DEFAULT" ->
          throw new NotUnderstood(Json.text(node, "class") + " in an expression");
      default -> Optional.empty();
    };
  }

  /** Whether a lambda's parameter is in it, which may be called as a key of groups is. */
  private boolean readsParameter(ObjectNode node, Set<String> lambdas) {
    return !lambdas.isEmpty()
        && Json.any(
            node,
            inner ->
                Json.is(inner, "class", "COLUMN_REF")
                    && scope.isParameter(Json.texts(inner, "column_names"), lambdas));
  }

  private Optional<ObjectNode> function(ObjectNode node, Template template, Set<String> lambdas) {
    if (QueryTree.predict(node).isPresent()) {
      throw new NotUnderstood("PREDICT with these arguments");
    }
    Optional<ObjectNode> method = method(node);
    if (method.isPresent()) {
      return Optional.of((ObjectNode) opened(method.get(), template, lambdas));
    }
    if (binding.functions().isAggregate(node)) {
      Grouping groups = grouping.orElseThrow(() -> new NotUnderstood("an aggregate here"));
      return Optional.of(template.hole(groups.aggregate(node)));
    }
    binding.functions().check(node);
    return Optional.empty();
  }

  /** {@code column.f(…)}, which is {@code f(column, …)}: the parser takes it for a schema's. */
  private Optional<ObjectNode> method(ObjectNode node) {
    List<String> path = Json.texts(node.path("qualified_name"), "path");
    if (path.size() < 2 || scope.find(path.subList(0, path.size() - 1)).isEmpty()) {
      return Optional.empty();
    }
    String name = path.get(path.size() - 1);
    return Optional.of(Trees.call(node, name, Trees.column(path.subList(0, path.size() - 1))));
  }

  private Optional<ObjectNode> column(ObjectNode node, Template template, Set<String> lambdas) {
    List<String> name = Json.texts(node, "column_names");
    return scope.isParameter(name, lambdas)
        ? Optional.empty()
        : Optional.of(column(name, template));
  }

  private ObjectNode column(List<String> name, Template template) {
    Optional<Scope.Found> found = scope.find(name);
    boolean isColumn = found.isPresent() && grouping.isEmpty();
    if (isColumn) {
      return fields(template.hole(binding.column(found.get().ordinal())), found.get().fields());
    }
    // Of groups, a column that is no key is only what a SELECT item calls so.
    Optional<ObjectNode> aliased = aliases.find(name);
    if (aliased.isEmpty() || !aliasesBeingRead.add(Names.fold(name.get(0)))) {
      throw new NotUnderstood("the name " + String.join(".", name));
    }
    try {
      return template.hole(bind(aliased.get()));
    } finally {
      aliasesBeingRead.remove(Names.fold(name.get(0)));
    }
  }

  private static ObjectNode fields(ObjectNode value, List<String> names) {
    ObjectNode extracted = value;
    for (String name : names) {
      extracted = Trees.field(extracted, name);
    }
    return extracted;
  }

  private ObjectNode lambda(ObjectNode node, Template template, Set<String> lambdas) {
    Set<String> inner = Correlation.inside(node, lambdas);
    template.keepsNames(inner);
    return Trees.lambda(node, opened(node.path("expr"), template, inner));
  }

  private ObjectNode subquery(ObjectNode node, Template template, Set<String> lambdas) {
    ObjectNode query = Trees.subquery(node).orElseThrow();
    ObjectNode bound =
        correlation.bound(
            query,
            name ->
                scope.isParameter(name, lambdas)
                    ? Optional.empty()
                    : Optional.of(outer(name, template)),
            template);
    return Trees.around(
        node, Json.child(node, "child").map(child -> opened(child, template, lambdas)), bound);
  }

  private ObjectNode outer(List<String> name, Template template) {
    ObjectNode column = Trees.column(name);
    Optional<RexNode> grouped = grouping.flatMap(groups -> groups.key(column));
    return grouped.map(template::hole).orElseGet(() -> column(name, template));
  }

  /** A call of an aggregate function over rows, with all that stands in it. */
  RexCall aggregate(ObjectNode call) {
    Template template = new Template(binding);
    ObjectNode tree = call.deepCopy();
    call.properties()
        .forEach(field -> tree.set(field.getKey(), opened(field.getValue(), template, Set.of())));
    String printed = binding.printer().expression(tree);
    return (RexCall) template.call(printed.equals("count_star()") ? "count(*)" : printed, false);
  }

  boolean isParameter(List<String> name, Set<String> lambdas) {
    return scope.isParameter(name, lambdas);
  }

  /** What a name means among the columns. */
  Optional<Scope.Found> find(List<String> name) {
    return scope.find(name);
  }

  /** A subquery's tree, with other nodes for the names it takes from outside. */
  ObjectNode subquery(
      ObjectNode query, Function<List<String>, Optional<ObjectNode>> outer, Template template) {
    return correlation.bound(query, outer, template);
  }

  /** The same of a subquery with predictions, which stay in it. */
  ObjectNode predictingSubquery(
      ObjectNode query, Function<List<String>, Optional<ObjectNode>> outer) {
    return correlation.renamed(query, outer);
  }

  /** A prediction alone, where the node is one. */
  Optional<RexCall> prediction(ObjectNode node) {
    return predictions.bound(node);
  }
}
