package io.auspex.udf.predict;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import io.auspex.udf.onnx.edit.Nodes;
import io.auspex.udf.onnx.rewrite.JavaStrings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tensor of strings. ONNX Runtime's Java binding hands strings over in JNI's modified UTF-8.
 * Where that is not UTF-8, and the model would see it, the strings come as the constant of a model
 * that has nothing else, which the binding does not touch.
 *
 * @param tensor {@code [D]}
 * @param owners what is closed with it, the last one first
 */
record WordTensor(OnnxTensor tensor, List<AutoCloseable> owners) implements AutoCloseable {
  private static final String NAME = "words";

  /**
   * @param utf8 whether they must be UTF-8
   */
  static WordTensor of(List<byte[]> words, boolean utf8) throws OrtException {
    if (utf8 && words.stream().anyMatch(JavaStrings::isModified)) {
      return constant(words);
    }
    String[] texts =
        words.stream().map(word -> new String(word, StandardCharsets.UTF_8)).toArray(String[]::new);
    OnnxTensor tensor =
        OnnxTensor.createTensor(OrtSessions.environment(), texts, new long[] {texts.length});
    return new WordTensor(tensor, List.of(tensor));
  }

  private static WordTensor constant(List<byte[]> words) throws OrtException {
    OrtSession session =
        OrtSessions.open(
            model(words).toByteArray(), Optional.empty(), Optional.empty(), "cpu", NAME);
    try {
      OrtSession.Result result = session.run(Map.of());
      return new WordTensor((OnnxTensor) result.get(0), List.of(session, result));
    } catch (OrtException | RuntimeException failed) {
      session.close();
      throw failed;
    }
  }

  private static ModelProto model(List<byte[]> words) {
    TensorProto.Builder value =
        TensorProto.newBuilder()
            .setDataType(TensorProto.DataType.STRING.getNumber())
            .addDims(words.size());
    words.forEach(word -> value.addStringData(ByteString.copyFrom(word)));
    ValueInfoProto.Builder output = ValueInfoProto.newBuilder().setName(NAME);
    output
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setElemType(TensorProto.DataType.STRING.getNumber());
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(
            GraphProto.newBuilder()
                .setName(NAME)
                .addNode(Nodes.constant(value.build()).addOutput(NAME))
                .addOutput(output))
        .build();
  }

  @Override
  public void close() {
    for (int i = owners.size() - 1; i >= 0; i--) {
      try {
        owners.get(i).close();
      } catch (Exception closedAlready) {
        throw new IllegalStateException(closedAlready);
      }
    }
  }
}
