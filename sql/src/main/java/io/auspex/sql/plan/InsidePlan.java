package io.auspex.sql.plan;

import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import io.auspex.sql.fragment.InlineCall;
import io.auspex.sql.fragment.InlineFunction;
import io.auspex.sql.fragment.Prediction;
import io.auspex.sql.fragment.Strategy;
import io.auspex.sql.rel.Predict;
import io.auspex.sql.rel.PredictedColumn;
import io.auspex.sql.rel.Types;
import io.auspex.sql.rel.Verbatim;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.duckdb.InlineFunctions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/**
 * A plan whose predictions DuckDB computes: by functions inside of it, or as SQL.
 *
 * @param plan without {@link Predict}
 * @param functions those it calls
 */
record InsidePlan(RelNode plan, List<InlineFunction> functions, List<Prediction> predictions) {

  static InsidePlan of(RelNode plan, Strategies strategies) {
    Map<String, InlineFunction> functions = new LinkedHashMap<>();
    List<Prediction> predictions = new ArrayList<>();
    RelNode inside = inside(plan, strategies, functions, predictions);
    return new InsidePlan(inside, List.copyOf(functions.values()), predictions);
  }

  private static RelNode inside(
      RelNode node,
      Strategies strategies,
      Map<String, InlineFunction> functions,
      List<Prediction> predictions) {
    List<RelNode> inputs =
        node.getInputs().stream()
            .map(input -> inside(input, strategies, functions, predictions))
            .toList();
    if (!(node instanceof Predict predict)) {
      return inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    }
    Prediction how = predict.decided().orElseThrow();
    predictions.add(how);
    if (how.strategy() == Strategy.SQL) {
      return SqlProjection.of(predict, inputs.get(0), strategies.profile(predict).sql().get());
    }
    List<Output> outputs = predict.outputs().stream().map(PredictedColumn::output).toList();
    InlineCall call =
        InlineCall.of(predict.model(), predict.features(), outputs, predict.domains());
    functions.put(call.function().name(), call.function());
    return projected(predict, inputs.get(0), call);
  }

  /** One call a row; a STRUCT is computed below the projection that takes it apart. */
  private static RelNode projected(Predict predict, RelNode input, InlineCall call) {
    List<RexNode> columns = new ArrayList<>();
    predict
        .passing()
        .forEach(i -> columns.add(input.getCluster().getRexBuilder().makeInputRef(input, i)));
    columns.add(value(predict, input, call));
    List<String> names = predict.getRowType().getFieldNames();
    if (call.isOneValue()) {
      return LogicalProject.create(input, List.of(), columns, names, Set.of());
    }
    List<String> whole = new ArrayList<>(names.subList(0, predict.passing().size()));
    whole.add(Names.unused("__prediction", whole));
    RelNode computed = LogicalProject.create(input, List.of(), columns, whole, Set.of());
    return LogicalProject.create(computed, List.of(), parts(predict, computed), names, Set.of());
  }

  private static List<RexNode> parts(Predict predict, RelNode computed) {
    RexBuilder rex = computed.getCluster().getRexBuilder();
    int prediction = predict.passing().size();
    List<RexNode> parts = new ArrayList<>();
    for (int i = 0; i < prediction; i++) {
      parts.add(rex.makeInputRef(computed, i));
    }
    for (PredictedColumn output : predict.outputs()) {
      String field = ", " + Names.literal(output.output().column()) + ")";
      parts.add(
          rex.makeCall(
              Types.any(rex.getTypeFactory()),
              Verbatim.call("struct_extract(", field),
              List.of(rex.makeInputRef(computed, prediction))));
    }
    return parts;
  }

  private static RexNode value(Predict predict, RelNode input, InlineCall call) {
    RexBuilder rex = input.getCluster().getRexBuilder();
    List<RexNode> columns = new ArrayList<>();
    List<String> arguments = new ArrayList<>();
    for (Feature feature : predict.features()) {
      columns.add(rex.makeInputRef(input, feature.column()));
      arguments.add(InlineFunctions.argument(feature, feature.expression(Verbatim.HOLE)));
    }
    String written = call.call(String.join(", ", arguments));
    return rex.makeCall(
        Types.any(rex.getTypeFactory()), Verbatim.call(written.split(Verbatim.HOLE, -1)), columns);
  }
}
