package io.auspex.sql.plan;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Names;
import io.auspex.catalog.OptimizerRule;
import io.auspex.sql.bind.Planning;
import io.auspex.sql.bind.QueryBinder;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.fragment.Fragment;
import io.auspex.sql.fragment.Plan;
import io.auspex.sql.rule.FeatureBinder;
import io.auspex.sql.rule.ModelInsight;
import io.auspex.sql.rule.Optimizer;
import io.auspex.sql.statement.QueryText;
import io.auspex.sql.unparse.WarehouseSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalValues;

/** Plans what Calcite understands completely. */
final class CalcitePlanner implements Planning {
  private final PlanningContext context;
  private final Fragments fragments;
  private final FeatureBinder binder;
  private final Optimizer optimizer;
  private final List<String> texts = new ArrayList<>();

  CalcitePlanner(PlanningContext context) {
    this.context = context;
    Set<OptimizerRule> disabled = OptimizerRule.of(context.settings());
    Strategies strategies = new Strategies(context, disabled);
    this.fragments = new Fragments(context, strategies, disabled);
    this.binder = new FeatureBinder(fragments::types);
    this.optimizer =
        new Optimizer(binder, plan -> RowEstimate.of(plan, context), context, strategies, disabled);
  }

  /**
   * A plan that gives the columns {@code expected}.
   *
   * @throws NotUnderstood where the query might not be what DuckDB would make of it
   */
  Plan plan(QueryText query, List<Column> expected) {
    // What is wrong with the user's own text was told when its columns were asked for.
    return understood(() -> known(() -> planned(query, expected)));
  }

  /**
   * The columns of a query, as they follow from its plan alone.
   *
   * @throws NotUnderstood as {@link #plan} does
   */
  List<Column> columns(QueryText query) {
    return understood(() -> columns(QueryBinder.bind(query.text(), context, this)));
  }

  /** Plans a row without a table, for which nothing is asked. */
  static void load() {
    RelNode row = LogicalValues.createOneRow(QueryBinder.cluster());
    Optimizer optimizer =
        new Optimizer(
            new FeatureBinder(plan -> List.of()), plan -> -1, null, ModelInsight.NONE, Set.of());
    WarehouseSql.of(optimizer.optimize(row));
  }

  /** Calcite says in many ways that it cannot; none of them is an answer. */
  private static <T> T understood(Supplier<T> planning) {
    try {
      return planning.get();
    } catch (NotUnderstood | AuspexException known) {
      throw known;
    } catch (StackOverflowError tooDeep) {
      throw new NotUnderstood("an expression nested too deeply");
    } catch (RuntimeException | AssertionError refused) {
      throw new NotUnderstood("what Calcite stumbles over (" + refused + ")");
    }
  }

  @Override
  public void keepsText(String reason) {
    if (!texts.contains(reason)) {
      texts.add(reason);
    }
  }

  @Override
  public List<Column> columns(RelNode plan) {
    return known(() -> fragments.columns(optimizer.withPredictions(plan)));
  }

  @Override
  public RelNode predict(RelNode input, ModelVersion model, Optional<List<String>> columns) {
    return known(() -> binder.predict(optimizer.withPredictions(input), model, columns));
  }

  /** DuckDB describes a column in the case in which a query writes it, but gives it its own. */
  private static boolean isSame(List<String> names, List<String> expected) {
    return names.stream()
        .map(Names::fold)
        .toList()
        .equals(expected.stream().map(Names::fold).toList());
  }

  /** Why, unless DuckDB speaks of names that the user has not written. */
  private static String refusal(AuspexException refused) {
    boolean isOfOurs = refused.getMessage().contains("auspex_");
    return "a plan that DuckDB refuses" + (isOfOurs ? "" : " (" + refused.getMessage() + ")");
  }

  /** What DuckDB is asked about a part of the plan; a part that it refuses is not understood. */
  private static <T> T known(Supplier<T> question) {
    try {
      return question.get();
    } catch (AuspexException refused) {
      if (refused.code() != ErrorCode.WAREHOUSE) {
        throw refused;
      }
      throw new NotUnderstood(refusal(refused));
    }
  }

  private Plan planned(QueryText query, List<Column> expected) {
    RelNode root = QueryBinder.bind(query.text(), context, this);
    RelNode optimized = optimizer.optimize(root);
    PlanCheck.check(optimized);
    return finished(fragments.cut(optimized), expected);
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
        isSame(names, expectedNames)
            ? fragments.fragment(plan)
            : fragments.fragment(plan, expectedNames);
    String reason = texts.isEmpty() ? "" : "as text: " + String.join(", ", texts);
    List<String> fired = new ArrayList<>(optimizer.fired());
    if (fragments.isExpecting()) {
      fired.add(OptimizerRule.STATISTICS_PRUNE.ruleName());
    }
    if (fragments.findsRepeats()) {
      fired.add(OptimizerRule.REPEATED_ROWS.ruleName());
    }
    if (fragments.isBounded()) {
      fired.add(OptimizerRule.PREDICT_BOUND.ruleName());
    }
    if (fragments.sendsKeys()) {
      fired.add(OptimizerRule.SOURCE_KEYS.ruleName());
    }
    return new Plan(root, "calcite", reason, fired);
  }
}
