package io.auspex.udf.onnx.rewrite;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.auspex.catalog.Output;
import io.auspex.udf.onnx.edit.GraphEditor;
import io.auspex.udf.onnx.edit.Nodes;

/**
 * Adds an output that is one column of another, so that a row's prediction is one number instead of
 * an array of which the rest is not read.
 *
 * <pre>
 * before:  x → … → probabilities [N,2]
 * after:   x → … → probabilities [N,2] → Gather(1) → probabilities.1 [N]
 * </pre>
 */
final class TakeElement {
  private TakeElement() {}

  /**
   * @param part an output with an element
   * @param axis of the graph's own tensor along which a row's values lie
   * @return the new output's name
   */
  static String apply(GraphEditor editor, ValueInfoProto declared, Output part, int axis) {
    String name = editor.fresh(JavaTypes.sayable(declared.getName()) + "." + part.element());
    String index = editor.fresh(name + ".index");
    TensorProto element =
        TensorProto.newBuilder()
            .setDataType(DataType.INT64.getNumber())
            .addInt64Data(part.element())
            .build();
    editor.append(Nodes.constant(element).addOutput(index));
    editor.append(
        Nodes.of("Gather")
            .addInput(declared.getName())
            .addInput(index)
            .addOutput(name)
            .addAttribute(Nodes.attribute("axis", axis)));
    editor.graph().addOutput(JavaTypes.retyped(declared, name, part.type()));
    return name;
  }
}
