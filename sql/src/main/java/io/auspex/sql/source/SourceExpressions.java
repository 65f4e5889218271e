package io.auspex.sql.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.catalog.AuspexException;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.context.RemoteColumn;
import io.auspex.sql.context.RemoteSystem;
import io.auspex.sql.rel.Verbatim;
import io.auspex.sql.tree.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/**
 * Says in the SQL of another database what an expression of DuckDB's says: what is on the list
 * below, and nothing else. See docs/pushdown.md for why the others are not on it.
 */
public final class SourceExpressions {
  private static final Map<String, String> COMPARISONS =
      Map.of(
          "COMPARE_EQUAL", "=",
          "COMPARE_NOTEQUAL", "<>",
          "COMPARE_LESSTHAN", "<",
          "COMPARE_LESSTHANOREQUALTO", "<=",
          "COMPARE_GREATERTHAN", ">",
          "COMPARE_GREATERTHANOREQUALTO", ">=");

  private static final String BOOLEAN = "BOOLEAN";

  private final PlanningContext context;
  private final SourceDialect dialect;
  private final SourceConstants constants;
  private final SourceNumbers numbers;
  private final List<RemoteColumn> columns;
  private final RelDataType anyType;
  private List<RexNode> operands = List.of();

  /**
   * @param columns what the expressions are over
   * @param anyType the type that columns have in a plan
   */
  public SourceExpressions(
      PlanningContext context,
      RemoteSystem system,
      List<RemoteColumn> columns,
      RelDataType anyType) {
    this.context = context;
    this.anyType = anyType;
    this.dialect = SourceDialect.of(system);
    this.constants = new SourceConstants(context, dialect);
    this.numbers = new SourceNumbers(context, system);
    this.columns = List.copyOf(columns);
  }

  /** A condition, perhaps wider; empty where there is none that holds wherever this one does. */
  public Optional<SourceText> condition(RexNode condition) {
    try {
      return Optional.of(checked(translated(condition)));
    } catch (NotUnderstood | AuspexException refused) {
      return Optional.empty();
    }
  }

  /** A value of the same type; empty where the source might make another one. */
  public Optional<SourceText> value(RexNode value) {
    try {
      return Optional.of(translated(value)).filter(SourceText::isExact);
    } catch (NotUnderstood | AuspexException refused) {
      return Optional.empty();
    }
  }

  /**
   * An aggregate over the columns; empty where the source might compute something else.
   *
   * @param written DuckDB's call
   * @param arguments ordinals of the columns that stand between its pieces
   */
  public Optional<SourceAggregate> aggregate(Verbatim written, List<Integer> arguments) {
    try {
      operands = arguments.stream().<RexNode>map(i -> new RexInputRef(i, anyType)).toList();
      return Optional.of(aggregate(Holes.parsed(written, context)));
    } catch (NotUnderstood | AuspexException refused) {
      return Optional.empty();
    }
  }

  private SourceAggregate aggregate(ObjectNode call) {
    String name = Json.text(call, "function_name");
    List<ObjectNode> arguments = SourceConstants.arguments(call);
    boolean isPlain =
        Json.is(call, "class", "FUNCTION")
            && Json.child(call, "filter").isEmpty()
            && !Json.has(call.path("order_bys"), "orders")
            && context.functions(name).stream().allMatch(f -> f.kind().equals("aggregate"));
    boolean isDistinct = call.path("distinct").asBoolean();
    if (isPlain && name.equals("count_star") && !isDistinct) {
      return SourceAggregate.ofRows();
    } else if (!isPlain || arguments.size() != 1) {
      throw new NotUnderstood(name);
    }
    SourceValue argument = value(arguments.get(0));
    return SourceAggregate.of(name, isDistinct, argument, dialect.system());
  }

  private SourceText translated(RexNode node) {
    if (node instanceof RexInputRef ref) {
      return SourceText.ofColumn(ref.getIndex(), columns.get(ref.getIndex()).type());
    } else if (node.getKind() == SqlKind.AND) {
      List<SourceText> parts =
          ((RexCall) node).getOperands().stream().map(part -> checked(translated(part))).toList();
      return SourceText.joined(BOOLEAN, "(", " AND ", ")", parts);
    } else if (node instanceof RexCall call && call.getOperator() instanceof Verbatim text) {
      List<RexNode> outer = operands;
      operands = call.getOperands();
      try {
        return translated(Holes.parsed(text, context));
      } finally {
        operands = outer;
      }
    }
    throw new NotUnderstood(node.toString());
  }

  private SourceText translated(ObjectNode node) {
    Optional<Integer> hole = Holes.of(node);
    if (hole.isPresent()) {
      return translated(operands.get(hole.get()));
    } else if (SourceConstants.isConstant(node)) {
      return constants.text(node);
    }
    String type = Json.text(node, "type");
    return switch (Json.text(node, "class")) {
      case "COMPARISON" ->
          comparison(type, Json.child(node, "left").get(), Json.child(node, "right").get());
      case "BETWEEN" -> between(node);
      case "CONJUNCTION" ->
          SourceText.joined(
              BOOLEAN,
              "(",
              type.equals("CONJUNCTION_OR") ? " OR " : " AND ",
              ")",
              conditions(Json.children(node, "children")));
      case "OPERATOR" -> operator(type, Json.children(node, "children"));
      case "FUNCTION" -> function(node);
      case "CASE" -> choice(node);
      default -> throw new NotUnderstood(type);
    };
  }

  private List<SourceText> conditions(List<ObjectNode> nodes) {
    return nodes.stream().map(node -> checked(translated(node))).toList();
  }

  /** A condition: a column may be one to a system that has no truth values of its own. */
  private SourceText checked(SourceText condition) {
    boolean isTruth =
        condition.isColumn()
            ? SourceType.of(columns.get(condition.columns().get(0)), dialect.system())
                == SourceType.BOOLEAN
            : condition.type().equals(BOOLEAN);
    if (!isTruth) {
      throw new NotUnderstood("a value as a condition");
    }
    return condition;
  }

  private SourceText operator(String type, List<ObjectNode> children) {
    return switch (type) {
      case "OPERATOR_NOT" -> {
        SourceText condition = conditions(children).get(0);
        yield exact(condition).around("(NOT ", ")", BOOLEAN);
      }
      case "OPERATOR_IS_NULL" -> isNull(children.get(0), " IS NULL)");
      case "OPERATOR_IS_NOT_NULL" -> isNull(children.get(0), " IS NOT NULL)");
      case "COMPARE_IN" -> in(children);
      default -> throw new NotUnderstood(type);
    };
  }

  private static SourceText exact(SourceText text) {
    if (!text.isExact()) {
      throw new NotUnderstood("the opposite of a wider condition");
    }
    return text;
  }

  /** To MariaDB, the date 0000-00-00 is NULL as it likes. */
  private SourceText isNull(ObjectNode child, String test) {
    SourceText value = exact(translated(child));
    if (SourceType.of(value.type()).isTime() && dialect.system() == RemoteSystem.MARIADB) {
      throw new NotUnderstood("zero dates");
    }
    return value.around("(", test, BOOLEAN);
  }

  private SourceText in(List<ObjectNode> children) {
    List<SourceText> tests = new ArrayList<>();
    for (ObjectNode item : children.subList(1, children.size())) {
      tests.add(comparison("COMPARE_EQUAL", children.get(0), item));
    }
    boolean areConstants = children.stream().skip(1).allMatch(SourceConstants::isConstant);
    if (!areConstants || Holes.of(children.get(0)).isEmpty()) {
      return SourceText.joined(BOOLEAN, "(", " OR ", ")", tests);
    }
    SourceText tested = translated(children.get(0));
    String prefix = "(" + tested.text() + " = ";
    String list =
        tests.stream()
            .map(test -> test.text().substring(prefix.length(), test.text().length() - 1))
            .collect(Collectors.joining(", "));
    boolean isExact = tests.stream().allMatch(SourceText::isExact);
    return new SourceText(
        "(" + tested.text() + " IN (" + list + "))", tested.columns(), BOOLEAN, isExact);
  }

  private SourceText between(ObjectNode node) {
    ObjectNode value = Json.child(node, "input").get();
    return SourceText.joined(
        BOOLEAN,
        "(",
        " AND ",
        ")",
        List.of(
            comparison("COMPARE_GREATERTHANOREQUALTO", value, Json.child(node, "lower").get()),
            comparison("COMPARE_LESSTHANOREQUALTO", value, Json.child(node, "upper").get())));
  }

  private SourceText comparison(String type, ObjectNode left, ObjectNode right) {
    String sign = COMPARISONS.get(type);
    if (sign == null) {
      throw new NotUnderstood(type);
    }
    SourceValue one = operand(left, right);
    SourceValue other = operand(right, left);
    SourceText compared =
        SourceText.joined(BOOLEAN, "(", " " + sign + " ", ")", List.of(one.text(), other.text()));
    Comparison comparison = new Comparison(dialect.system(), sign);
    return comparison.isExact(one.type(), one.column(), other.type(), other.column())
        ? compared
        : compared.wider();
  }

  /** A side of a comparison. A string beside a date is one to DuckDB. */
  private SourceValue operand(ObjectNode node, ObjectNode other) {
    if (!SourceConstants.isConstant(node)) {
      SourceText text = exact(translated(node));
      Optional<RemoteColumn> column =
          text.isColumn() ? Optional.of(columns.get(text.columns().get(0))) : Optional.empty();
      SourceType type =
          column
              .map(read -> SourceType.of(read, dialect.system()))
              .orElseGet(() -> SourceType.of(text.type()));
      return new SourceValue(text, type, column);
    }
    SourceText text =
        SourceConstants.isConstant(other)
            ? constants.text(node)
            : constants.beside(node, translated(other));
    return new SourceValue(text, SourceType.of(text.type()), Optional.empty());
  }

  private SourceText function(ObjectNode node) {
    List<ObjectNode> arguments = SourceConstants.arguments(node);
    String name = Json.text(node, "function_name");
    if (!node.path("is_operator").asBoolean()) {
      throw new NotUnderstood(name);
    }
    return switch (name) {
      case "~~" -> like(arguments, " LIKE ");
      case "!~~" -> exact(like(arguments, " NOT LIKE "));
      case "+", "-", "*" -> numbers.arithmetic(name, arguments.stream().map(this::value).toList());
      default -> throw new NotUnderstood(name);
    };
  }

  /** A pattern of % alone, which counts no characters. In DuckDB, nothing escapes in it. */
  private SourceText like(List<ObjectNode> arguments, String operator) {
    SourceValue value = operand(arguments.get(0), arguments.get(1));
    boolean isPattern =
        SourceConstants.isConstant(arguments.get(1))
            && SourceConstants.isString(arguments.get(1))
            && Json.text(arguments.get(1).path("literal"), "text")
                .chars()
                .noneMatch(c -> c == '_' || c == '\\');
    if (!isPattern || value.type() != SourceType.TEXT || dialect.system() == RemoteSystem.SQLITE) {
      throw new NotUnderstood("LIKE");
    }
    SourceText pattern = constants.text(arguments.get(1));
    SourceText test =
        SourceText.joined(BOOLEAN, "(", operator, " ESCAPE '')", List.of(value.text(), pattern));
    boolean isExact =
        value.column().filter(c -> SourceCollation.isExact(c, dialect.system())).isPresent();
    return isExact ? test : test.wider();
  }

  private SourceText choice(ObjectNode node) {
    List<SourceText> conditions = new ArrayList<>();
    List<SourceValue> values = new ArrayList<>();
    for (ObjectNode check : Json.children(node, "case_checks")) {
      conditions.add(exact(checked(translated(Json.child(check, "when_expr").get()))));
      values.add(value(Json.child(check, "then_expr").get()));
    }
    values.add(
        value(Json.child(node, "else_expr").orElseThrow(() -> new NotUnderstood("no ELSE"))));
    return numbers.choice(conditions, values);
  }

  private SourceValue value(ObjectNode node) {
    return operand(node, node);
  }
}
