package io.auspex.engine;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Settings;
import io.auspex.engine.stream.QueryState;
import io.auspex.sql.explain.ExplainText;
import io.auspex.sql.fragment.Plan;
import io.auspex.sql.statement.QueryText;
import io.auspex.sql.statement.Sink;
import io.auspex.sql.statement.Statement;
import io.auspex.sql.statement.Statement.Explain;
import io.auspex.sql.statement.Statement.Query;
import java.sql.SQLException;
import java.util.List;

/** {@code EXPLAIN}: the plan of a query with a prediction in it; with {@code ANALYZE}, run too. */
final class Explanation {
  private final QueryRunner queries;
  private final Settings settings;

  Explanation(QueryRunner queries, Settings settings) {
    this.queries = queries;
    this.settings = settings;
  }

  /** One row a line. */
  Rows of(Explain explain, List<Object> parameters, QueryState state) throws SQLException {
    Query query = query(explain.statement());
    long started = System.nanoTime();
    Plan plan = queries.plan(query, parameters, state);
    long planNanos = System.nanoTime() - started;
    Rows rows = new Rows("plan");
    ExplainText.of(plan, settings).forEach(rows::add);
    if (explain.analyze()) {
      rows.add("");
      analyze(query, plan, planNanos, parameters, state).forEach(rows::add);
    }
    return rows;
  }

  private static Query query(Statement statement) {
    if (statement instanceof Query query) {
      return query;
    } else if (statement instanceof Statement.CreateView view) {
      QueryText text = view.query();
      return new Query(text, new Sink.Client());
    }
    throw new AuspexException(
        ErrorCode.UNSUPPORTED, "EXPLAIN", "with this statement", "It explains queries.");
  }

  /** Runs the statement, whose rows are counted and thrown away, or landed. */
  private List<String> analyze(
      Query query, Plan plan, long planNanos, List<Object> parameters, QueryState state)
      throws SQLException {
    long started = System.nanoTime();
    try (QueryState inner = queries.state(state.cancellation(), state.progress())) {
      inner.profile().detailed();
      long rows = run(query, plan, parameters, inner);
      return Measurements.of(
          plan,
          inner.profile(),
          rows,
          planNanos,
          System.nanoTime() - started,
          inner.allocator().getPeakMemoryAllocation());
    } catch (AuspexException e) {
      // The cancellation that both share does not say why.
      state.fail(e);
      throw e;
    }
  }

  private long run(Query query, Plan plan, List<Object> parameters, QueryState inner)
      throws SQLException {
    try (Result result = queries.run(query, () -> plan, parameters, inner)) {
      long rows = Math.max(0, result.updateCount());
      while (result.hasRows() && result.nextBatch()) {
        rows += result.root().getRowCount();
      }
      return rows;
    }
  }
}
