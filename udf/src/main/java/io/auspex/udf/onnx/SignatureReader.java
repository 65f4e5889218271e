package io.auspex.udf.onnx;

import static io.auspex.udf.onnx.Declarations.DYNAMIC;
import static io.auspex.udf.onnx.Declarations.written;

import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.auspex.catalog.ElementType;
import io.auspex.catalog.Input;
import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import io.auspex.catalog.Signature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a graph's inputs and outputs as a signature of a model of tables: a row is one entry along
 * every tensor's first dimension.
 */
final class SignatureReader {
  private final OnnxGraph graph;
  private final OutputReader outputs;
  private final Declarations declarations;

  SignatureReader(OnnxGraph graph, OutputReader outputs, Declarations declarations) {
    this.graph = graph;
    this.outputs = outputs;
    this.declarations = declarations;
  }

  /** Throws MODEL_UNSUPPORTED where an input or an output has no place in a table. */
  Signature read() {
    List<Input> inputs = graph.inputs().stream().map(this::input).toList();
    if (inputs.isEmpty()) {
      throw declarations.unsupported(
          "it has no inputs", "Only models that compute from columns can be.");
    }
    return new Signature(FeatureNames.fromMetadata(graph.metadata(), inputs), outputs());
  }

  private Input input(ValueInfoProto value) {
    String subject = "its input " + value.getName();
    if (!value.getType().hasTensorType()) {
      throw declarations.unsupported(subject + " is no tensor", "Inputs must be tensors of rows.");
    }
    TypeProto.Tensor tensor = value.getType().getTensorType();
    ElementType type = declarations.elementType(tensor.getElemType(), subject);
    if (!tensor.hasShape()) {
      throw declarations.unsupported(
          subject + " declares no shape", "Export it with the shape [?, F].");
    }
    List<Long> shape = Declarations.shape(tensor.getShape());
    checkIsOfRows(subject, shape);
    boolean single = shape.size() == 1 || shape.get(1) == 1;
    return new Input(value.getName(), type, shape, single ? List.of(value.getName()) : List.of());
  }

  private void checkIsOfRows(String subject, List<Long> shape) {
    if (shape.isEmpty() || shape.size() > 2 || shape.get(shape.size() - 1) == 0) {
      throw declarations.unsupported(
          subject + " has the shape " + written(shape),
          "Inputs that columns can fill are [?], [?, 1] and [?, F].");
    }
    if (shape.get(0) != DYNAMIC) {
      throw declarations.unsupported(
          subject + " has the shape " + written(shape) + ", a fixed number of rows",
          "Export it with a dynamic first dimension.");
    }
  }

  private List<Output> outputs() {
    List<Output> found = new ArrayList<>();
    Set<String> columns = new HashSet<>();
    for (ValueInfoProto value : graph.outputs()) {
      Output output = outputs.read(value);
      found.add(output.as(free(output.column(), columns)));
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
