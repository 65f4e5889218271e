package io.auspex.sql.plan;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.ErrorCode;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.fragment.Fragment;
import io.auspex.sql.fragment.Plan;
import io.auspex.sql.parser.NotUnderstood;
import io.auspex.sql.rule.Binder;
import io.auspex.sql.rule.Optimizer;
import io.auspex.sql.statement.QueryText;
import io.auspex.sql.validate.QueryConverter;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;

/** Plans what Calcite understands completely. */
final class CalcitePlanner {
  private final PlanningContext context;
  private final Fragments fragments;
  private final Optimizer optimizer;

  CalcitePlanner(PlanningContext context) {
    this.context = context;
    this.fragments = new Fragments(context);
    this.optimizer = new Optimizer(new Binder(fragments::types));
  }

  /**
   * A plan that gives the columns {@code expected}.
   *
   * @throws NotUnderstood where the query might not be what DuckDB would make of it
   */
  Plan plan(QueryText query, List<Column> expected) {
    try {
      RelRoot root = QueryConverter.convert(query, context);
      RelNode optimized = optimizer.optimize(root.project());
      PlanCheck.check(optimized);
      return finished(fragments.cut(optimized), expected);
    } catch (NotUnderstood known) {
      throw known;
    } catch (AuspexException known) {
      // What is wrong with the user's own text was told when its columns were asked for.
      throw known.code() == ErrorCode.WAREHOUSE
          ? new NotUnderstood("a plan that DuckDB refuses (" + known.getMessage() + ")")
          : known;
    } catch (RuntimeException | AssertionError refused) {
      // Calcite says in many ways that it cannot; none of them is an answer.
      throw new NotUnderstood("what Calcite stumbles over (" + refused + ")");
    }
  }

  private Plan finished(RelNode plan, List<Column> expected) {
    List<Column> columns = fragments.columns(plan);
    List<String> types = columns.stream().map(Column::type).toList();
    if (!types.equals(expected.stream().map(Column::type).toList())) {
      throw new NotUnderstood("types: " + types);
    }
    List<String> names = columns.stream().map(Column::name).toList();
    List<String> expectedNames = expected.stream().map(Column::name).toList();
    Fragment root =
        names.equals(expectedNames)
            ? Fragments.fragment(plan)
            : Fragments.fragment(plan, expectedNames);
    return new Plan(root, "calcite", "", optimizer.fired());
  }
}
