package io.auspex.sql.parser;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalLiteral.IntervalValue;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * The shapes of a query that mean the same in DuckDB. What is not here is not understood, however
 * well Calcite may read it.
 */
final class KnownShapes extends SqlBasicVisitor<Void> {
  private static final Set<SqlKind> QUERIES =
      EnumSet.of(
          SqlKind.SELECT,
          SqlKind.ORDER_BY,
          SqlKind.WITH,
          SqlKind.WITH_ITEM,
          SqlKind.UNION,
          SqlKind.INTERSECT,
          SqlKind.EXCEPT,
          SqlKind.VALUES,
          SqlKind.JOIN,
          SqlKind.AS,
          SqlKind.EXPLICIT_TABLE,
          SqlKind.COLLECTION_TABLE,
          SqlKind.DESCENDING,
          SqlKind.NULLS_FIRST,
          SqlKind.NULLS_LAST);

  private static final Set<SqlKind> EXPRESSIONS =
      EnumSet.of(
          SqlKind.PLUS,
          SqlKind.MINUS,
          SqlKind.TIMES,
          SqlKind.DIVIDE,
          SqlKind.MOD,
          SqlKind.MINUS_PREFIX,
          SqlKind.PLUS_PREFIX,
          SqlKind.AND,
          SqlKind.OR,
          SqlKind.NOT,
          SqlKind.EXISTS,
          SqlKind.CASE,
          SqlKind.SAFE_CAST,
          SqlKind.ITEM,
          SqlKind.DOT,
          SqlKind.SCALAR_QUERY,
          SqlKind.DESCRIPTOR,
          SqlKind.ARGUMENT_ASSIGNMENT,
          SqlKind.FILTER,
          SqlKind.WITHIN_GROUP,
          SqlKind.OVER,
          SqlKind.WINDOW,
          SqlKind.PRECEDING,
          SqlKind.FOLLOWING);

  private static final Set<SqlOperator> FUNCTIONS =
      Set.of(
          SqlStdOperatorTable.CONCAT,
          SqlStdOperatorTable.SUBSTRING,
          SqlStdOperatorTable.PERCENTILE_CONT,
          SqlStdOperatorTable.PERCENTILE_DISC);

  /** Functions of Calcite's libraries that its grammar knows by name, and DuckDB with it. */
  private static final Set<String> LIBRARY =
      Set.of("DATE_TRUNC", "STRING_AGG", "GROUP_CONCAT", "ARRAY_AGG");

  private static final Set<TimeUnit> UNITS =
      EnumSet.of(
          TimeUnit.YEAR,
          TimeUnit.QUARTER,
          TimeUnit.MONTH,
          TimeUnit.WEEK,
          TimeUnit.DAY,
          TimeUnit.HOUR,
          TimeUnit.MINUTE,
          TimeUnit.SECOND);

  private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,9}");

  private static final Set<SqlTypeName> LITERALS =
      EnumSet.of(
          SqlTypeName.BOOLEAN,
          SqlTypeName.NULL,
          SqlTypeName.DECIMAL,
          SqlTypeName.DOUBLE,
          SqlTypeName.CHAR,
          SqlTypeName.SYMBOL);

  private static final Pattern DATE_OR_TIMESTAMP =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d( \\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?)?");

  /** Types that are the same in both when written without length or precision. */
  private static final Set<String> PLAIN_TYPES =
      Set.of(
          "BOOLEAN",
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "REAL",
          "FLOAT",
          "DOUBLE",
          "VARCHAR",
          "DATE",
          "TIMESTAMP");

  @Override
  public Void visit(SqlCall call) {
    if (call.getKind() == SqlKind.VALUES) {
      call.getOperandList().forEach(row -> super.visit((SqlCall) row));
      return null;
    }
    if (!isKnown(call)) {
      throw new NotUnderstood(name(call));
    }
    if (call.getKind() == SqlKind.DOT && call.operand(0) instanceof SqlIdentifier) {
      // (a).b is a field in DuckDB; written out again it could be a table's column.
      throw new NotUnderstood("(name).field");
    }
    return super.visit(call);
  }

  private static boolean isKnown(SqlCall call) {
    SqlKind kind = call.getKind();
    return call.getOperator() instanceof SqlUnresolvedFunction
        || QUERIES.contains(kind)
        || EXPRESSIONS.contains(kind)
        || PrecedenceMisreadings.PREDICATES.contains(kind)
        || FUNCTIONS.contains(call.getOperator())
        || isPlainLibraryCall(call)
        || kind == SqlKind.EXTRACT && call.operand(0) instanceof SqlIntervalQualifier
        || kind == SqlKind.INTERVAL && call.operand(0) instanceof SqlNumericLiteral
        || kind == SqlKind.CAST && call.operandCount() == 2
        || (kind == SqlKind.FLOOR || kind == SqlKind.CEIL) && call.operandCount() == 1;
  }

  /** With arguments only: neither a unit of time nor an ORDER BY or SEPARATOR. */
  private static boolean isPlainLibraryCall(SqlCall call) {
    return call.getOperator() instanceof SqlFunction
        && LIBRARY.contains(name(call))
        && call.getOperandList().stream()
            .noneMatch(
                operand ->
                    operand instanceof SqlNodeList || operand instanceof SqlIntervalQualifier);
  }

  private static String name(SqlCall call) {
    String name = call.getOperator().getName().strip();
    return name.isEmpty() ? call.getKind().sql : name;
  }

  @Override
  public Void visit(SqlLiteral literal) {
    if (literal instanceof SqlUnknownLiteral typed) {
      if (!isDateOrTimestamp(typed)) {
        throw new NotUnderstood(typed.tag + " '" + typed.getValue() + "'");
      }
    } else if (literal instanceof SqlIntervalLiteral interval) {
      if (!isWholeInterval(interval.getValueAs(IntervalValue.class))) {
        throw new NotUnderstood("the literal " + literal);
      }
    } else if (!LITERALS.contains(literal.getTypeName())) {
      throw new NotUnderstood("the literal " + literal);
    }
    return null;
  }

  /** {@code INTERVAL '3' DAY}; with more fields or digits, DuckDB reads another grammar. */
  private static boolean isWholeInterval(IntervalValue value) {
    return value.getSign() > 0
        && WHOLE_NUMBER.matcher(value.getIntervalLiteral()).matches()
        && isKnown(value.getIntervalQualifier());
  }

  private static boolean isDateOrTimestamp(SqlUnknownLiteral literal) {
    return (literal.tag.equals("DATE") || literal.tag.equals("TIMESTAMP"))
        && DATE_OR_TIMESTAMP.matcher(literal.getValue()).matches();
  }

  @Override
  public Void visit(SqlIntervalQualifier qualifier) {
    if (!isKnown(qualifier)) {
      throw new NotUnderstood("the unit " + qualifier);
    }
    return null;
  }

  /** One unit, without digits in parentheses. */
  private static boolean isKnown(SqlIntervalQualifier qualifier) {
    int unset = RelDataType.PRECISION_NOT_SPECIFIED;
    return qualifier.timeFrameName == null
        && UNITS.contains(qualifier.timeUnitRange.startUnit)
        && qualifier.timeUnitRange.endUnit == null
        && qualifier.getStartPrecisionPreservingDefault() == unset
        && qualifier.getFractionalSecondPrecisionPreservingDefault() == unset;
  }

  @Override
  public Void visit(SqlDataTypeSpec type) {
    if (!isKnown(type)) {
      throw new NotUnderstood("the type " + type);
    }
    return null;
  }

  /** DuckDB's own types are names to Calcite, and left to who resolves them. */
  private static boolean isKnown(SqlDataTypeSpec type) {
    if (type.getTypeNameSpec() instanceof SqlUserDefinedTypeNameSpec named) {
      return named.getTypeName().isSimple();
    }
    if (!(type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic)) {
      return false;
    }
    String name = basic.getTypeName().getSimple();
    boolean bare = basic.getPrecision() < 0;
    return name.equals("DECIMAL") ? !bare : bare && PLAIN_TYPES.contains(name);
  }
}
