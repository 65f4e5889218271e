package io.auspex.udf.predict;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.udf.onnx.RuntimeMessage;
import io.auspex.udf.onnx.RuntimeOptions;
import java.nio.file.Path;
import java.util.Optional;

/** Opens sessions of ONNX Runtime the one way in which Auspex runs them. */
final class OrtSessions {
  private OrtSessions() {}

  static OrtEnvironment environment() {
    return OrtEnvironment.getEnvironment();
  }

  /**
   * A session that computes on the thread that calls it: batches run side by side instead, and the
   * same batch gives the same bits however many do. Graph optimization is ONNX Runtime's default.
   *
   * @param artifact the file it comes from, beside which are the weights that it does not hold
   * @param library with operators of the model's own
   * @param device {@code cuda}, or anything else for the CPU
   * @throws AuspexException MODEL_REFUSED, DEVICE_MISSING
   */
  static OrtSession open(
      byte[] graph, Optional<Path> artifact, Optional<Path> library, String device, String model) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      if (artifact.isPresent()) {
        options.addConfigEntry(RuntimeOptions.DATA_FOLDER, RuntimeOptions.folder(artifact.get()));
      }
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      RuntimeOptions.addLibrary(options, library);
      if (device.equals("cuda")) {
        addCuda(options);
      }
      return environment().createSession(graph, options);
    } catch (OrtException refused) {
      throw new AuspexException(ErrorCode.MODEL_REFUSED, model, RuntimeMessage.reason(refused))
          .causedBy(refused);
    }
  }

  private static void addCuda(OrtSession.SessionOptions options) {
    try {
      options.addCUDA();
    } catch (OrtException missing) {
      throw new AuspexException(
              ErrorCode.DEVICE_MISSING,
              "cuda",
              RuntimeMessage.reason(missing),
              "Build with the Maven profile gpu (-Pgpu) on a machine with CUDA, or SET"
                  + " predict_device = 'auto'.")
          .causedBy(missing);
    }
  }
}
