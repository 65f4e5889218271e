package io.auspex.sql.plan;

import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.fragment.InlineCall;
import io.auspex.sql.fragment.InlineFunction;
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
 * A plan whose predictions are calls of functions inside DuckDB.
 *
 * @param plan without {@link Predict}
 * @param functions those it calls
 */
record InlinePlan(RelNode plan, List<InlineFunction> functions) {

  static InlinePlan of(RelNode plan) {
    Map<String, InlineFunction> functions = new LinkedHashMap<>();
    RelNode inlined = inlined(plan, functions);
    return new InlinePlan(inlined, List.copyOf(functions.values()));
  }

  private static RelNode inlined(RelNode node, Map<String, InlineFunction> functions) {
    List<RelNode> inputs =
        node.getInputs().stream().map(input -> inlined(input, functions)).toList();
    if (!(node instanceof Predict predict)) {
      return inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    }
    if (!InlineFunctions.takes(predict.features())) {
      throw new NotUnderstood("an array of arrays, with predict_strategy = 'inline'");
    }
    List<Output> outputs = predict.outputs().stream().map(PredictedColumn::output).toList();
    InlineCall call = InlineCall.of(predict.model(), predict.features(), outputs);
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
