package io.auspex.udf.onnx;

import static io.auspex.udf.onnx.Declarations.DYNAMIC;

import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.auspex.catalog.Batching;
import io.auspex.catalog.ElementType;
import io.auspex.catalog.Output;
import io.auspex.udf.onnx.edit.UnwrapOptional;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Reads outputs that are sequences of tensors, and those that may have no value. A sequence has a
 * tensor for each row, or is itself the value of one row.
 */
final class SequenceReader {
  /** Elements that ONNX Runtime's Java binding cannot give, and that no cast in a sequence can. */
  private static final Set<ElementType> UNREADABLE =
      Set.of(ElementType.UINT16, ElementType.UINT32, ElementType.UINT64);

  private final Declarations declarations;
  private final TrialSession session;

  SequenceReader(Declarations declarations, TrialSession session) {
    this.declarations = declarations;
    this.session = session;
  }

  /** Throws MODEL_UNSUPPORTED where Java cannot read it, or nothing tells its tensors' rank. */
  Output read(ValueInfoProto value, Batching batching) {
    String name = value.getName();
    TypeProto.Tensor tensor = tensor(value);
    ElementType type = declarations.elementType(tensor.getElemType(), "its output " + name);
    if (UNREADABLE.contains(type)) {
      throw declarations.unsupported(
          "its output " + name + " is a sequence of tensors of type " + type,
          "Choose others with OUTPUTS (…), or cast its elements to signed integers.");
    }
    List<Long> shape = new ArrayList<>(List.of(DYNAMIC));
    List<Long> ofTensor = shape(value, batching);
    if (UnwrapOptional.wasOptional(value)) {
      boolean countsRow = batching.hasDimension() && !ofTensor.isEmpty();
      shape.addAll(countsRow ? ofTensor.subList(1, ofTensor.size()) : ofTensor);
    } else if (hasEntryOfEachRow(value, batching)) {
      shape.addAll(ofTensor);
    } else {
      shape.add(DYNAMIC);
      shape.addAll(ofTensor);
    }
    return new Output(name, name, type, shape, Optional.empty());
  }

  private static TypeProto.Tensor tensor(ValueInfoProto value) {
    return value.getType().getSequenceType().getElemType().getTensorType();
  }

  /** Whether a run of several rows gives as many tensors. */
  boolean hasEntryOfEachRow(ValueInfoProto value, Batching batching) {
    boolean isOfSeveral = batching.isOpen() || batching.rows() > 1;
    return isOfSeveral
        && !UnwrapOptional.wasOptional(value)
        && session
            .outcome(value.getName(), batching, true)
            .filter(outcome -> outcome.rowAxis() == 0)
            .isPresent();
  }

  /** Of its tensors, which may differ from each other where the file does not say their sizes. */
  private List<Long> shape(ValueInfoProto value, Batching batching) {
    TypeProto.Tensor tensor = tensor(value);
    if (tensor.hasShape() && tensor.getShape().getDimCount() > 0) {
      return Declarations.shape(tensor.getShape());
    }
    return session
        .outcome(value.getName(), batching, true)
        .map(outcome -> LongStream.of(outcome.shape()).skip(1).boxed().toList())
        .filter(shape -> !shape.isEmpty() || tensor.hasShape())
        .map(shape -> Collections.nCopies(shape.size(), DYNAMIC))
        .orElseThrow(
            () ->
                declarations.unsupported(
                    "the tensors of its output " + value.getName() + " have no known rank",
                    "Choose others with OUTPUTS (…), or export it with their shape."));
  }
}
