package io.auspex.udf.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Batching;
import io.auspex.catalog.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A model loaded once in ONNX Runtime, when it is first asked, to learn whether it loads and what
 * its outputs are. Not for predictions.
 */
final class TrialSession implements AutoCloseable {
  private static final long OPEN_ROWS = 2;
  private static final long MOST_VALUES = 1 << 24;

  private final Path file;
  private final String name;
  private final Map<Batching, Map<String, long[]>> trials = new HashMap<>();
  private OrtSession session;

  /**
   * @param name what messages call the file
   */
  TrialSession(Path file, String name) {
    this.file = file;
    this.name = name;
  }

  /** Loads the model if it has not been. Throws MODEL_REFUSED with ONNX Runtime's reason. */
  OrtSession load() {
    if (session != null) {
      return session;
    }
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      // Every operator finds its kernel at any level; optimizing would only take time.
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      session = OrtEnvironment.getEnvironment().createSession(file.toString(), options);
      return session;
    } catch (OrtException refused) {
      throw new AuspexException(ErrorCode.MODEL_REFUSED, name, RuntimeMessage.reason(refused))
          .causedBy(refused);
    }
  }

  /** How many rows a trial of models that are batched so has. */
  static long rows(Batching batching) {
    return batching.isOpen() ? OPEN_ROWS : batching.rows();
  }

  /** What ONNX Runtime inferred of an output; nothing if it is no tensor. */
  Optional<TensorInfo> tensor(String output) {
    try {
      return Optional.ofNullable(load().getOutputInfo().get(output))
          .map(NodeInfo::getInfo)
          .filter(TensorInfo.class::isInstance)
          .map(TensorInfo.class::cast);
    } catch (OrtException closed) {
      throw new IllegalStateException(closed);
    }
  }

  /**
   * The shape of an output in a trial; nothing where the model fails on it, or leaves open how wide
   * an input is.
   */
  Optional<long[]> shape(String output, Batching batching) {
    return Optional.ofNullable(trials.computeIfAbsent(batching, this::trial).get(output));
  }

  private Map<String, long[]> trial(Batching batching) {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    Map<String, long[]> shapes = new HashMap<>();
    try {
      for (NodeInfo input : load().getInputInfo().values()) {
        if (!(input.getInfo() instanceof TensorInfo declared)) {
          return shapes;
        }
        inputs.put(input.getName(), ones(declared, batching));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        for (Map.Entry<String, OnnxValue> output : result) {
          if (output.getValue() instanceof OnnxTensor tensor) {
            shapes.put(output.getKey(), tensor.getInfo().getShape());
          }
        }
      }
    } catch (OrtException failed) {
      // What the file declares has to do.
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
    return shapes;
  }

  /** Ones, since ONNX Runtime does not survive the division of an integer by zero. */
  private static OnnxTensor ones(TensorInfo declared, Batching batching) throws OrtException {
    long[] shape = declared.getShape();
    if (batching.isOpen()) {
      shape[0] = OPEN_ROWS;
    }
    long values = 1;
    for (long dimension : shape) {
      values *= dimension;
      if (dimension < 0 || values > MOST_VALUES) {
        throw new OrtException("There is no telling how wide it is, or it is too wide.");
      }
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    if (declared.type == OnnxJavaType.STRING) {
      return OnnxTensor.createTensor(
          environment, Collections.nCopies((int) values, "").toArray(new String[0]), shape);
    }
    ByteBuffer memory =
        ByteBuffer.allocateDirect((int) values * declared.type.size).order(ByteOrder.nativeOrder());
    LongStream.range(0, values).forEach(i -> putOne(memory, declared.type));
    return OnnxTensor.createTensor(environment, memory.flip(), shape, declared.type);
  }

  private static void putOne(ByteBuffer memory, OnnxJavaType type) {
    switch (type) {
      case FLOAT -> memory.putFloat(1);
      case DOUBLE -> memory.putDouble(1);
      case INT64 -> memory.putLong(1);
      case INT32 -> memory.putInt(1);
      case INT16 -> memory.putShort((short) 1);
      case FLOAT16 -> memory.putShort((short) 0x3C00);
      case BFLOAT16 -> memory.putShort((short) 0x3F80);
      default -> memory.put((byte) 1);
    }
  }

  @Override
  public void close() {
    try {
      if (session != null) {
        session.close();
      }
    } catch (OrtException alreadyClosed) {
      throw new IllegalStateException(alreadyClosed);
    }
  }
}
