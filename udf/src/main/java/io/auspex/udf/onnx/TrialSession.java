package io.auspex.udf.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * A model loaded once in ONNX Runtime, to learn whether it loads and what its outputs are where the
 * file is silent. Not for predictions.
 */
final class TrialSession implements AutoCloseable {
  static final long TRIAL_ROWS = 2;

  private final OrtSession session;

  private TrialSession(OrtSession session) {
    this.session = session;
  }

  /**
   * @param name what messages call the file
   * @throws AuspexException MODEL_REFUSED with ONNX Runtime's reason
   */
  static TrialSession open(Path file, String name) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      // Every operator finds its kernel at any level; optimizing would only take time.
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      return new TrialSession(
          OrtEnvironment.getEnvironment().createSession(file.toString(), options));
    } catch (OrtException refused) {
      throw new AuspexException(ErrorCode.MODEL_REFUSED, name, RuntimeMessage.reason(refused))
          .causedBy(refused);
    }
  }

  /** What ONNX Runtime inferred of an output. */
  ValueInfo output(String output) {
    try {
      return session.getOutputInfo().get(output).getInfo();
    } catch (OrtException closed) {
      throw new IllegalStateException(closed);
    }
  }

  /**
   * The shape of an output over {@value #TRIAL_ROWS} rows of zeros and empty strings; nothing where
   * the model fails on them, or leaves open how wide an input is.
   */
  Optional<long[]> shapeInTrial(String output) {
    Map<String, OnnxTensor> rows = new HashMap<>();
    try {
      for (NodeInfo input : session.getInputInfo().values()) {
        rows.put(input.getName(), blank((TensorInfo) input.getInfo()));
      }
      try (OrtSession.Result result = session.run(rows, Set.of(output))) {
        return Optional.of(((TensorInfo) result.get(0).getInfo()).getShape());
      }
    } catch (OrtException failed) {
      return Optional.empty();
    } finally {
      rows.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor blank(TensorInfo declared) throws OrtException {
    long[] shape = declared.getShape();
    shape[0] = TRIAL_ROWS;
    if (LongStream.of(shape).anyMatch(dimension -> dimension < 0)) {
      throw new OrtException("The width is open.");
    }
    int values = (int) LongStream.of(shape).reduce(1, (a, b) -> a * b);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    if (declared.type == OnnxJavaType.STRING) {
      return OnnxTensor.createTensor(
          environment, Collections.nCopies(values, "").toArray(new String[0]), shape);
    }
    ByteBuffer zeros = ByteBuffer.allocateDirect(values * declared.type.size);
    return OnnxTensor.createTensor(
        environment, zeros.order(ByteOrder.nativeOrder()), shape, declared.type);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException alreadyClosed) {
      throw new IllegalStateException(alreadyClosed);
    }
  }
}
