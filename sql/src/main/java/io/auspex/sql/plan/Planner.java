package io.auspex.sql.plan;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Setting;
import io.auspex.sql.context.AskedOnce;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.cut.Cutter;
import io.auspex.sql.fragment.Plan;
import io.auspex.sql.statement.QueryText;
import io.auspex.sql.statement.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Plans queries: by Calcite what it understands completely, by cutting everything else. What the
 * setting {@code planner} says comes first.
 */
public final class Planner {
  private Planner() {}

  /**
   * The plan of a query. The result has the same columns, whoever plans it.
   *
   * @throws AuspexException for what is wrong with a PREDICT or what it names, with its place in
   *     the statement; UNSUPPORTED where {@code planner} is {@code always} and Calcite does not
   *     understand the query
   */
  public static Plan plan(QueryText query, PlanningContext warehouse) {
    PlanningContext context = new AskedOnce(warehouse);
    String planner = context.settings().get(Setting.PLANNER);
    if (planner.equals("never")) {
      return Cutter.plan(query, context, "planner = 'never'");
    }
    try {
      return new CalcitePlanner(context).plan(query, columns(query, context));
    } catch (NotUnderstood refused) {
      if (planner.equals("always")) {
        throw new AuspexException(
            ErrorCode.UNSUPPORTED,
            refused.reason(),
            "with planner = 'always'",
            "SET planner = 'auto'.");
      }
      return Cutter.plan(query, context, refused.reason());
    }
  }

  /** Has the classes loaded and initialized that plan queries, which takes the first one long. */
  public static void load() {
    CalcitePlanner.load();
  }

  private static List<Column> columns(QueryText query, PlanningContext context) {
    try {
      return Cutter.columns(query, context);
    } catch (AuspexException refused) {
      if (Shape.of(query.text()).rescans()) {
        // As those of a PIVOT, which are known when there are rows.
        throw new NotUnderstood("columns that are known later");
      } else if (refused.code() == ErrorCode.WAREHOUSE && !context.parameterTypes().isEmpty()) {
        // A NULL goes with everything, but not as a value of a type.
        throw new NotUnderstood(refused.getMessage());
      } else if (refused.code() != ErrorCode.WAREHOUSE || !hasScalarCall(query)) {
        throw refused;
      }
      return ownColumns(query, context).orElseThrow(() -> refused);
    }
  }

  private static boolean hasScalarCall(QueryText query) {
    return Shape.of(query.text()).calls().stream().anyMatch(call -> !call.table());
  }

  /**
   * The columns by the plan alone: DuckDB refuses the cut form of some good queries, as of one that
   * groups by a prediction, which is then a call of a volatile function.
   */
  private static Optional<List<Column>> ownColumns(QueryText query, PlanningContext context) {
    try {
      return Optional.of(new CalcitePlanner(context).columns(query));
    } catch (NotUnderstood | AuspexException refused) {
      return Optional.empty();
    }
  }
}
