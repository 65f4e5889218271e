package io.auspex.udf.onnx.edit;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the dimension that counts the rows the first one of an input or output, wherever the graph
 * has it: rows then lie one after the other.
 *
 * <pre>
 * before:  state [2,N,128] → …     after:  state.rows [N,2,128] → Transpose → state [2,N,128] → …
 * </pre>
 */
public final class MoveAxis {
  private MoveAxis() {}

  /**
   * @param axis of the rows in the graph's own tensor
   * @return the name of the input to feed, whose first dimension are the rows
   */
  public static String ofInput(GraphEditor editor, String input, int axis) {
    int ordinal = editor.input(input);
    ValueInfoProto declared = editor.graph().getInput(ordinal);
    TensorShapeProto shape = declared.getType().getTensorType().getShape();
    String name = editor.fresh(input + ".rows");
    ValueInfoProto.Builder first = declared.toBuilder().setName(name);
    first
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setShape(
            TensorShapeProto.newBuilder().addAllDim(rowsFirst(shape.getDimList(), axis)).build());
    editor.graph().setInput(ordinal, first);
    List<Long> back = new ArrayList<>();
    for (long i = 1; i < shape.getDimCount(); i++) {
      back.add(i);
    }
    back.add(axis, 0L);
    editor.prepend(transpose(back).addInput(name).addOutput(input));
    return name;
  }

  /**
   * @param axis of the rows in the graph's own tensor
   * @param rank of the tensor
   * @return the name of the output to read, whose first dimension are the rows
   */
  public static String ofOutput(GraphEditor editor, String output, int axis, int rank) {
    int ordinal = editor.output(output);
    String name = editor.fresh(output + ".rows");
    ValueInfoProto.Builder first = editor.graph().getOutput(ordinal).toBuilder().setName(name);
    first.getTypeBuilder().getTensorTypeBuilder().clearShape();
    editor.graph().setOutput(ordinal, first);
    List<Long> order = new ArrayList<>();
    for (long i = 0; i < rank; i++) {
      order.add(i);
    }
    editor.append(transpose(rowsFirst(order, axis)).addInput(output).addOutput(name));
    return name;
  }

  /** The entries of all dimensions, that of {@code axis} before the others. */
  public static <T> List<T> rowsFirst(List<T> dimensions, int axis) {
    List<T> moved = new ArrayList<>(dimensions);
    moved.add(0, moved.remove(axis));
    return moved;
  }

  private static NodeProto.Builder transpose(List<Long> order) {
    return Nodes.of("Transpose").addAttribute(Nodes.attribute("perm", order));
  }
}
