package io.auspex.udf.predict;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** ONNX Runtime called directly: whole tensors in, Java objects out. */
public final class PlainSession implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  public PlainSession(Path model) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      session = environment.createSession(model.toString(), options);
    }
  }

  /**
   * @param inputs by name, the values of {@code [N,F]}, row by row
   * @return by name, a text a row: numbers as Java writes them, which is exact
   */
  public Map<String, List<String>> run(Map<String, List<Object>> inputs, int rows)
      throws OrtException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (NodeInfo info : session.getInputInfo().values()) {
        List<Object> values = inputs.get(info.getName());
        tensors.put(info.getName(), tensor((TensorInfo) info.getInfo(), values, rows));
      }
      try (OrtSession.Result result = session.run(tensors)) {
        Map<String, List<String>> outputs = new HashMap<>();
        for (Map.Entry<String, OnnxValue> entry : result) {
          outputs.put(entry.getKey(), texts(entry.getValue(), rows));
        }
        return outputs;
      }
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(TensorInfo info, List<Object> values, int rows) throws OrtException {
    long[] shape =
        info.getShape().length == 1
            ? new long[] {rows}
            : new long[] {rows, values.size() / Math.max(1, rows)};
    if (info.type == OnnxJavaType.STRING) {
      return OnnxTensor.createTensor(environment, values.toArray(new String[0]), shape);
    }
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(values.size() * info.type.size).order(ByteOrder.nativeOrder());
    for (Object value : values) {
      switch (info.type) {
        case FLOAT -> bytes.putFloat(((Number) value).floatValue());
        case DOUBLE -> bytes.putDouble(((Number) value).doubleValue());
        case INT8, UINT8 -> bytes.put(((Number) value).byteValue());
        case INT16 -> bytes.putShort(((Number) value).shortValue());
        case INT32 -> bytes.putInt(((Number) value).intValue());
        case INT64 -> bytes.putLong(((Number) value).longValue());
        case BOOL -> bytes.put((byte) ((Boolean) value ? 1 : 0));
        default -> throw new IllegalArgumentException(info.type.toString());
      }
    }
    return OnnxTensor.createTensor(environment, bytes.rewind(), shape, info.type);
  }

  private static List<String> texts(OnnxValue value, int rows) throws OrtException {
    List<String> texts = new ArrayList<>();
    if (value instanceof OnnxSequence sequence) {
      for (OnnxValue map : sequence.getValue()) {
        texts.add(new TreeMap<>(((OnnxMap) map).getValue()).toString());
        map.close();
      }
      return texts;
    }
    Object array = value.getValue();
    for (int row = 0; row < rows; row++) {
      texts.add(text(Array.get(array, row)));
    }
    return texts;
  }

  private static String text(Object value) {
    if (!value.getClass().isArray()) {
      return value.toString();
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < Array.getLength(value); i++) {
      texts.add(text(Array.get(value, i)));
    }
    return texts.size() == 1 ? texts.get(0) : texts.toString();
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
