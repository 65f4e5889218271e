package io.auspex.udf.onnx.rewrite;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.auspex.catalog.Batching;
import io.auspex.catalog.Input;
import io.auspex.catalog.Output;
import io.auspex.udf.onnx.OnnxGraph;
import io.auspex.udf.onnx.edit.MoveAxis;
import java.util.List;

/** The names of the dimensions of a model's rows. */
record Symbols(OnnxGraph graph, Batching batching) {

  List<String> of(Input input) {
    return of(graph.inputs(), input.name(), input.shape().size(), input.axis());
  }

  List<String> of(Output output) {
    return of(graph.outputs(), output.name(), output.shape().size(), output.axis());
  }

  /** None where the file says others than there are. */
  private List<String> of(List<ValueInfoProto> tensors, String name, int rank, int axis) {
    List<String> symbols =
        tensors.stream()
            .filter(tensor -> tensor.getName().equals(name))
            .findFirst()
            .map(OnnxGraph::symbols)
            .orElse(List.of());
    if (!batching.hasDimension()) {
      return symbols.size() == rank - 1 ? symbols : List.of();
    }
    return symbols.size() == rank && rank > 0
        ? MoveAxis.rowsFirst(symbols, axis).subList(1, rank)
        : List.of();
  }
}
