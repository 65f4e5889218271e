package io.auspex.udf.onnx;

import static io.auspex.udf.onnx.Declarations.DYNAMIC;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.TensorInfo;
import io.auspex.catalog.Batching;
import io.auspex.catalog.ElementType;
import io.auspex.catalog.Output;
import io.auspex.udf.onnx.edit.EndSequence;
import io.auspex.udf.onnx.edit.MoveAxis;
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
  private final RowAxes axes;
  private final SequenceReader sequences;

  OutputReader(OnnxGraph graph, Declarations declarations, TrialSession session, RowAxes axes) {
    this.graph = graph;
    this.axes = axes;
    this.sequences = new SequenceReader(declarations, session);
    this.declarations = declarations;
    this.session = session;
  }

  /**
   * Whether each output has {@code rows} rows, as far as can be known.
   *
   * @param wanted the outputs that count, whatever their names' case; empty for all
   */
  boolean areOfRows(long rows, Set<String> wanted) {
    return outputs(wanted).allMatch(output -> isOfRows(output, rows));
  }

  private Stream<ValueInfoProto> outputs(Set<String> wanted) {
    return graph.outputs().stream()
        .filter(output -> wanted.isEmpty() || isIn(wanted, output.getName()));
  }

  static boolean isIn(Set<String> names, String name) {
    return names.stream().anyMatch(name::equalsIgnoreCase);
  }

  private boolean isOfRows(ValueInfoProto output, long rows) {
    if (isSequenceOfMaps(output.getType()) || zipMap(output.getName()).isPresent()) {
      return true;
    }
    if (EndSequence.isOfTensors(output)) {
      return rows == 1 || sequences.hasEntryOfEachRow(output, Batching.of(rows));
    }
    boolean inTrial =
        session
            .outcome(output.getName(), Batching.of(rows), false)
            .map(outcome -> hasRows(output, LongStream.of(outcome.shape()).boxed().toList(), rows))
            .orElse(true);
    if (!output.getType().hasTensorType() || !output.getType().getTensorType().hasShape()) {
      return inTrial;
    }
    return inTrial && hasRows(output, declared(output.getType()), rows);
  }

  private boolean hasRows(ValueInfoProto output, List<Long> shape, long rows) {
    if (shape.isEmpty()) {
      return false;
    }
    long extent = shape.get(fixedAxis(output, shape, rows));
    return extent == rows || extent == DYNAMIC;
  }

  /**
   * Which dimension counts the rows where they are always as many: what is declared or named, else
   * the first, or the only one of that size where the inputs' is not the first either.
   */
  private int fixedAxis(ValueInfoProto output, List<Long> shape, long rows) {
    Optional<Integer> told = axes.ofOutput(output, shape.size());
    boolean isOnly = shape.indexOf(rows) == shape.lastIndexOf(rows);
    boolean isElsewhere = shape.get(0) != rows && shape.contains(rows) && isOnly;
    return told.orElse(axes.areMoved() && isElsewhere ? shape.indexOf(rows) : 0);
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
    } else if (EndSequence.isOfTensors(value)) {
      return sequences.read(value, batching);
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

  /** Whether a sequence, which a run gives once, is of one row, so that a run must be so too. */
  boolean areOfSingleRows(Set<String> wanted) {
    return outputs(wanted)
        .filter(EndSequence::isOfTensors)
        .anyMatch(output -> !sequences.hasEntryOfEachRow(output, Batching.ANY));
  }

  private static boolean isSequenceOfMaps(TypeProto type) {
    return type.hasSequenceType() && type.getSequenceType().getElemType().hasMapType();
  }

  private static Output map(String output, ElementType key, ElementType value) {
    return new Output(output, output, value, List.of(DYNAMIC), Optional.of(key));
  }

  private Output tensor(ValueInfoProto value, Batching batching) {
    String name = value.getName();
    Optional<TensorInfo> inferred = session.tensor(name);
    ElementType type = elementType(value, inferred);
    List<Long> declared = declaredOrInferred(value, inferred);
    Optional<TrialSession.Outcome> trial = trial(value, declared, batching);
    List<Long> shape = shape(value, declared, trial, batching);
    int axis = batching.hasDimension() ? axis(value, shape, trial, batching) : 0;
    List<Long> ofRows = new ArrayList<>(List.of(DYNAMIC));
    ofRows.addAll(
        batching.hasDimension() ? MoveAxis.rowsFirst(shape, axis).subList(1, shape.size()) : shape);
    return new Output(name, name, type, ofRows, Optional.empty(), axis);
  }

  /** Sizes are guessed only where nothing else tells: a model may not survive a wrong one. */
  private Optional<TrialSession.Outcome> trial(
      ValueInfoProto value, List<Long> declared, Batching batching) {
    boolean isTold =
        isDeclared(value)
            && (!axes.areMoved() || axes.ofOutput(value, declared.size()).isPresent());
    return session.outcome(value.getName(), batching, !isTold);
  }

  private int axis(
      ValueInfoProto value,
      List<Long> shape,
      Optional<TrialSession.Outcome> trial,
      Batching batching) {
    if (!batching.isOpen()) {
      return fixedAxis(value, shape, batching.rows());
    }
    Optional<Integer> told = axes.ofOutput(value, shape.size());
    if (trial.isEmpty() || axes.isDeclared(value.getName(), shape.size())) {
      return told.orElse(0);
    }
    if (trial.get().rowAxis() < 0) {
      throw noShape(value.getName());
    }
    return trial.get().rowAxis();
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

  private static boolean isDeclared(ValueInfoProto value) {
    return value.getType().hasTensorType() && value.getType().getTensorType().hasShape();
  }

  private static List<Long> declaredOrInferred(
      ValueInfoProto value, Optional<TensorInfo> inferred) {
    return isDeclared(value)
        ? declared(value.getType())
        : inferred.map(info -> LongStream.of(info.getShape()).boxed().toList()).orElse(List.of());
  }

  /** All dimensions; a dynamic one stays so, since a trial tells only one of its sizes. */
  private List<Long> shape(
      ValueInfoProto value,
      List<Long> declared,
      Optional<TrialSession.Outcome> trial,
      Batching batching) {
    boolean isDeclared = isDeclared(value);
    if (trial.isEmpty()) {
      boolean isSilent = declared.isEmpty() && (batching.hasDimension() || !isDeclared);
      if (isSilent) {
        throw noShape(value.getName());
      }
      return declared;
    }
    long[] actual = trial.get().shape();
    if (batching.hasDimension() && actual.length == 0) {
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
        "its output " + output + " is neither a tensor, a sequence of tensors nor ZipMap's",
        "Choose others with OUTPUTS (…), or export it with outputs of one entry a row.");
  }

  private RuntimeException noShape(String output) {
    return declarations.unsupported(
        "its output " + output + " has not an entry for each row",
        "Choose others with OUTPUTS (…), or export it with a shape such as [?, 1].");
  }
}
