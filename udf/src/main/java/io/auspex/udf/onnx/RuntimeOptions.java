package io.auspex.udf.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import java.util.Optional;

/** Options of ONNX Runtime's sessions that are more than a number. */
public final class RuntimeOptions {
  /**
   * Where the files of weights are of a model that is given as bytes; the name is from ONNX
   * Runtime's onnxruntime_session_options_config_keys.h.
   */
  public static final String DATA_FOLDER = "session.model_external_initializers_file_folder_path";

  private RuntimeOptions() {}

  /** Has a session know the operators of a library, whose code this runs. */
  public static void addLibrary(OrtSession.SessionOptions options, Optional<Path> library)
      throws OrtException {
    if (library.isPresent()) {
      options.registerCustomOpLibrary(library.get().toString());
    }
  }

  /** The folder of a model's file, as {@link #DATA_FOLDER} takes it. */
  public static String folder(Path file) {
    return file.toAbsolutePath().getParent().toString();
  }
}
