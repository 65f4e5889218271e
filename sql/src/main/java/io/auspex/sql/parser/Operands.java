package io.auspex.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserUtil;

/** An expression under construction in the grammar: operands and operators as they were read. */
public final class Operands {
  private Operands() {}

  /**
   * Takes off the last operand, with the {@code .field} and {@code [index]} accesses that belong to
   * it; these bind tighter than every other operator.
   */
  public static SqlNode takeLast(List<Object> expression) {
    int start = expression.size() - 1;
    while (start >= 2 && isAccess(expression.get(start - 1))) {
      start -= 2;
    }
    List<Object> operand = expression.subList(start, expression.size());
    SqlNode node = SqlParserUtil.toTree(new ArrayList<>(operand));
    operand.clear();
    return node;
  }

  private static boolean isAccess(Object item) {
    if (!(item instanceof SqlParserUtil.ToTreeListItem operator)) {
      return false;
    }
    SqlKind kind = operator.getOperator().getKind();
    return kind == SqlKind.DOT || kind == SqlKind.ITEM;
  }
}
