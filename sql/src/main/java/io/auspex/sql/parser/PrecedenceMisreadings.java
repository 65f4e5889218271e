package io.auspex.sql.parser;

import java.util.EnumSet;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * Neighbouring operators that bind otherwise in DuckDB; with the user's own parentheses they are
 * fine. Found by comparing the parse trees of both for all pairs of operators, which the test
 * repeats.
 */
final class PrecedenceMisreadings extends SqlBasicVisitor<Void> {
  private static final Set<SqlKind> ARITHMETIC =
      EnumSet.of(SqlKind.PLUS, SqlKind.MINUS, SqlKind.TIMES, SqlKind.DIVIDE, SqlKind.MOD);

  private static final Set<SqlKind> SIGNS = EnumSet.of(SqlKind.MINUS_PREFIX, SqlKind.PLUS_PREFIX);

  static final Set<SqlKind> PREDICATES =
      EnumSet.of(
          SqlKind.EQUALS,
          SqlKind.NOT_EQUALS,
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL,
          SqlKind.GREATER_THAN,
          SqlKind.GREATER_THAN_OR_EQUAL,
          SqlKind.IS_DISTINCT_FROM,
          SqlKind.IS_NOT_DISTINCT_FROM,
          SqlKind.IS_NULL,
          SqlKind.IS_NOT_NULL,
          SqlKind.IS_TRUE,
          SqlKind.IS_NOT_TRUE,
          SqlKind.IS_FALSE,
          SqlKind.IS_NOT_FALSE,
          SqlKind.IS_UNKNOWN,
          SqlKind.LIKE,
          SqlKind.BETWEEN,
          SqlKind.IN,
          SqlKind.NOT_IN);

  private final GrammarTokens tokens;

  PrecedenceMisreadings(GrammarTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public Void visit(SqlCall call) {
    refuseListOperand(call);
    refuseSubscriptedCast(call);
    for (SqlNode operand : call.getOperandList()) {
      if (operand instanceof SqlCall inner && !tokens.isParenthesized(inner)) {
        refusePredicateInside(call, inner);
        refuseConcatenationBesideArithmetic(call, inner);
      }
    }
    return super.visit(call);
  }

  /** {@code a IN (1, 2) LIKE b}: Calcite takes {@code (1, 2) LIKE b} for the list. */
  private static void refuseListOperand(SqlCall call) {
    if (call.getKind() == SqlKind.IN || call.getKind() == SqlKind.NOT_IN) {
      SqlNode right = call.operand(1);
      if (!(right instanceof SqlNodeList) && !right.isA(SqlKind.QUERY)) {
        throw new NotUnderstood("an operator after IN (…)");
      }
    }
  }

  /** {@code a::int[3]} is a cast to an array in DuckDB. */
  private static void refuseSubscriptedCast(SqlCall call) {
    if (call.getKind() == SqlKind.ITEM && call.operand(0).getKind() == SqlKind.CAST) {
      throw new NotUnderstood("[…] after a cast");
    }
  }

  /** {@code a = b = c}, {@code a IS DISTINCT FROM b < c}, {@code a LIKE b IS NULL}. */
  private static void refusePredicateInside(SqlCall outer, SqlCall inner) {
    if (isInfix(outer) && (PREDICATES.contains(inner.getKind()) || isNot(inner))) {
      throw new NotUnderstood(
          inner.getOperator().getName() + " within " + outer.getOperator().getName());
    }
  }

  private static boolean isInfix(SqlCall call) {
    SqlKind kind = call.getKind();
    return PREDICATES.contains(kind)
        || ARITHMETIC.contains(kind)
        || SIGNS.contains(kind)
        || isConcatenation(call);
  }

  private static boolean isNot(SqlCall call) {
    return call.getKind() == SqlKind.NOT;
  }

  /** {@code ||} binds tighter than {@code +} in Calcite, looser in DuckDB. */
  private static void refuseConcatenationBesideArithmetic(SqlCall outer, SqlCall inner) {
    if (isConcatenation(outer) && ARITHMETIC.contains(inner.getKind())
        || ARITHMETIC.contains(outer.getKind()) && isConcatenation(inner)
        || SIGNS.contains(outer.getKind()) && isConcatenation(inner)) {
      throw new NotUnderstood("|| beside arithmetic");
    }
  }

  private static boolean isConcatenation(SqlCall call) {
    return call.getOperator() == SqlStdOperatorTable.CONCAT;
  }
}
