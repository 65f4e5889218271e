package io.auspex.sql.validate;

import java.util.function.Consumer;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/** Walks a parsed query. */
final class Predictions {
  private Predictions() {}

  /** Whether the query calls PREDICT. */
  static boolean areIn(SqlNode query) {
    boolean[] found = new boolean[1];
    forEach(query, node -> found[0] |= PredictReader.isPredict(node));
    return found[0];
  }

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
