package io.auspex.sql.parser;

import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Clauses that both grammars accept and that mean something else in DuckDB. */
final class ClauseMisreadings extends SqlBasicVisitor<Void> {

  @Override
  public Void visit(SqlCall call) {
    if (call instanceof SqlSelect select) {
      refuseEmptyGroup(select);
      refuseStarOverUsing(select);
    } else if (call instanceof SqlJoin join) {
      refuseJoin(join);
    } else if (call.getKind() == SqlKind.AS) {
      refuseAliasOfStar(call);
    } else if (call.getKind() == SqlKind.COLLECTION_TABLE) {
      refuseOptions(call.operand(0));
    }
    return super.visit(call);
  }

  private static void refuseEmptyGroup(SqlSelect select) {
    SqlNodeList group = select.getGroup();
    if (group != null && group.stream().anyMatch(SqlNodeList.class::isInstance)) {
      throw new NotUnderstood("GROUP BY ()");
    }
  }

  /** {@code *} begins with the common columns in Calcite; in DuckDB they stay in their place. */
  private static void refuseStarOverUsing(SqlSelect select) {
    boolean star = select.getSelectList().stream().anyMatch(ClauseMisreadings::isStar);
    if (star && usesUsing(select.getFrom())) {
      throw new NotUnderstood("* over JOIN … USING");
    }
  }

  private static boolean usesUsing(SqlNode from) {
    return from instanceof SqlJoin join
        && (join.getConditionType() == JoinConditionType.USING
            || usesUsing(join.getLeft())
            || usesUsing(join.getRight()));
  }

  private static void refuseJoin(SqlJoin join) {
    JoinType type = join.getJoinType();
    JoinConditionType condition = join.getConditionType();
    boolean keepsRight = type == JoinType.RIGHT || type == JoinType.FULL;
    if (condition == JoinConditionType.USING && type != JoinType.INNER) {
      // A qualified common column is the merged one in DuckDB, one side's own in Calcite.
      throw new NotUnderstood(type + " JOIN … USING");
    }
    if (keepsRight && join.getLeft() instanceof SqlJoin left && isComma(left)) {
      // DuckDB joins before the comma, our grammar from left to right.
      throw new NotUnderstood(type + " JOIN after a comma");
    }
    boolean crossed = type == JoinType.CROSS || type == JoinType.COMMA;
    if (crossed != (condition == JoinConditionType.NONE)) {
      throw new NotUnderstood(type + " JOIN " + (crossed ? "with" : "without") + " a condition");
    }
    if (!crossed && !keepsRight && type != JoinType.INNER && type != JoinType.LEFT) {
      throw new NotUnderstood(type + " JOIN");
    }
  }

  private static boolean isComma(SqlJoin join) {
    return join.getJoinType() == JoinType.COMMA
        || join.getLeft() instanceof SqlJoin left && isComma(left);
  }

  /** {@code * EXCLUDE}, {@code * name}. */
  private static void refuseAliasOfStar(SqlCall as) {
    if (isStar(as.operand(0))) {
      throw new NotUnderstood("* " + as.operand(1));
    }
  }

  private static boolean isStar(SqlNode node) {
    return node instanceof SqlIdentifier identifier && identifier.isStar();
  }

  /** {@code read_csv('f', header = true)} names an option; it compares nothing. */
  private static void refuseOptions(SqlNode function) {
    if (function instanceof SqlCall call
        && call.getOperandList().stream().anyMatch(ClauseMisreadings::isEquation)) {
      throw new NotUnderstood("an option of the table function " + call.getOperator().getName());
    }
  }

  private static boolean isEquation(SqlNode node) {
    return node.getKind() == SqlKind.EQUALS;
  }
}
