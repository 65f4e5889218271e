package io.auspex.udf.onnx.edit;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives an input a value, so that it need not be fed. Dimensions that are those of another input
 * become as large as it is in each run.
 *
 * <pre>
 * before:  sr → …      after:  Constant → sr → …
 * before:  mask [N,S] → …
 * after:   Constant [1,1] ──────────────┐
 *          ids → Shape → Gather, Gather ┴ Expand → mask → …
 * </pre>
 */
public final class FixInput {
  private final GraphEditor editor;
  private final String input;

  private FixInput(GraphEditor editor, String input) {
    this.editor = editor;
    this.input = input;
  }

  /**
   * A dimension of another input.
   *
   * @param axis in the graph's own tensor
   */
  public record Like(String input, int axis) {}

  /**
   * @param value the input's elements, 1 where a dimension is another input's
   * @param likes for each dimension, whose it is, if another's
   */
  public static void apply(
      GraphEditor editor, String input, TensorProto value, List<Optional<Like>> likes) {
    FixInput fix = new FixInput(editor, input);
    fix.remove();
    if (likes.stream().allMatch(Optional::isEmpty)) {
      editor.prepend(Nodes.constant(value).addOutput(input));
    } else {
      fix.expand(value, likes);
    }
  }

  private void remove() {
    List<ValueInfoProto> inputs = new ArrayList<>(editor.graph().getInputList());
    inputs.removeIf(value -> value.getName().equals(input));
    editor.graph().clearInput().addAllInput(inputs);
    List<TensorProto> initializers = new ArrayList<>(editor.graph().getInitializerList());
    initializers.removeIf(value -> value.getName().equals(input));
    editor.graph().clearInitializer().addAllInitializer(initializers);
  }

  /** Each node is put before those that read it. */
  private void expand(TensorProto value, List<Optional<Like>> likes) {
    String small = editor.fresh(input + ".constant");
    String shape = editor.fresh(input + ".shape");
    editor.prepend(Nodes.of("Expand").addInput(small).addInput(shape).addOutput(input));
    editor.prepend(Nodes.constant(value).addOutput(small));
    NodeProto.Builder concat =
        Nodes.of("Concat").addAttribute(Nodes.attribute("axis", 0)).addOutput(shape);
    List<NodeProto.Builder> extents = new ArrayList<>();
    for (int i = 0; i < likes.size(); i++) {
      String extent = editor.fresh(input + ".extent");
      concat.addInput(extent);
      if (likes.get(i).isEmpty()) {
        extents.add(Nodes.constant(integers(value.getDims(i))).addOutput(extent));
        continue;
      }
      Like like = likes.get(i).get();
      String all = editor.fresh(like.input() + ".shape");
      String which = editor.fresh(like.input() + ".axis");
      extents.add(
          Nodes.of("Gather")
              .addAttribute(Nodes.attribute("axis", 0))
              .addInput(all)
              .addInput(which)
              .addOutput(extent));
      extents.add(Nodes.constant(integers(like.axis())).addOutput(which));
      extents.add(Nodes.of("Shape").addInput(like.input()).addOutput(all));
    }
    editor.prepend(concat);
    extents.forEach(editor::prepend);
  }

  private static TensorProto integers(long value) {
    return TensorProto.newBuilder()
        .setDataType(DataType.INT64.getNumber())
        .addDims(1)
        .addInt64Data(value)
        .build();
  }
}
