package io.auspex.sql.validate;

import io.auspex.sql.parser.NotUnderstood;
import io.auspex.sql.unparse.WarehouseDialect;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWindow;

/** Reads what stands in the parentheses after OVER. */
final class WindowReader {
  private final SqlWindow window;
  private final Template template;
  private final ExpressionReader expressions;

  WindowReader(SqlWindow window, Template template, ExpressionReader expressions) {
    this.window = window;
    this.template = template;
    this.expressions = expressions;
  }

  /** The window's text, with holes for what it reads; these come in the text's order. */
  String text() {
    if (window.getRefName() != null) {
      throw new NotUnderstood("a named window");
    }
    List<String> clauses = new ArrayList<>();
    if (!window.getPartitionList().isEmpty()) {
      List<SqlNode> keys = expressions.expressions(window.getPartitionList());
      clauses.add("PARTITION BY " + template.places(keys));
    }
    if (!window.getOrderList().isEmpty()) {
      List<String> keys = window.getOrderList().stream().map(this::sortKey).toList();
      clauses.add("ORDER BY " + String.join(", ", keys));
    }
    if (window.getLowerBound() != null) {
      clauses.add(frame());
    }
    return String.join(" ", clauses);
  }

  private String sortKey(SqlNode key) {
    return switch (key.getKind()) {
      case DESCENDING -> sortKey(((SqlCall) key).operand(0)) + " DESC";
      case NULLS_FIRST -> sortKey(((SqlCall) key).operand(0)) + " NULLS FIRST";
      case NULLS_LAST -> sortKey(((SqlCall) key).operand(0)) + " NULLS LAST";
      default -> template.place(expressions.expression(key)).sql();
    };
  }

  private String frame() {
    String unit = window.isRows() ? "ROWS " : "RANGE ";
    SqlNode upper = window.getUpperBound();
    String rows =
        upper == null
            ? bound(window.getLowerBound())
            : "BETWEEN " + bound(window.getLowerBound()) + " AND " + bound(upper);
    return unit + rows + excluded(window.getExclude());
  }

  private static String excluded(SqlLiteral exclude) {
    if (exclude == null) {
      return "";
    } else if (SqlWindow.isExcludeCurrentRow(exclude)) {
      return " EXCLUDE CURRENT ROW";
    } else if (SqlWindow.isExcludeGroup(exclude)) {
      return " EXCLUDE GROUP";
    }
    return SqlWindow.isExcludeTies(exclude) ? " EXCLUDE TIES" : "";
  }

  private static String bound(SqlNode bound) {
    boolean isConstant =
        bound instanceof SqlLiteral
            || (bound instanceof SqlCall call
                && (call.getKind() == SqlKind.PRECEDING || call.getKind() == SqlKind.FOLLOWING)
                && call.operand(0) instanceof SqlLiteral);
    if (!isConstant) {
      throw new NotUnderstood("the window frame " + bound);
    }
    return WarehouseDialect.operatorSql(bound);
  }
}
