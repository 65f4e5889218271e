package io.auspex.udf.onnx.rewrite;

import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.auspex.catalog.ElementType;
import io.auspex.udf.onnx.edit.GraphEditor;
import io.auspex.udf.onnx.edit.Nodes;

/**
 * Feeds a string input as the batch's distinct words and, for each value, which word it is. Handing
 * a string from Java to ONNX Runtime costs ten times what a Gather of it does, and columns repeat
 * their strings.
 *
 * <pre>
 * before:  city: string[N,1] → …     after:  city.words: string[D] ─┐
 *                                            city.index: int32[N,1] ┴ Gather → city → …
 * </pre>
 */
final class WordInput {
  private WordInput() {}

  /** The names of the two inputs to feed: the words, and the index. */
  record Names(String words, String index) {}

  static Names apply(GraphEditor editor, String input) {
    Names names =
        new Names(
            editor.fresh(JavaTypes.sayable(input) + ".words"),
            editor.fresh(JavaTypes.sayable(input) + ".index"));
    int ordinal = editor.input(input);
    ValueInfoProto declared = editor.graph().getInput(ordinal);
    ValueInfoProto.Builder words = declared.toBuilder().setName(names.words());
    words
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setShape(
            TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(names.words())));
    editor.graph().setInput(ordinal, words);
    editor.graph().addInput(JavaTypes.retyped(declared, names.index(), ElementType.INT32));
    editor.prepend(
        Nodes.of("Gather").addInput(names.words()).addInput(names.index()).addOutput(input));
    return names;
  }
}
