package io.auspex.sql.rule;

import io.auspex.catalog.OptimizerRule;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.rel.Builders;
import io.auspex.sql.rel.SourceQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apache.calcite.plan.RelOptListener;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.rules.FilterJoinRule;
import org.apache.calcite.rel.rules.FilterMergeRule;

/** Runs the rules over a query's algebra. */
public final class Optimizer {
  private final List<String> fired = new ArrayList<>();
  private final FeatureBinder binder;
  private final ToLongFunction<RelNode> rows;
  private final PlanningContext context;
  private final ModelInsight models;
  private final Set<OptimizerRule> disabled;

  /**
   * @param rows how many rows a plan gives; −1 where unknown
   * @param context asked about tables and queries
   * @param models answers about their inside
   * @param disabled rules that are not to be used
   */
  public Optimizer(
      FeatureBinder binder,
      ToLongFunction<RelNode> rows,
      PlanningContext context,
      ModelInsight models,
      Set<OptimizerRule> disabled) {
    this.binder = binder;
    this.rows = rows;
    this.context = context;
    this.models = models;
    this.disabled = Set.copyOf(disabled);
  }

  /** The names of the rules that changed a plan, in the order in which each first did. */
  public List<String> fired() {
    return List.copyOf(fired);
  }

  /**
   * The plan with a {@link io.auspex.sql.rel.Predict} for each call of PREDICT, as little computed
   * as the query needs.
   */
  public RelNode optimize(RelNode root) {
    RelNode reduced = pushed(run(withPredictions(root), PredictReuseRule.INSTANCE));
    Fanout fanout = new Fanout(rows);
    RelNode joined =
        run(
            reduced,
            PredictJoinTransposeRule.of(fanout),
            PredictJoinTransposeRule.ofProject(fanout),
            JoinPredictTransposeRule.of(fanout));
    // What a prediction has let pass may go further down.
    RelNode pushed = joined.deepEquals(reduced) ? reduced : pushed(joined);
    RelNode merged = run(pushed, ProjectMergeRule.INSTANCE);
    RelNode parted =
        run(
            merged,
            OutputPartRule.ofProject(models::computes),
            OutputPartRule.ofFilter(models::computes));
    RelNode shared = run(parted, PredictShareScanRule.INSTANCE);
    RelNode filtered = filtered(shared);
    RelNode narrow = run(trim(inSources(pruned(filtered), false)), PredictRemoveRule.INSTANCE);
    RelNode moved = inSources(narrow, true);
    // What is joined there need not be read.
    return moved.deepEquals(narrow) ? narrow : trim(moved);
  }

  /**
   * The plan with more of it in the queries of sources.
   *
   * @param whole whether all that can be there is; otherwise only what takes rows away, since no
   *     column that nobody reads is left out yet
   */
  private RelNode inSources(RelNode root, boolean whole) {
    if (!readsSources(root)) {
      return root;
    }
    RelNode filtered = run(root, SourceFilterRule.of(context), SourceSortRule.INSTANCE);
    return whole
        ? run(
            filtered,
            SourceProjectRule.INSTANCE,
            SourceFilterRule.of(context),
            SourceSortRule.INSTANCE,
            SourceJoinRule.of(context),
            SourceAggregateRule.of(context))
        : filtered;
  }

  private static boolean readsSources(RelNode node) {
    return node.stripped() instanceof SourceQuery
        || node.stripped().getInputs().stream().anyMatch(Optimizer::readsSources);
  }

  /** The plan with its filters and limits as far down as they can go. */
  private RelNode pushed(RelNode root) {
    return run(
        root,
        FilterJoinRule.FilterIntoJoinRule.FilterIntoJoinRuleConfig.DEFAULT
            .withRelBuilderFactory(Builders.AS_WRITTEN)
            .withDescription(OptimizerRule.FILTER_INTO_JOIN.ruleName())
            .toRule(),
        FilterMergeRule.Config.DEFAULT
            .withRelBuilderFactory(Builders.AS_WRITTEN)
            .withDescription(OptimizerRule.FILTER_MERGE.ruleName())
            .toRule(),
        FilterProjectTransposeRule.INSTANCE,
        FilterPredictTransposeRule.INSTANCE,
        SortProjectTransposeRule.INSTANCE,
        SortPredictTransposeRule.INSTANCE);
  }

  /** The plan with a {@link io.auspex.sql.rel.Predict} for each call of PREDICT. */
  public RelNode withPredictions(RelNode root) {
    return run(
        root,
        JoinScalarPredictRule.INSTANCE,
        ProjectScalarPredictRule.of(binder),
        FilterScalarPredictRule.of(binder));
  }

  /** The plan with filters on features that follow from those on predictions. */
  private RelNode filtered(RelNode root) {
    if (disabled.contains(OptimizerRule.FEATURE_FILTER)) {
      return root;
    }
    RelNode filtered = new FeatureFilter(binder::types, models).filtered(root);
    if (filtered == root) {
      return root;
    }
    fired.add(OptimizerRule.FEATURE_FILTER.ruleName());
    return pushed(filtered);
  }

  /** The plan with models that have nothing for rows that do not come. */
  private RelNode pruned(RelNode root) {
    if (disabled.contains(OptimizerRule.MODEL_PRUNE)) {
      return root;
    }
    RelNode pruned = new ModelPrune(binder::types, context, models).pruned(root);
    if (pruned != root) {
      fired.add(OptimizerRule.MODEL_PRUNE.ruleName());
    }
    return pruned;
  }

  private RelNode trim(RelNode root) {
    if (disabled.contains(OptimizerRule.FIELD_TRIM)) {
      return root;
    }
    FieldTrimmer trimmer =
        new FieldTrimmer(
            root,
            Optional.of(new JoinRemove(binder::types, context))
                .filter(rule -> !disabled.contains(OptimizerRule.JOIN_REMOVE)),
            Optional.of(models).filter(rule -> !disabled.contains(OptimizerRule.FEATURE_TRIM)),
            !disabled.contains(OptimizerRule.SOURCE_PROJECT),
            !disabled.contains(OptimizerRule.PREDICT_REMOVE));
    RelNode trimmed = trimmer.trim(root);
    if (trimmer.removesJoins() && !fired.contains(OptimizerRule.JOIN_REMOVE.ruleName())) {
      fired.add(OptimizerRule.JOIN_REMOVE.ruleName());
    }
    if (trimmer.leavesFeatures() && !fired.contains(OptimizerRule.FEATURE_TRIM.ruleName())) {
      fired.add(OptimizerRule.FEATURE_TRIM.ruleName());
    }
    if (trimmer.leavesSourceColumns() && !fired.contains(OptimizerRule.SOURCE_PROJECT.ruleName())) {
      fired.add(OptimizerRule.SOURCE_PROJECT.ruleName());
    }
    if (!trimmed.deepEquals(root) && !fired.contains(OptimizerRule.FIELD_TRIM.ruleName())) {
      fired.add(OptimizerRule.FIELD_TRIM.ruleName());
    }
    return trimmed;
  }

  private RelNode run(RelNode root, RelOptRule... rules) {
    HepProgramBuilder program = HepProgram.builder().addMatchOrder(HepMatchOrder.BOTTOM_UP);
    program.addRuleCollection(Stream.of(rules).filter(this::isEnabled).toList());
    HepPlanner planner = new HepPlanner(program.build());
    planner.addListener(new Fired());
    planner.setRoot(root);
    return planner.findBestExp();
  }

  private boolean isEnabled(RelOptRule rule) {
    return disabled.stream().noneMatch(off -> off.ruleName().equals(rule.toString()));
  }

  private final class Fired implements RelOptListener {
    @Override
    public void ruleProductionSucceeded(RuleProductionEvent event) {
      String name = event.getRuleCall().getRule().toString();
      if (!event.isBefore() && !fired.contains(name)) {
        fired.add(name);
      }
    }

    @Override
    public void relEquivalenceFound(RelEquivalenceEvent event) {}

    @Override
    public void ruleAttempted(RuleAttemptedEvent event) {}

    @Override
    public void relDiscarded(RelDiscardedEvent event) {}

    @Override
    public void relChosen(RelChosenEvent event) {}
  }
}
