package io.auspex.sql.cut;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.fragment.Plan;
import io.auspex.sql.statement.QueryText;
import java.util.List;

/**
 * Plans a query without understanding it. A PREDICT that stands where a table does becomes a
 * stream, whose input is the table argument as written, with the CTEs it reads; a PREDICT in an
 * expression becomes a call of an inline function. All other text reaches DuckDB as it is.
 */
public final class Cutter {
  private Cutter() {}

  /**
   * The plan of a query.
   *
   * @param reason why it is cut, for EXPLAIN
   * @throws io.auspex.catalog.AuspexException for what is wrong with a PREDICT or what it names,
   *     with its place in the statement
   */
  public static Plan plan(QueryText query, PlanningContext context, String reason) {
    Cutting cutting = new Cutting(query, context);
    FragmentWriter root = new FragmentWriter(cutting, null);
    Sql sql = root.query(cutting.shape().query(), root.place(null));
    return new Plan(root.fragment(named(sql, query, root)), "cut", reason, List.of());
  }

  private static String named(Sql sql, QueryText query, FragmentWriter root) {
    try {
      return new ColumnNames(query, root.sourceNames())
          .applied(sql.written(), root.describeQuery(sql));
    } catch (AuspexException notYetKnown) {
      // As those of a PIVOT, which are known when there are rows.
      return sql.written();
    }
  }

  /**
   * The columns of a query, whoever plans it: with the names and types DuckDB gives to what the cut
   * makes of it.
   *
   * @throws io.auspex.catalog.AuspexException as {@link #plan} does, and WAREHOUSE for what DuckDB
   *     refuses
   */
  public static List<Column> columns(QueryText query, PlanningContext context) {
    Cutting cutting = new Cutting(query, context);
    FragmentWriter root = new FragmentWriter(cutting, null).probe();
    List<Column> columns =
        root.describeQuery(root.query(cutting.shape().query(), root.place(null)));
    return new ColumnNames(query, root.sourceNames()).shown(columns);
  }
}
