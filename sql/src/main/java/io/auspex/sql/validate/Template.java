package io.auspex.sql.validate;

import io.auspex.sql.parser.NotUnderstood;
import io.auspex.sql.rel.RawSql;
import io.auspex.sql.rel.Verbatim;
import io.auspex.sql.unparse.WarehouseDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A call under construction whose operands leave holes in its text. Holes are numbered, since
 * Calcite does not write every operator's operands in the order in which it keeps them: a CASE has
 * all its WHENs before its THENs.
 */
final class Template {
  private static final Pattern NUMBERED = Pattern.compile(Verbatim.HOLE + "(\\d+)" + Verbatim.HOLE);

  private final List<SqlNode> operands = new ArrayList<>();

  /** An expression that reads nothing. */
  static SqlCall constant(String text) {
    return new Verbatim(List.of(text), true, false).createCall(SqlParserPos.ZERO, List.of());
  }

  /** A hole for the operand; a constant is written out instead. */
  RawSql place(SqlNode operand) {
    if (operand instanceof SqlCall call
        && call.getOperator() instanceof Verbatim verbatim
        && call.operandCount() == 0) {
      String text = verbatim.pieces().get(0);
      return new RawSql(verbatim.isDelimited() ? text : '(' + text + ')');
    }
    operands.add(operand);
    return new RawSql(Verbatim.HOLE + (operands.size() - 1) + Verbatim.HOLE);
  }

  /** Places for the operands, with commas between them. */
  String places(List<SqlNode> operands) {
    return operands.stream().map(this::place).map(RawSql::sql).collect(Collectors.joining(", "));
  }

  /** The call, with the holes that were made for it. */
  SqlCall call(SqlNode written, boolean isDelimited, boolean isPredicate) {
    return call(WarehouseDialect.operatorSql(written), isDelimited, isPredicate);
  }

  /** The call of this text, with the holes that were made for it, each once. */
  SqlCall call(String text, boolean isDelimited, boolean isPredicate) {
    List<String> pieces = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    Matcher hole = NUMBERED.matcher(text);
    int from = 0;
    while (hole.find()) {
      pieces.add(text.substring(from, hole.start()));
      order.add(Integer.valueOf(hole.group(1)));
      from = hole.end();
    }
    pieces.add(text.substring(from));
    if (order.size() != operands.size() || Set.copyOf(order).size() != order.size()) {
      throw new NotUnderstood("an expression that is not written as it was read");
    }
    List<SqlNode> inOrder = order.stream().map(operands::get).toList();
    return new Verbatim(pieces, isDelimited, isPredicate).createCall(SqlParserPos.ZERO, inOrder);
  }
}
