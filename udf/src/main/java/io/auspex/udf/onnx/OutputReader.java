package io.auspex.udf.onnx;

import static io.auspex.udf.onnx.Declarations.DYNAMIC;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.TensorInfo;
import io.auspex.catalog.Batching;
import io.auspex.catalog.ElementType;
import io.auspex.catalog.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Reads outputs. What a file declares and what comes out differ in many a real model, so where a
 * trial tells an output's shape, that is believed; where the file is silent and there is no trial,
 * ONNX Runtime is asked what it infers.
 */
final class OutputReader {
  private final OnnxGraph graph;
  private final Declarations declarations;
  private final TrialSession session;

  OutputReader(OnnxGraph graph, Declarations declarations, TrialSession session) {
    this.graph = graph;
    this.declarations = declarations;
    this.session = session;
  }

  /**
   * Whether each output has {@code rows} rows, as far as can be known.
   *
   * @param wanted the outputs that count, whatever their names' case; empty for all
   */
  boolean areOfRows(long rows, Set<String> wanted) {
    return graph.outputs().stream()
        .filter(output -> wanted.isEmpty() || isIn(wanted, output.getName()))
        .allMatch(output -> isOfRows(output, rows));
  }

  static boolean isIn(Set<String> names, String name) {
    return names.stream().anyMatch(name::equalsIgnoreCase);
  }

  private boolean isOfRows(ValueInfoProto output, long rows) {
    if (isSequenceOfMaps(output.getType()) || zipMap(output.getName()).isPresent()) {
      return true;
    }
    boolean inTrial =
        session
            .shape(output.getName(), Batching.of(rows))
            .map(shape -> shape.length > 0 && shape[0] == rows)
            .orElse(true);
    if (!output.getType().hasTensorType() || !output.getType().getTensorType().hasShape()) {
      return inTrial;
    }
    List<Long> shape = declared(output.getType());
    return inTrial && !shape.isEmpty() && (shape.get(0) == rows || shape.get(0) == DYNAMIC);
  }

  private static List<Long> declared(TypeProto type) {
    return Declarations.shape(type.getTensorType().getShape());
  }

  /** Throws MODEL_UNSUPPORTED where it has no place in a table. */
  Output read(ValueInfoProto value, Batching batching) {
    String output = value.getName();
    TypeProto type = value.getType();
    Optional<NodeProto> zipMap = zipMap(output);
    if (zipMap.isPresent() && batching.hasDimension()) {
      return map(output, keyType(zipMap.get()), ElementType.FLOAT);
    } else if (isSequenceOfMaps(type) && batching.hasDimension()) {
      return map(output, type.getSequenceType().getElemType().getMapType());
    } else if (!type.hasTensorType() && type.getValueCase() != TypeProto.ValueCase.VALUE_NOT_SET) {
      throw noTensor(output);
    }
    return tensor(value, batching);
  }

  private Optional<NodeProto> zipMap(String output) {
    return graph.producerOf(output).filter(node -> node.getOpType().equals("ZipMap"));
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

  private Output tensor(ValueInfoProto value, Batching batching) {
    String name = value.getName();
    Optional<TensorInfo> inferred = session.tensor(name);
    ElementType type = elementType(value, inferred);
    List<Long> shape = shape(value, inferred, batching);
    List<Long> ofRows = new ArrayList<>(List.of(DYNAMIC));
    ofRows.addAll(batching.hasDimension() ? shape.subList(1, shape.size()) : shape);
    return new Output(name, name, type, ofRows, Optional.empty());
  }

  private ElementType elementType(ValueInfoProto value, Optional<TensorInfo> inferred) {
    if (value.getType().hasTensorType()) {
      return declarations.elementType(
          value.getType().getTensorType().getElemType(), "its output " + value.getName());
    }
    String name =
        inferred
            .map(info -> info.onnxType.name().replace("ONNX_TENSOR_ELEMENT_DATA_TYPE_", ""))
            .orElse("");
    return Stream.of(ElementType.values())
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow(() -> noTensor(value.getName()));
  }

  /** All dimensions; a dynamic one stays so, since a trial tells only one of its sizes. */
  private List<Long> shape(ValueInfoProto value, Optional<TensorInfo> inferred, Batching batching) {
    boolean isDeclared =
        value.getType().hasTensorType() && value.getType().getTensorType().hasShape();
    List<Long> declared =
        isDeclared
            ? declared(value.getType())
            : inferred
                .map(info -> LongStream.of(info.getShape()).boxed().toList())
                .orElse(List.of());
    Optional<long[]> trial = session.shape(value.getName(), batching);
    if (trial.isEmpty()) {
      boolean isSilent = declared.isEmpty() && (batching.hasDimension() || !isDeclared);
      if (isSilent) {
        throw noShape(value.getName());
      }
      return declared;
    }
    long[] actual = trial.get();
    if (batching.hasDimension()
        && (actual.length == 0 || actual[0] != TrialSession.rows(batching))) {
      throw noShape(value.getName());
    }
    boolean isKnown = isDeclared || !declared.isEmpty();
    return merged(isKnown && declared.size() == actual.length, declared, actual, batching);
  }

  /** Where the file and the trial disagree, a dimension depends on what the model is given. */
  private static List<Long> merged(
      boolean isDeclared, List<Long> declared, long[] actual, Batching batching) {
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < actual.length; i++) {
      boolean isSure = isDeclared ? declared.get(i) == actual[i] : batching.hasDimension();
      shape.add(isSure && actual[i] > 0 ? actual[i] : DYNAMIC);
    }
    return shape;
  }

  private RuntimeException noTensor(String output) {
    return declarations.unsupported(
        "its output " + output + " is neither a tensor nor a sequence of maps",
        "Choose others with OUTPUTS (…), or export it with outputs of one entry a row.");
  }

  private RuntimeException noShape(String output) {
    return declarations.unsupported(
        "its output " + output + " has not an entry for each row",
        "Choose others with OUTPUTS (…), or export it with a shape such as [?, 1].");
  }
}
