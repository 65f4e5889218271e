package io.auspex.udf.onnx.edit;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.auspex.catalog.ElementType;

/**
 * Puts one more tensor behind those of an output that is a sequence, to be left out by who reads
 * it: ONNX Runtime's Java binding cannot give an empty sequence.
 *
 * <pre>
 * before:  … → y: sequence      after:  … → y.sequence → SequenceInsert → y: sequence
 * </pre>
 */
public final class EndSequence {
  private EndSequence() {}

  /** Whether the output is a sequence of tensors. */
  public static boolean isOfTensors(ValueInfoProto output) {
    TypeProto type = output.getType();
    return type.hasSequenceType() && type.getSequenceType().getElemType().hasTensorType();
  }

  public static void apply(GraphEditor editor, String output) {
    ValueInfoProto declared = editor.graph().getOutput(editor.output(output));
    int code = declared.getType().getSequenceType().getElemType().getTensorType().getElemType();
    String sequence = editor.fresh(output + ".sequence");
    String end = editor.fresh(output + ".end");
    editor.rename(output, sequence);
    editor.append(Nodes.constant(end(code)).addOutput(end));
    editor.append(Nodes.of("SequenceInsert").addInput(sequence).addInput(end).addOutput(output));
  }

  private static TensorProto end(int code) {
    TensorProto.Builder value = TensorProto.newBuilder().setDataType(code);
    ElementType type = ElementType.ofOnnx(code);
    return type == null || type == ElementType.STRING
        ? value.addStringData(ByteString.EMPTY).build()
        : value.setRawData(ByteString.copyFrom(new byte[type.bytes()])).build();
  }
}
