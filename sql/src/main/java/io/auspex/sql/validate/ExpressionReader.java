package io.auspex.sql.validate;

import io.auspex.catalog.Names;
import io.auspex.sql.parser.NotUnderstood;
import io.auspex.sql.parser.SqlModelReference;
import io.auspex.sql.rel.Verbatim;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Reads scalar expressions: every operator that is known to mean the same to DuckDB becomes {@link
 * Verbatim}, everything else is not understood.
 */
final class ExpressionReader {
  private static final Set<SqlKind> ARITHMETIC =
      EnumSet.of(SqlKind.PLUS, SqlKind.MINUS, SqlKind.TIMES, SqlKind.DIVIDE, SqlKind.MOD);
  private static final Set<SqlKind> PREDICATES =
      EnumSet.of(
          SqlKind.EQUALS,
          SqlKind.NOT_EQUALS,
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL,
          SqlKind.GREATER_THAN,
          SqlKind.GREATER_THAN_OR_EQUAL,
          SqlKind.IS_NULL,
          SqlKind.IS_NOT_NULL,
          SqlKind.IS_TRUE,
          SqlKind.IS_FALSE,
          SqlKind.IS_NOT_TRUE,
          SqlKind.IS_NOT_FALSE,
          SqlKind.IS_DISTINCT_FROM,
          SqlKind.IS_NOT_DISTINCT_FROM,
          SqlKind.BETWEEN,
          SqlKind.IN,
          SqlKind.NOT_IN,
          SqlKind.LIKE);
  private static final Set<SqlKind> LOGIC = EnumSet.of(SqlKind.AND, SqlKind.OR, SqlKind.NOT);
  private static final Set<SqlKind> DELIMITED =
      EnumSet.of(
          SqlKind.CASE,
          SqlKind.CAST,
          SqlKind.SAFE_CAST,
          SqlKind.EXTRACT,
          SqlKind.INTERVAL,
          SqlKind.FLOOR,
          SqlKind.CEIL);
  private static final Set<SqlKind> SIGNS = EnumSet.of(SqlKind.MINUS_PREFIX, SqlKind.PLUS_PREFIX);

  private final FunctionReader functions;
  private final Function<SqlNode, SqlNode> queries;
  private final Parameters parameters;

  /**
   * @param queries reads a subquery
   */
  ExpressionReader(
      FunctionReader functions, Function<SqlNode, SqlNode> queries, Parameters parameters) {
    this.functions = functions;
    this.queries = queries;
    this.parameters = parameters;
  }

  /** A condition; conjunctions stay Calcite's, so that rules can take them apart. */
  SqlNode condition(SqlNode node) {
    if (node.getKind() == SqlKind.AND) {
      SqlCall and = (SqlCall) node;
      return SqlStdOperatorTable.AND.createCall(
          and.getParserPosition(), condition(and.operand(0)), condition(and.operand(1)));
    }
    SqlNode read = expression(node);
    return isPredicate(read)
        ? read
        : new Verbatim(List.of("", ""), true, true).createCall(node.getParserPosition(), read);
  }

  private static boolean isPredicate(SqlNode read) {
    if (!(read instanceof SqlCall call)) {
      return false;
    }
    return call.getOperator() instanceof Verbatim verbatim
        ? verbatim.isPredicate()
        : call.getKind() == SqlKind.IN
            || call.getKind() == SqlKind.NOT_IN
            || call.getKind() == SqlKind.EXISTS;
  }

  SqlNode expression(SqlNode node) {
    if (node instanceof SqlIdentifier name) {
      return name;
    } else if (node instanceof SqlModelReference) {
      throw new NotUnderstood("MODEL outside PREDICT");
    } else if (node instanceof SqlLiteral literal) {
      return Template.constant(Literals.text(literal));
    } else if (node instanceof SqlDynamicParam parameter) {
      return Template.constant(parameters.text(parameter));
    } else if (node instanceof SqlCall call) {
      return call(call);
    }
    throw new NotUnderstood("the expression " + node);
  }

  List<SqlNode> expressions(List<SqlNode> nodes) {
    return nodes.stream().map(this::expression).toList();
  }

  private SqlNode call(SqlCall call) {
    SqlKind kind = call.getKind();
    if (SqlKind.QUERY.contains(kind)) {
      return SqlStdOperatorTable.SCALAR_QUERY.createCall(
          call.getParserPosition(), queries.apply(call));
    } else if (kind == SqlKind.EXISTS) {
      return call.getOperator()
          .createCall(call.getParserPosition(), queries.apply(call.operand(0)));
    } else if ((kind == SqlKind.IN || kind == SqlKind.NOT_IN)
        && SqlKind.QUERY.contains(call.operand(1).getKind())) {
      return call.getOperator()
          .createCall(
              call.getParserPosition(),
              expression(call.operand(0)),
              queries.apply(call.operand(1)));
    } else if (isOperator(call)) {
      return operator(call, kind);
    }
    return functions.call(call, this);
  }

  private static boolean isOperator(SqlCall call) {
    SqlKind kind = call.getKind();
    if (kind == SqlKind.BETWEEN) {
      return ((SqlBetweenOperator) call.getOperator()).flag == SqlBetweenOperator.Flag.ASYMMETRIC;
    } else if (kind == SqlKind.MOD || kind == SqlKind.FLOOR || kind == SqlKind.CEIL) {
      return kind == SqlKind.MOD
          ? call.getOperator().getName().equals("%")
          : call.operandCount() == 1;
    }
    return ARITHMETIC.contains(kind)
        || PREDICATES.contains(kind)
        || LOGIC.contains(kind)
        || DELIMITED.contains(kind)
        || SIGNS.contains(kind)
        || isConcatenation(call);
  }

  private SqlNode operator(SqlCall call, SqlKind kind) {
    Template template = new Template();
    List<SqlNode> operands = new ArrayList<>();
    for (SqlNode operand : call.getOperandList()) {
      operands.add(place(operand, template));
    }
    SqlNode written = call.getOperator().createCall(call.getParserPosition(), operands);
    boolean isPredicate = PREDICATES.contains(kind) || LOGIC.contains(kind);
    return template.call(written, DELIMITED.contains(kind), isPredicate);
  }

  /** What stands for an operand in the template: a hole, or itself where it is no expression. */
  SqlNode place(SqlNode operand, Template template) {
    if (operand instanceof SqlNodeList list) {
      List<SqlNode> places = new ArrayList<>();
      list.forEach(item -> places.add(place(item, template)));
      return new SqlNodeList(places, list.getParserPosition());
    } else if (operand instanceof SqlIdentifier
        || operand instanceof SqlLiteral
        || operand instanceof SqlDynamicParam
        || operand instanceof SqlCall) {
      return template.place(expression(operand));
    }
    return operand;
  }

  private static boolean isConcatenation(SqlCall call) {
    SqlOperator operator = call.getOperator();
    return operator.getName().equals("||") && call.operandCount() == 2;
  }

  static boolean isNamed(SqlIdentifier name, String other) {
    return name.isSimple() && Names.fold(name.getSimple()).equals(Names.fold(other));
  }
}
