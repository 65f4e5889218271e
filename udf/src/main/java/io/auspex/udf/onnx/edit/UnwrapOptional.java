package io.auspex.udf.onnx.edit;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

/**
 * Gives an output that may have no value, which Java cannot read, as a sequence that is empty then.
 *
 * <pre>
 * before:  … → y: optional
 * after:   … → y.optional → OptionalHasElement → If → y: sequence of at most one
 * </pre>
 */
public final class UnwrapOptional {
  /** The denotation of outputs that were optional. */
  private static final String OPTIONAL = "auspex.optional";

  private UnwrapOptional() {}

  /** Whether the output may have no value; of tensors only. */
  public static boolean isOptional(ValueInfoProto output) {
    return output.getType().hasOptionalType()
        && output.getType().getOptionalType().getElemType().hasTensorType();
  }

  /** Whether the output was optional, and is a sequence now. */
  public static boolean wasOptional(ValueInfoProto output) {
    return output.getType().getDenotation().equals(OPTIONAL);
  }

  public static void apply(GraphEditor editor, String output) {
    int ordinal = editor.output(output);
    TypeProto element = editor.graph().getOutput(ordinal).getType().getOptionalType().getElemType();
    TypeProto sequence =
        TypeProto.newBuilder()
            .setDenotation(OPTIONAL)
            .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(element))
            .build();
    ValueInfoProto.Builder replaced = ValueInfoProto.newBuilder().setName(output).setType(sequence);
    String optional = editor.fresh(output + ".optional");
    editor.rename(output, optional);
    editor.graph().setOutput(ordinal, replaced);
    String has = editor.fresh(output + ".has");
    String value = editor.fresh(output + ".value");
    String one = editor.fresh(output + ".one");
    String none = editor.fresh(output + ".none");
    editor.append(Nodes.of("OptionalHasElement").addInput(optional).addOutput(has));
    GraphProto present =
        branch(replaced, one)
            .addNode(Nodes.of("OptionalGetElement").addInput(optional).addOutput(value))
            .addNode(Nodes.of("SequenceConstruct").addInput(value).addOutput(one))
            .build();
    int type = element.getTensorType().getElemType();
    GraphProto absent =
        branch(replaced, none)
            .addNode(
                Nodes.of("SequenceEmpty")
                    .addOutput(none)
                    .addAttribute(Nodes.attribute("dtype", type)))
            .build();
    editor.append(
        Nodes.of("If")
            .addInput(has)
            .addOutput(output)
            .addAttribute(Nodes.attribute("then_branch", present))
            .addAttribute(Nodes.attribute("else_branch", absent)));
  }

  private static GraphProto.Builder branch(ValueInfoProto.Builder like, String output) {
    return GraphProto.newBuilder().setName(output).addOutput(like.clone().setName(output));
  }
}
