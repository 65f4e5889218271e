package io.auspex.sql.validate;

import io.auspex.catalog.Names;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.context.PlanningContext.FunctionInfo;
import io.auspex.sql.parser.NotUnderstood;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Reads calls of functions. What a name means is asked of DuckDB's own catalogue; functions that
 * may give another value at the next call are left to the cut, since a plan moves them about.
 */
final class FunctionReader {
  /** What DuckDB's grammar knows but its catalogue does not, or only as a macro. */
  private static final Set<String> GRAMMAR = Set.of("coalesce", "nullif", "ifnull");

  private static final Set<String> WINDOW =
      Set.of(
          "row_number",
          "rank",
          "dense_rank",
          "percent_rank",
          "cume_dist",
          "ntile",
          "lag",
          "lead",
          "first_value",
          "last_value",
          "nth_value");

  private final PlanningContext context;
  private final PredictReader predictions;

  FunctionReader(PlanningContext context, PredictReader predictions) {
    this.context = context;
    this.predictions = predictions;
  }

  SqlNode call(SqlCall call, ExpressionReader expressions) {
    if (call.getKind() == SqlKind.OVER) {
      return over(call, expressions);
    } else if (call.getKind() == SqlKind.FILTER) {
      return filter(call, expressions);
    } else if (call.getKind() == SqlKind.DOT) {
      return predictions.field(call, expressions);
    } else if (PredictReader.isPredict(call)) {
      return predictions.call(call, expressions);
    } else if (call.getOperator() instanceof SqlFunction) {
      return function(call, expressions);
    }
    throw new NotUnderstood(call.getOperator().getName());
  }

  private SqlNode function(SqlCall call, ExpressionReader expressions) {
    return switch (kind(call)) {
      case "scalar" -> scalar(call, expressions);
      case "aggregate" -> aggregate(call, expressions);
      default -> throw new NotUnderstood("the function " + call.getOperator().getName());
    };
  }

  private String kind(SqlCall call) {
    String name = Names.fold(name(call));
    if (GRAMMAR.contains(name)) {
      return "scalar";
    }
    List<FunctionInfo> found = context.functions(name);
    if (found.stream().anyMatch(FunctionInfo::isVolatile)) {
      throw new NotUnderstood("the volatile function " + name);
    }
    Set<String> kinds = found.stream().map(FunctionInfo::kind).collect(Collectors.toSet());
    return kinds.size() == 1 ? kinds.iterator().next() : "";
  }

  /** The function's name; qualified ones, and those with a syntax of their own, are not read. */
  private static String name(SqlCall call) {
    SqlFunction function = (SqlFunction) call.getOperator();
    SqlIdentifier identifier = function.getSqlIdentifier();
    if (identifier != null && !identifier.isSimple()) {
      throw new NotUnderstood("the qualified function " + identifier);
    }
    if (function.getKind() == SqlKind.TRIM || function.getKind() == SqlKind.POSITION) {
      throw new NotUnderstood(function.getName());
    }
    return identifier == null ? function.getName() : identifier.getSimple();
  }

  private SqlNode scalar(SqlCall call, ExpressionReader expressions) {
    if (call.getFunctionQuantifier() != null) {
      throw new NotUnderstood("DISTINCT in " + name(call));
    }
    Template template = new Template();
    return template.call(written(call, template, expressions), true, false);
  }

  private static String written(SqlCall call, Template template, ExpressionReader expressions) {
    List<SqlNode> operands = expressions.expressions(call.getOperandList());
    return Names.fold(name(call)) + '(' + template.places(operands) + ')';
  }

  private static SqlNode aggregate(SqlCall call, ExpressionReader expressions) {
    List<SqlNode> operands = call.getOperandList();
    if (isStar(call)) {
      if (!Names.fold(name(call)).equals("count")) {
        throw new NotUnderstood("* in " + name(call));
      }
      return SqlStdOperatorTable.COUNT.createCall(call.getParserPosition(), operands);
    }
    return new Aggregate(name(call))
        .createCall(
            call.getFunctionQuantifier(),
            call.getParserPosition(),
            expressions.expressions(operands));
  }

  private SqlNode filter(SqlCall call, ExpressionReader expressions) {
    SqlNode aggregate = call.operand(0);
    if (!(aggregate instanceof SqlCall inner)
        || !(inner.getOperator() instanceof SqlFunction)
        || !kind(inner).equals("aggregate")) {
      throw new NotUnderstood("FILTER after " + aggregate);
    }
    return call.getOperator()
        .createCall(
            call.getParserPosition(),
            aggregate(inner, expressions),
            expressions.condition(call.operand(1)));
  }

  /** A window function, as one call of its arguments and of what its window reads. */
  private SqlNode over(SqlCall call, ExpressionReader expressions) {
    if (!(call.operand(0) instanceof SqlCall function)
        || !(function.getOperator() instanceof SqlFunction)
        || !(call.operand(1) instanceof SqlWindow window)) {
      throw new NotUnderstood("this window");
    }
    boolean isWindow =
        WINDOW.contains(Names.fold(name(function))) || kind(function).equals("aggregate");
    if (!isWindow || function.getFunctionQuantifier() != null) {
      throw new NotUnderstood("the window function " + name(function));
    }
    Template template = new Template();
    String computed =
        isStar(function) ? name(function) + "(*)" : written(function, template, expressions);
    String text = new WindowReader(window, template, expressions).text();
    return template.call(computed + " OVER (" + text + ')', true, false);
  }

  private static boolean isStar(SqlCall call) {
    return call.operandCount() == 1
        && call.operand(0) instanceof SqlIdentifier name
        && name.isStar();
  }
}
