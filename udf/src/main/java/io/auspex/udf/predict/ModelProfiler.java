package io.auspex.udf.predict;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Output;
import io.auspex.udf.domain.Domains;
import io.auspex.udf.ensemble.Ensemble;
import io.auspex.udf.expression.Expression;
import io.auspex.udf.expression.Expression.Column;
import io.auspex.udf.expression.Expression.Linear;
import io.auspex.udf.expression.Expression.Lookup;
import io.auspex.udf.expression.Expression.Part;
import io.auspex.udf.expression.Expression.Trees;
import io.auspex.udf.expression.GraphReader;
import io.auspex.udf.onnx.OnnxGraph;
import io.auspex.udf.predict.ModelProfile.Slot;
import io.auspex.udf.tosql.ModelSql;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks through a model's expressions for what planning has to know. */
final class ModelProfiler {
  private final Set<Expression> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Ensemble> ensembles = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Slot> reads = new HashSet<>();
  private int trees;
  private double splits;
  private long weights;
  private long size;
  private int allSplits;

  private ModelProfiler() {}

  /** Of a model that ONNX Runtime computes. */
  static ModelProfile ofOpaque(OnnxGraph graph, List<Output> outputs) {
    Set<String> names = outputs.stream().map(Output::name).collect(Collectors.toSet());
    boolean areTensors =
        graph.graph().getOutputList().stream()
            .filter(output -> names.contains(output.getName()))
            .allMatch(output -> output.getType().hasTensorType());
    return ModelProfile.opaque(areTensors, weights(graph));
  }

  /**
   * Of a model that a kernel computes.
   *
   * @param read simplified for the domains
   */
  static ModelProfile of(ModelVersion model, GraphReader.Read read, Domains domains) {
    ModelProfiler profiler = new ModelProfiler();
    read.columns().values().forEach(columns -> columns.forEach(profiler::visit));
    return new ModelProfile(
        true,
        true,
        Optional.of(profiler.reads),
        ModelSql.of(read, model.signature().inputs(), domains),
        profiler.trees,
        Math.round(profiler.splits),
        profiler.weights,
        profiler.size,
        profiler.allSplits);
  }

  /** Each is used once a row, in most models. */
  private static long weights(OnnxGraph graph) {
    long weights = 0;
    for (TensorProto tensor : graph.graph().getInitializerList()) {
      weights += tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b);
    }
    return weights;
  }

  private void visit(Expression expression) {
    if (!seen.add(expression)) {
      return;
    }
    size++;
    if (expression instanceof Column column) {
      reads.add(Slot.of(column.input(), column.slot()));
    } else if (expression instanceof Linear linear) {
      weights += linear.weights().length;
    } else if (expression instanceof Lookup lookup) {
      size += lookup.table().size();
    } else if (expression instanceof Part part && part.whole() instanceof Trees of) {
      visit(of);
      return;
    }
    expression.operands().forEach(this::visit);
  }

  /** What no split looks at is not read. */
  private void visit(Trees of) {
    Ensemble ensemble = of.ensemble();
    if (!ensembles.add(ensemble)) {
      return;
    }
    trees += ensemble.trees();
    allSplits += ensemble.splits().count();
    size += ensemble.splits().count();
    double leaves = (double) ensemble.leaves().count() / Math.max(1, ensemble.trees());
    splits += ensemble.trees() * Math.log(Math.max(1, leaves)) / Math.log(2);
    ensemble.splits().read().stream().mapToObj(of.features()::get).forEach(this::visit);
  }
}
