package io.auspex.udf.onnx;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.auspex.catalog.ModelOptions;
import io.auspex.catalog.ModelOptions.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which dimensions count the rows, as {@code WITH (batch.x = 1)} says; {@code 'none'} where each
 * row has the whole tensor.
 */
record DeclaredAxes(ModelOptions options, String model) {
  private static final String NONE = "none";

  /** Whether an input is declared to have no dimension of rows. */
  boolean isNone(String input) {
    return options.of(Option.BATCH, input).filter(NONE::equalsIgnoreCase).isPresent();
  }

  /**
   * Throws INVALID_OPTION where it has no such dimension.
   *
   * @param rank how many dimensions the tensor has
   */
  Optional<Integer> of(String tensor, int rank) {
    return options
        .of(Option.BATCH, tensor)
        .filter(text -> !text.equalsIgnoreCase(NONE))
        .map(text -> axis(tensor, text, rank));
  }

  private static int axis(String tensor, String text, int rank) {
    int axis;
    try {
      axis = Integer.parseInt(text.strip());
    } catch (NumberFormatException noNumber) {
      axis = -1;
    }
    if (axis < 0 || axis >= rank) {
      String reason =
          rank == 0
              ? tensor + " has no dimensions"
              : "the dimensions of "
                  + tensor
                  + " are numbered from 0 to "
                  + (rank - 1)
                  + ", and 'none' is that of an input which is a row's";
      throw Constants.invalid(Option.BATCH.key(tensor), text, reason);
    }
    return axis;
  }

  /** Throws OPTION_TENSOR where an option names neither an input nor an output. */
  void checkNames(OnnxGraph graph) {
    List<ValueInfoProto> tensors = new ArrayList<>(graph.graph().getInputList());
    tensors.addAll(graph.outputs());
    for (String name : options.byTensor(Option.BATCH).keySet()) {
      if (tensors.stream().noneMatch(tensor -> tensor.getName().equalsIgnoreCase(name))) {
        throw Constants.unknown(
            Option.BATCH.key(name), Constants.names(tensors), "input or output", model);
      }
    }
  }
}
