package io.auspex.sql.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.tree.Json;
import io.auspex.sql.tree.TreePrinter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What has no columns in it: computed by DuckDB, and written as a literal of another database. */
final class SourceConstants {
  /** Functions of constants that give the same each time. */
  private static final Set<String> FOLDED =
      Set.of("+", "-", "*", "to_years", "to_months", "to_weeks", "to_days", "trunc");

  private final PlanningContext context;
  private final SourceDialect dialect;

  SourceConstants(PlanningContext context, SourceDialect dialect) {
    this.context = context;
    this.dialect = dialect;
  }

  static boolean isConstant(ObjectNode node) {
    return switch (Json.text(node, "class")) {
      case "CONSTANT" -> true;
      case "CAST" -> isConstant(Json.child(node, "child").get());
      case "FUNCTION" ->
          Holes.parameter(node).isPresent()
              || FOLDED.contains(Json.text(node, "function_name"))
                  && arguments(node).stream().allMatch(SourceConstants::isConstant);
      default -> false;
    };
  }

  static boolean isString(ObjectNode node) {
    return Json.is(node.path("literal"), "kind", "STRING");
  }

  /** The arguments of a call. */
  static List<ObjectNode> arguments(ObjectNode call) {
    return Json.children(call, "arguments").stream()
        .map(argument -> Json.child(argument, "expression").orElseThrow())
        .toList();
  }

  SourceText text(ObjectNode constant) {
    Optional<Integer> parameter = Holes.parameter(constant);
    if (parameter.isPresent()) {
      return text(
          context
              .parameter(parameter.get())
              .orElseThrow(() -> new NotUnderstood("a parameter of this type")));
    }
    return text(new TreePrinter(context).expression(constant));
  }

  /** A constant as DuckDB reads it beside a value of another type: a string may be a date. */
  SourceText beside(ObjectNode constant, SourceText other) {
    if (Holes.parameter(constant).isPresent()) {
      return text(constant);
    }
    String sql = new TreePrinter(context).expression(constant);
    Set<String> types = isString(constant) ? Set.of("DATE", "TIMESTAMP") : Set.of("DOUBLE");
    return Optional.of(other.type())
        .filter(types::contains)
        .map(type -> text("CAST(" + sql + " AS " + type + ")"))
        .orElseGet(() -> text(sql));
  }

  private SourceText text(String sql) {
    return text(context.constant(sql));
  }

  private SourceText text(PlanningContext.Constant value) {
    String type = value.type().equals("INTEGER_LITERAL") ? "INTEGER" : value.type();
    return SourceText.of(dialect.literal(type, value.text()), type);
  }
}
