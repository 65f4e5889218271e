package io.auspex.sql.plan;

import io.auspex.catalog.Column;
import io.auspex.catalog.Names;
import io.auspex.catalog.OptimizerRule;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.fragment.Fragment;
import io.auspex.sql.fragment.PredictStream;
import io.auspex.sql.fragment.Prediction;
import io.auspex.sql.fragment.Renaming;
import io.auspex.sql.fragment.Strategy;
import io.auspex.sql.fragment.StreamNames;
import io.auspex.sql.rel.Predict;
import io.auspex.sql.rel.PredictedColumn;
import io.auspex.sql.rel.SourceQuery;
import io.auspex.sql.rel.StreamScan;
import io.auspex.sql.rel.Types;
import io.auspex.sql.rel.Verbatim;
import io.auspex.sql.rule.StatisticsPrune;
import io.auspex.sql.rule.Wanted;
import io.auspex.sql.unparse.ParameterMarks;
import io.auspex.sql.unparse.WarehouseSql;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.domain.Domains;
import io.auspex.udf.predict.OutputBound;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/** Cuts a plan at each {@link Predict} into fragments of SQL. */
final class Fragments {
  private final PlanningContext context;

  private final Strategies strategies;
  private final boolean bounds;
  private final boolean sendsKeys;
  private final KeySending keys;
  private final StatisticsPrune statistics;
  private boolean isBounded;
  private boolean isExpecting;

  /**
   * @param disabled rules that are not to be used
   */
  Fragments(PlanningContext context, Strategies strategies, Set<OptimizerRule> disabled) {
    this.context = context;
    this.strategies = strategies;
    this.bounds = !disabled.contains(OptimizerRule.PREDICT_BOUND);
    this.sendsKeys = !disabled.contains(OptimizerRule.SOURCE_KEYS);
    this.keys = new KeySending(context);
    this.statistics = new StatisticsPrune(this::types, context);
  }

  /** The plan with a stream in place of each prediction that does not run inside of DuckDB. */
  RelNode cut(RelNode plan) {
    return cut(plan, Optional.empty());
  }

  /**
   * @param wanted which of its rows the plan above needs
   */
  private RelNode cut(RelNode node, Optional<Wanted> wanted) {
    Optional<Wanted> below = bounds ? Wanted.below(node, wanted) : Optional.empty();
    List<RelNode> inputs = node.getInputs().stream().map(input -> cut(input, below)).toList();
    if (node instanceof SourceQuery query) {
      return SourceStreams.scan(query);
    } else if (node instanceof Join join && sendsKeys) {
      inputs = keys.sending(join, inputs);
    }
    if (node instanceof Predict predict) {
      Optional<OutputBound> bound =
          wanted.flatMap(of -> of.ofOutput(predict)).filter(of -> strategies.hasUseFor(predict));
      Prediction how = strategies.of(predict, bound);
      if (how.strategy() != Strategy.STREAM) {
        return predict.decided(how, inputs.get(0));
      }
      isBounded |= bound.isPresent();
      return new StreamScan(node.getCluster(), stream(predict, how, bound, inputs.get(0)));
    }
    return inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
  }

  /** Whether a source is given the keys of a join. */
  boolean sendsKeys() {
    return keys.isUsed();
  }

  /** Whether a model was told which of its predictions are wanted. */
  boolean isBounded() {
    return isBounded;
  }

  /** Whether equal rows are computed once. */
  boolean findsRepeats() {
    return strategies.findsRepeats();
  }

  /** Whether a model leaves out what statistics rule out. */
  boolean isExpecting() {
    return isExpecting;
  }

  /** The fragment of a plan that {@link #cut} gave. */
  Fragment fragment(RelNode plan) {
    InsidePlan inside = InsidePlan.of(SourceStreams.shared(plan), strategies);
    return fragment(WarehouseSql.of(inside.plan()), inside);
  }

  /** The same, with these names for its columns. */
  Fragment fragment(RelNode plan, List<String> names) {
    InsidePlan inside = InsidePlan.of(SourceStreams.shared(plan), strategies);
    return fragment(Renaming.of(WarehouseSql.of(inside.plan()), names), inside);
  }

  private static Fragment fragment(String sql, InsidePlan inside) {
    ParameterMarks.Numbered text = ParameterMarks.numbered(sql);
    List<PredictStream> streams = new ArrayList<>();
    collectStreams(inside.plan(), streams);
    return new Fragment(
        text.sql(),
        text.ordinals(),
        streams,
        SourceStreams.of(inside.plan()),
        inside.functions(),
        inside.predictions());
  }

  private static void collectStreams(RelNode node, List<PredictStream> streams) {
    if (node instanceof StreamScan scan) {
      streams.add(scan.stream());
    }
    node.getInputs().forEach(input -> collectStreams(input, streams));
  }

  /** The columns of a plan, as DuckDB gives them; the plan may have predictions in it. */
  List<Column> columns(RelNode plan) {
    ParameterMarks.Numbered text =
        ParameterMarks.numbered(WarehouseSql.forTypes(withoutModels(plan)));
    List<String> types = text.types(context.parameterTypes());
    return context.describe(text.sql(), types);
  }

  /** The types of a plan's columns, as DuckDB gives them. */
  List<String> types(RelNode plan) {
    return ColumnTypes.of(plan).orElseGet(() -> columns(plan).stream().map(Column::type).toList());
  }

  /** The plan with values of the right types, of which DuckDB knows no more, for predictions. */
  static RelNode withoutModels(RelNode node) {
    RelNode plain = node.stripped();
    List<RelNode> inputs = plain.getInputs().stream().map(Fragments::withoutModels).toList();
    if (!(plain instanceof Predict predict)) {
      return inputs.isEmpty() ? plain : plain.copy(plain.getTraitSet(), inputs);
    }
    RexBuilder rex = predict.getCluster().getRexBuilder();
    List<RexNode> columns = passing(predict, inputs.get(0));
    for (PredictedColumn output : predict.outputs()) {
      String value = "TRY_CAST(CAST(? AS VARCHAR) AS " + output.output().sqlType() + ")";
      columns.add(call(rex, value, rex.makeInputRef(inputs.get(0), 0)));
    }
    return LogicalProject.create(
        inputs.get(0), List.of(), columns, predict.getRowType().getFieldNames(), Set.of());
  }

  private static List<RexNode> passing(Predict predict, RelNode input) {
    RexBuilder rex = predict.getCluster().getRexBuilder();
    List<RexNode> columns = new ArrayList<>();
    predict.passing().forEach(ordinal -> columns.add(rex.makeInputRef(input, ordinal)));
    return columns;
  }

  private static RexNode call(RexBuilder rex, String sql, RexNode... operands) {
    RelDataType any = Types.any(rex.getTypeFactory());
    return rex.makeCall(any, Verbatim.call(sql.split("\\?", -1)), List.of(operands));
  }

  private PredictStream stream(
      Predict predict, Prediction how, Optional<OutputBound> bound, RelNode input) {
    List<RexNode> columns = passing(predict, input);
    List<String> names =
        new ArrayList<>(predict.getRowType().getFieldNames().subList(0, columns.size()));
    List<Feature> features = new ArrayList<>();
    for (Feature feature : predict.features()) {
      features.add(read(feature, input, columns, names));
    }
    RelNode scanned = LogicalProject.create(input, List.of(), columns, names, Set.of());
    // Which rows are wanted is found out along with what they are.
    Domains expected =
        bound.isEmpty() ? strategies.expected(predict, how, statistics) : Domains.NONE;
    isExpecting |= !expected.isEmpty();
    List<String> types = types(input);
    List<Column> all = new ArrayList<>();
    for (int i = 0; i < predict.passing().size(); i++) {
      all.add(new Column(names.get(i), types.get(predict.passing().get(i))));
    }
    predict
        .outputs()
        .forEach(output -> all.add(new Column(output.name(), output.output().sqlType())));
    return new PredictStream(
        StreamNames.next(),
        fragment(scanned).relaying(Relays.of(scanned)),
        expected.isEmpty() ? how : strategies.expecting(how, predict, expected),
        predict.passing().size(),
        predict.model(),
        features,
        predict.outputs().stream().map(PredictedColumn::output).toList(),
        all,
        predict.domains(),
        expected,
        bound,
        false);
  }

  /** The feature as a column of the scan side: a passing one if it need not be cast. */
  private static Feature read(
      Feature feature, RelNode input, List<RexNode> columns, List<String> names) {
    RexBuilder rex = input.getCluster().getRexBuilder();
    RexNode column = rex.makeInputRef(input, feature.column());
    RexNode value =
        feature.cast() ? call(rex, "CAST(? AS " + feature.sqlType() + ")", column) : column;
    int known = columns.indexOf(value);
    if (known < 0) {
      columns.add(value);
      names.add(Names.unused("__f" + names.size(), names));
    }
    return feature.castAt(known < 0 ? columns.size() - 1 : known);
  }
}
