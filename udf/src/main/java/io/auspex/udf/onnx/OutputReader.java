package io.auspex.udf.onnx;

import static io.auspex.udf.onnx.Declarations.DYNAMIC;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import io.auspex.catalog.ElementType;
import io.auspex.catalog.Output;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Reads one output after the other. Where the file is silent, it asks ONNX Runtime what it infers,
 * and where that is silent too, what comes out for two blank rows.
 */
final class OutputReader implements AutoCloseable {
  private final OnnxGraph graph;
  private final Path file;
  private final String name;
  private final Declarations declarations;
  private TrialSession session;

  OutputReader(OnnxGraph graph, Path file, String name, Declarations declarations) {
    this.graph = graph;
    this.file = file;
    this.name = name;
    this.declarations = declarations;
  }

  /** Throws MODEL_UNSUPPORTED where it has no place in a table, MODEL_REFUSED as a trial does. */
  Output read(ValueInfoProto value) {
    String output = value.getName();
    TypeProto type = value.getType();
    Optional<NodeProto> zipMap =
        graph.producerOf(output).filter(node -> node.getOpType().equals("ZipMap"));
    if (zipMap.isPresent()) {
      return map(output, keyType(zipMap.get()), ElementType.FLOAT);
    }
    if (isSequenceOfMaps(type)) {
      return map(output, type.getSequenceType().getElemType().getMapType());
    }
    if (type.hasTensorType() && type.getTensorType().getShape().getDimCount() > 0) {
      return tensor(
          output,
          type.getTensorType().getElemType(),
          Declarations.shape(type.getTensorType().getShape()));
    }
    if (type.hasTensorType() || type.getValueCase() == TypeProto.ValueCase.VALUE_NOT_SET) {
      return asked(output);
    }
    throw noTensor(output);
  }

  /** The classes are in the node, and say the key's type even where the graph's output does not. */
  private static ElementType keyType(NodeProto zipMap) {
    boolean strings =
        zipMap.getAttributeList().stream()
            .filter(attribute -> attribute.getName().equals("classlabels_strings"))
            .anyMatch(attribute -> attribute.getStringsCount() > 0);
    return strings ? ElementType.STRING : ElementType.INT64;
  }

  private static boolean isSequenceOfMaps(TypeProto type) {
    return type.hasSequenceType() && type.getSequenceType().getElemType().hasMapType();
  }

  private Output map(String output, TypeProto.Map declared) {
    String subject = "its output " + output;
    return map(
        output,
        declarations.elementType(declared.getKeyType(), subject),
        declarations.elementType(declared.getValueType().getTensorType().getElemType(), subject));
  }

  private static Output map(String output, ElementType key, ElementType value) {
    return new Output(output, output, value, List.of(DYNAMIC), Optional.of(key));
  }

  /** The first dimension counts rows, whatever exporters wrote into it. */
  private Output tensor(String output, int elementCode, List<Long> shape) {
    List<Long> ofRows = new ArrayList<>(shape);
    ofRows.set(0, DYNAMIC);
    ElementType type = declarations.elementType(elementCode, "its output " + output);
    return new Output(output, output, type, ofRows, Optional.empty());
  }

  private Output asked(String output) {
    ValueInfo info = session().output(output);
    if (!(info instanceof TensorInfo tensor)) {
      throw noTensor(output);
    }
    long[] shape = tensor.getShape();
    if (shape.length == 0) {
      shape = session().shapeInTrial(output).orElseThrow(() -> noShape(output));
      if (shape.length == 0 || shape[0] != TrialSession.TRIAL_ROWS) {
        throw noShape(output);
      }
    }
    return tensor(output, tensor.onnxType.value, LongStream.of(shape).boxed().toList());
  }

  private TrialSession session() {
    if (session == null) {
      session = TrialSession.open(file, name);
    }
    return session;
  }

  private RuntimeException noTensor(String output) {
    return declarations.unsupported(
        "its output " + output + " is neither a tensor nor a sequence of maps",
        "Export it with outputs of one entry a row.");
  }

  private RuntimeException noShape(String output) {
    return declarations.unsupported(
        "its output " + output + " does not say that it has an entry for each row",
        "Export it with a shape such as [?, 1].");
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
  }
}
