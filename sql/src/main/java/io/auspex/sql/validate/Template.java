package io.auspex.sql.validate;

import io.auspex.sql.rel.RawSql;
import io.auspex.sql.rel.Verbatim;
import io.auspex.sql.unparse.WarehouseDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A call under construction whose operands leave holes in its text. */
final class Template {

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
    return new RawSql(Verbatim.HOLE);
  }

  /** Places for the operands, with commas between them. */
  String places(List<SqlNode> operands) {
    return operands.stream().map(this::place).map(RawSql::sql).collect(Collectors.joining(", "));
  }

  /** The call, with the holes that were made for it. */
  SqlCall call(SqlNode written, boolean isDelimited, boolean isPredicate) {
    return call(WarehouseDialect.operatorSql(written), isDelimited, isPredicate);
  }

  /** The call of this text, with the holes that were made for it. */
  SqlCall call(String text, boolean isDelimited, boolean isPredicate) {
    Verbatim verbatim =
        new Verbatim(List.of(text.split(Verbatim.HOLE, -1)), isDelimited, isPredicate);
    return verbatim.createCall(SqlParserPos.ZERO, operands);
  }
}
