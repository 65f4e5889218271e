package io.auspex.sql.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.catalog.Names;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.context.PlanningContext.FunctionInfo;
import io.auspex.sql.tree.Json;
import io.auspex.sql.tree.QueryTree;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What functions are, as DuckDB's own catalogue has it. */
final class Functions {
  private static final Set<String> OF_TABLES = Set.of("table", "table_macro", "pragma");

  private final PlanningContext context;

  Functions(PlanningContext context) {
    this.context = context;
  }

  private static boolean isCall(ObjectNode node) {
    return Json.is(node, "class", "FUNCTION") && !node.path("is_operator").asBoolean();
  }

  /** Whether a call computes one value of many rows. */
  boolean isAggregate(ObjectNode call) {
    if (!isCall(call) || QueryTree.predict(call).isPresent()) {
      return false;
    }
    List<FunctionInfo> found = named(call);
    Set<String> kinds = found.stream().map(FunctionInfo::kind).collect(Collectors.toSet());
    if (kinds.contains("macro")) {
      return definitions(found).stream().anyMatch(this::aggregates);
    }
    return kinds.contains("aggregate");
  }

  /** Whether there is an aggregate in an expression, outside of its subqueries and windows. */
  boolean aggregates(JsonNode expression) {
    if (expression instanceof ObjectNode node) {
      if (Json.is(node, "class", "SUBQUERY")) {
        return Json.child(node, "child").filter(this::aggregates).isPresent();
      } else if (isAggregate(node)) {
        return true;
      }
    }
    for (JsonNode child : expression) {
      if (aggregates(child)) {
        return true;
      }
    }
    return false;
  }

  /** Throws {@link NotUnderstood} for a call that gives another value each time, or many rows. */
  void check(ObjectNode call) {
    if (!isCall(call)) {
      return;
    }
    String name = name(call);
    if (name.equals("unnest") || name.equals("unlist")) {
      throw new NotUnderstood(name + " in SELECT");
    } else if (named(call).isEmpty()) {
      throw new NotUnderstood("the function " + name);
    } else if (definitions(named(call)).stream().anyMatch(Functions::isNoScalar)) {
      throw new NotUnderstood("the macro " + name);
    } else if (isVolatile(call)) {
      throw new NotUnderstood("the volatile function " + name);
    }
  }

  /** Whether a macro's value is computed of other rows, or is several rows. */
  private static boolean isNoScalar(ObjectNode definition) {
    return Json.any(
        definition,
        node ->
            Json.is(node, "class", "WINDOW") || Json.is(node, "function_name", "unnest", "unlist"));
  }

  /** Whether something in a tree may give another value each time. */
  boolean isVolatileIn(JsonNode tree) {
    return Json.any(tree, this::isVolatile);
  }

  private boolean isVolatile(ObjectNode call) {
    if (!isCall(call) || QueryTree.predict(call).isPresent()) {
      return false;
    }
    List<FunctionInfo> found = named(call);
    return found.stream().anyMatch(FunctionInfo::isVolatile)
        || definitions(found).stream().anyMatch(this::isVolatileIn);
  }

  /** Whether a table function is one that the user defined by a query. */
  boolean isTableMacro(ObjectNode call) {
    return context.functions(name(call)).stream()
        .anyMatch(function -> function.kind().equals("table_macro"));
  }

  private List<ObjectNode> definitions(List<FunctionInfo> macros) {
    return macros.stream()
        .map(FunctionInfo::definition)
        .filter(Predicate.not(String::isEmpty))
        .map(definition -> QueryTree.of("SELECT " + definition, context).root())
        .toList();
  }

  private List<FunctionInfo> named(ObjectNode call) {
    return context.functions(name(call)).stream()
        .filter(function -> !OF_TABLES.contains(function.kind()))
        .toList();
  }

  private static String name(ObjectNode call) {
    return Names.fold(Json.text(call, "function_name"));
  }
}
