package io.auspex.sql.validate;

import java.util.function.Consumer;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/** Walks over parsed queries. */
final class Trees {
  private Trees() {}

  /** Visits a node and all below it. */
  static void forEach(SqlNode node, Consumer<SqlNode> visitor) {
    if (node == null) {
      return;
    }
    visitor.accept(node);
    if (node instanceof SqlCall call) {
      call.getOperandList().forEach(operand -> forEach(operand, visitor));
    } else if (node instanceof SqlNodeList list) {
      list.forEach(item -> forEach(item, visitor));
    }
  }
}
