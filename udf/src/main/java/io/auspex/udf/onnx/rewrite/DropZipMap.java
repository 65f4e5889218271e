package io.auspex.udf.onnx.rewrite;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.auspex.udf.onnx.edit.GraphEditor;
import io.auspex.udf.onnx.edit.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts ZipMap off an output, which then is the tensor {@code [N,K]} that ZipMap read; the keys of
 * its maps are constants and are kept aside. ZipMap makes N maps of K strings in native memory and
 * costs several times what the model does.
 *
 * <pre>
 * before:  x → TreeEnsembleClassifier → t → ZipMap(keys) → probabilities
 * after:   x → TreeEnsembleClassifier → t                               + keys
 * </pre>
 */
final class DropZipMap {
  private DropZipMap() {}

  /**
   * @param tensor the name of the graph's output that is there now
   * @param keys the maps' keys, by the tensor's column: String or Long
   */
  record Dropped(String tensor, List<Object> keys) {}

  /** Nothing where the output is not a ZipMap's. */
  static Optional<Dropped> apply(GraphEditor editor, String output) {
    for (int i = 0; i < editor.graph().getNodeCount(); i++) {
      NodeProto node = editor.graph().getNode(i);
      if (node.getOpType().equals("ZipMap") && node.getOutputList().contains(output)) {
        editor.graph().removeNode(i);
        return Optional.of(new Dropped(expose(editor, output, node.getInput(0)), keys(node)));
      }
    }
    return Optional.empty();
  }

  /** Makes the tensor an output in the place of {@code output}, by another name. */
  private static String expose(GraphEditor editor, String output, String tensor) {
    String name = editor.fresh(JavaTypes.sayable(output) + ".tensor");
    editor.append(Nodes.of("Identity").addInput(tensor).addOutput(name));
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber()).build();
    editor
        .graph()
        .setOutput(
            editor.output(output),
            ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(type)));
    return name;
  }

  private static List<Object> keys(NodeProto zipMap) {
    List<Object> keys = new ArrayList<>();
    for (AttributeProto attribute : zipMap.getAttributeList()) {
      if (attribute.getName().equals("classlabels_strings")) {
        attribute.getStringsList().forEach(label -> keys.add(label.toStringUtf8()));
      } else if (attribute.getName().equals("classlabels_int64s")) {
        keys.addAll(attribute.getIntsList());
      }
    }
    return keys;
  }
}
