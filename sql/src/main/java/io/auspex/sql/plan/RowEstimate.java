package io.auspex.sql.plan;

import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.rel.Predict;
import io.auspex.sql.rel.Relation;
import io.auspex.sql.rel.SourceQuery;
import io.auspex.sql.unparse.ParameterMarks;
import io.auspex.sql.unparse.WarehouseSql;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexLiteral;

/** How many rows a plan gives, as DuckDB estimates it. */
final class RowEstimate {
  private RowEstimate() {}

  /**
   * The estimate; −1 where there is none. Asks DuckDB at most one question, and none about a table.
   *
   * @param plan may have predictions in it, but no streams
   */
  static long of(RelNode plan, PlanningContext context) {
    RelNode node = plan.stripped();
    if (node instanceof Project || node instanceof Predict) {
      return of(node.getInput(0), context);
    } else if (node instanceof Sort sort) {
      return taken(of(sort.getInput(), context), sort);
    } else if (node instanceof SourceQuery query && query.rows() >= 0) {
      return query.rows();
    } else if (node instanceof TableScan scan) {
      long rows = scan.getTable().unwrapOrThrow(Relation.class).rows();
      if (rows >= 0) {
        return rows;
      }
    }
    ParameterMarks.Numbered text =
        ParameterMarks.numbered(WarehouseSql.of(Fragments.withoutModels(node)));
    return context.rows(text.sql(), text.types(context.parameterTypes()));
  }

  /** Of the rows of a plan, those that a LIMIT takes; DuckDB leaves it out of its estimate. */
  private static long taken(long rows, Sort sort) {
    long skipped = sort.offset instanceof RexLiteral offset ? offset.getValueAs(Long.class) : 0;
    long left = rows < 0 ? -1 : Math.max(0, rows - skipped);
    return sort.fetch instanceof RexLiteral fetch
        ? Math.min(left < 0 ? Long.MAX_VALUE : left, fetch.getValueAs(Long.class))
        : left;
  }
}
