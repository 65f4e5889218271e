package io.auspex.sql.plan;

import io.auspex.sql.rel.Predict;
import io.auspex.sql.rel.Relation;
import io.auspex.sql.rel.StreamScan;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;

/** How many rows a plan gives, where that follows from DuckDB's estimate of a table. */
final class RowEstimate {
  private RowEstimate() {}

  /** The estimate; −1 where there is none, as above a filter or a join. */
  static long of(RelNode plan) {
    RelNode node = plan.stripped();
    if (node instanceof TableScan scan) {
      return scan.getTable().unwrapOrThrow(Relation.class).rows();
    } else if (node instanceof StreamScan scan) {
      return scan.stream().rows();
    }
    return node instanceof Project || node instanceof Predict ? of(node.getInput(0)) : -1;
  }
}
