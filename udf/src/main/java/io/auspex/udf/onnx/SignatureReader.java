package io.auspex.udf.onnx;

import static io.auspex.udf.onnx.Declarations.DYNAMIC;

import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Batching;
import io.auspex.catalog.ElementType;
import io.auspex.catalog.Input;
import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import io.auspex.catalog.Signature;
import io.auspex.udf.onnx.edit.MoveAxis;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a graph's inputs and outputs as a signature of a model of tables. */
final class SignatureReader {
  private final OnnxGraph graph;
  private final OutputReader outputs;
  private final RowAxes axes;
  private final Declarations declarations;

  SignatureReader(OnnxGraph graph, OutputReader outputs, RowAxes axes, Declarations declarations) {
    this.graph = graph;
    this.axes = axes;
    this.outputs = outputs;
    this.declarations = declarations;
  }

  /**
   * @param wanted the outputs that must have a place in a table, whatever their names' case; empty
   *     for all
   * @throws AuspexException MODEL_UNSUPPORTED where an input, or an output that is wanted, has no
   *     place in a table
   */
  Signature read(Set<String> wanted) {
    List<Tensor> inputs = graph.inputs().stream().map(this::input).toList();
    if (inputs.isEmpty()) {
      throw declarations.unsupported(
          "it has no inputs", "Only models that compute from columns can be.");
    }
    Batching batching = batching(inputs, wanted);
    List<Input> ofRows = inputs.stream().map(input -> input.ofRows(batching)).toList();
    return new Signature(
        FeatureNames.fromMetadata(graph.metadata(), ofRows), outputs(batching, wanted), batching);
  }

  /** A tensor as the graph has it. */
  private record Tensor(String name, ElementType type, List<Long> shape, int axis) {

    /** How many rows it has. */
    long rows() {
      return shape.get(axis);
    }

    Input ofRows(Batching batching) {
      List<Long> ofRows = new ArrayList<>(List.of(DYNAMIC));
      ofRows.addAll(
          batching.hasDimension()
              ? MoveAxis.rowsFirst(shape, axis).subList(1, shape.size())
              : shape);
      boolean single = ofRows.size() == 1 || (ofRows.size() == 2 && ofRows.get(1) == 1);
      return new Input(
          name,
          type,
          ofRows,
          single ? List.of(name) : List.of(),
          batching.hasDimension() ? axis : 0);
    }
  }

  private Tensor input(ValueInfoProto value) {
    String subject = "its input " + value.getName();
    if (!value.getType().hasTensorType()) {
      throw declarations.unsupported(subject + " is no tensor", "Inputs must be tensors.");
    }
    TypeProto.Tensor tensor = value.getType().getTensorType();
    ElementType type = declarations.elementType(tensor.getElemType(), subject);
    if (!tensor.hasShape()) {
      throw declarations.unsupported(
          subject + " declares no shape", "Export it with the shape [?, F].");
    }
    return new Tensor(
        value.getName(), type, Declarations.shape(tensor.getShape()), axes.of(value.getName()));
  }

  /**
   * How rows lie in the tensors: along the dimension that counts them if that is dynamic in all
   * inputs, or always the same and the outputs' too; otherwise a row is a run of its own.
   */
  private Batching batching(List<Tensor> inputs, Set<String> wanted) {
    if (axes.areNone() || inputs.stream().anyMatch(input -> input.shape().isEmpty())) {
      return Batching.NONE;
    }
    List<Long> extents = inputs.stream().map(Tensor::rows).distinct().toList();
    if (extents.size() > 1) {
      return Batching.NONE;
    }
    long rows = extents.get(0);
    if (rows == DYNAMIC) {
      return outputs.areOfSingleRows(wanted) ? Batching.of(1) : Batching.ANY;
    }
    return rows > 0 && outputs.areOfRows(rows, wanted) ? Batching.of(rows) : Batching.NONE;
  }

  private List<Output> outputs(Batching batching, Set<String> wanted) {
    List<Output> found = new ArrayList<>();
    Set<String> columns = new HashSet<>();
    for (ValueInfoProto value : graph.outputs()) {
      try {
        Output output = outputs.read(value, batching);
        found.add(output.as(free(output.column(), columns)));
      } catch (AuspexException unusable) {
        if (wanted.isEmpty() || OutputReader.isIn(wanted, value.getName())) {
          throw unusable;
        }
      }
    }
    return found;
  }

  /** Outputs whose names differ only by case are one column to DuckDB: the second becomes y_2. */
  private static String free(String column, Set<String> taken) {
    String candidate = column;
    for (int i = 2; !taken.add(Names.fold(candidate)); i++) {
      candidate = column + "_" + i;
    }
    return candidate;
  }
}
