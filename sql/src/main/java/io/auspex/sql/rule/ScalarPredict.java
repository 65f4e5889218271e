package io.auspex.sql.rule;

import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import io.auspex.sql.rel.Calls;
import io.auspex.sql.rel.Predict;
import io.auspex.sql.rel.PredictFunction;
import io.auspex.sql.rel.PredictedColumn;
import io.auspex.sql.rel.Types;
import io.auspex.sql.rel.Verbatim;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;

/**
 * Takes calls of one model over the same arguments out of expressions, into one {@link Predict}
 * below them.
 */
final class ScalarPredict {
  private final RelNode input;
  private final RexCall call;
  private final ModelVersion model;
  private final List<Output> outputs = new ArrayList<>();
  private final RexBuilder rex;
  private final int passing;

  private ScalarPredict(RelNode input, RexCall call, List<RexNode> expressions) {
    this.input = input;
    this.call = call;
    this.model = ((PredictFunction) call.getOperator()).model();
    this.rex = input.getCluster().getRexBuilder();
    this.passing = input.getRowType().getFieldCount();
    expressions.forEach(this::collectOutputs);
  }

  /** A call in the expressions that has no other in its arguments. */
  static Optional<ScalarPredict> innermost(RelNode input, List<RexNode> expressions) {
    List<RexCall> found = new ArrayList<>();
    for (RexNode expression : expressions) {
      Calls.any(
          expression,
          call ->
              call.getOperator() instanceof PredictFunction
                  && call.getOperands().stream().noneMatch(Conditions::hasPredict)
                  && found.add(call));
    }
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(new ScalarPredict(input, found.get(0), expressions));
  }

  private void collectOutputs(RexNode expression) {
    expression.accept(
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitCall(RexCall other) {
            if (isSame(other)) {
              ((PredictFunction) other.getOperator())
                  .outputs().stream()
                      .filter(output -> !outputs.contains(output))
                      .forEach(outputs::add);
            }
            return super.visitCall(other);
          }
        });
  }

  private boolean isSame(RexCall other) {
    return other.getOperator() instanceof PredictFunction function
        && function.model().equals(model)
        && other.getOperands().equals(call.getOperands());
  }

  /** The prediction, over the input's columns and what the call computes of them. */
  Predict predict(FeatureBinder binder) {
    List<RexNode> columns = new ArrayList<>();
    for (int i = 0; i < passing; i++) {
      columns.add(rex.makeInputRef(input, i));
    }
    List<Integer> arguments = new ArrayList<>();
    for (RexNode argument : call.getOperands()) {
      int known = columns.indexOf(argument);
      arguments.add(known < 0 ? columns.size() : known);
      if (known < 0) {
        columns.add(argument);
      }
    }
    List<String> names = names(columns.size());
    RelNode computed =
        columns.size() == passing
            ? input
            : LogicalProject.create(input, List.of(), columns, names, Set.of());
    List<Integer> passed = new ArrayList<>(arguments.size());
    for (int i = 0; i < passing; i++) {
      passed.add(i);
    }
    return new Predict(
        input.getCluster(),
        input.getTraitSet(),
        computed,
        columns.size(),
        model,
        binder.features(computed, model, arguments),
        passed,
        predicted());
  }

  /** The input's names, then one for each argument that is not a column of it. */
  private List<String> names(int count) {
    List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
    Set<String> taken = names.stream().map(Names::fold).collect(Collectors.toSet());
    for (int i = 1; names.size() < count; i++) {
      if (taken.add("argument " + i)) {
        names.add("argument " + i);
      }
    }
    return names;
  }

  private List<PredictedColumn> predicted() {
    Set<String> taken = new HashSet<>();
    input.getRowType().getFieldNames().forEach(name -> taken.add(Names.fold(name)));
    List<PredictedColumn> columns = new ArrayList<>();
    for (Output output : outputs) {
      String name = output.column();
      for (int i = 1; !taken.add(Names.fold(name)); i++) {
        name = output.column() + '_' + i;
      }
      columns.add(new PredictedColumn(name, output));
    }
    return columns;
  }

  /** An expression over the prediction, in place of the one over the input. */
  RexNode rewritten(RexNode expression) {
    return expression.accept(
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall other) {
            return isSame(other)
                ? value((PredictFunction) other.getOperator())
                : super.visitCall(other);
          }
        });
  }

  private RexNode value(PredictFunction function) {
    RelDataType type = Types.any(input.getCluster().getTypeFactory());
    List<RexNode> values =
        function.outputs().stream()
            .<RexNode>map(output -> new RexInputRef(passing + outputs.indexOf(output), type))
            .toList();
    return function.isStruct() ? struct(function.outputs(), values, type) : values.get(0);
  }

  /** A STRUCT of the outputs; NULL where the row has no prediction, which leaves all of them so. */
  private RexNode struct(List<Output> fields, List<RexNode> values, RelDataType type) {
    List<String> pieces = new ArrayList<>();
    List<RexNode> operands = new ArrayList<>(values);
    operands.addAll(values);
    for (int i = 0; i < values.size(); i++) {
      pieces.add(i == 0 ? "CASE WHEN " : " IS NOT NULL OR ");
    }
    for (int i = 0; i < fields.size(); i++) {
      String field = Names.literal(fields.get(i).column()) + ": ";
      pieces.add((i == 0 ? " IS NOT NULL THEN {" : ", ") + field);
    }
    pieces.add("} END");
    return rex.makeCall(type, Verbatim.call(pieces.toArray(String[]::new)), operands);
  }
}
