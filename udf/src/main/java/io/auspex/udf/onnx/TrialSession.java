package io.auspex.udf.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxSequence;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A model loaded once in ONNX Runtime, when it is first asked, to learn whether it loads and what
 * its outputs are. Not for predictions.
 */
final class TrialSession implements AutoCloseable {
  private static final long OPEN_ROWS = 2;
  private static final long OTHER_ROWS = 3;
  private static final long MOST_VALUES = 1 << 24;

  /** Sizes that dimensions of any size may have to have, likely ones first. */
  private static final long[] WIDTHS = {64, 512, 576, 256, 128, 32, 48, 16, 8, 4, 1};

  private final Path file;
  private final Optional<byte[]> altered;
  private final Optional<Path> library;
  private final RowAxes axes;
  private final String name;
  private final Map<Setup, Map<String, long[]>> trials = new HashMap<>();
  private OrtSession session;

  /** What a trial is fed: how many rows, and how large dimensions of any size are, 0 for none. */
  private record Setup(Batching batching, long rows, long width) {}

  /**
   * @param altered the model, where it is not what the file says
   * @param library with operators of its own
   * @param name what messages call the file
   */
  TrialSession(
      Path file, Optional<byte[]> altered, Optional<Path> library, RowAxes axes, String name) {
    this.file = file;
    this.altered = altered;
    this.library = library;
    this.axes = axes;
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
      options.addConfigEntry(RuntimeOptions.DATA_FOLDER, RuntimeOptions.folder(file));
      RuntimeOptions.addLibrary(options, library);
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      session =
          altered.isPresent()
              ? environment.createSession(altered.get(), options)
              : environment.createSession(file.toString(), options);
      return session;
    } catch (OrtException refused) {
      throw new AuspexException(ErrorCode.MODEL_REFUSED, name, RuntimeMessage.reason(refused))
          .causedBy(refused);
    }
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
   * What an output was in trials: a tensor's shape, or a sequence's length before the shape of its
   * first tensor.
   *
   * @param shape its dimensions, {@link Declarations#DYNAMIC} where trials differ
   * @param rows how many rows the trial had
   * @param rowAxis the dimension that is as large as the rows are many, in every trial; −1 for none
   */
  record Outcome(long[] shape, long rows, int rowAxis) {}

  /**
   * What an output is; nothing where the model fails on the trial.
   *
   * @param guessing whether to try sizes for dimensions that may have any, or to give up
   */
  Optional<Outcome> outcome(String output, Batching batching, boolean guessing) {
    long rows = batching.isOpen() ? OPEN_ROWS : batching.rows();
    long width = guessing ? width(batching, rows) : 0;
    long[] shape = trial(new Setup(batching, rows, width)).get(output);
    if (shape == null) {
      return Optional.empty();
    }
    long[] ofOtherRows =
        batching.isOpen() ? trial(new Setup(batching, OTHER_ROWS, width)).get(output) : null;
    long[] ofOtherWidth =
        width > 0 ? trial(new Setup(batching, rows, width / 2)).get(output) : null;
    int rowAxis = -1;
    long[] merged = shape.clone();
    for (int i = shape.length - 1; i >= 0; i--) {
      boolean follows =
          ofOtherRows == null
              ? i == 0 && shape[i] == rows
              : ofOtherRows.length > i && shape[i] == rows && ofOtherRows[i] == OTHER_ROWS;
      rowAxis = follows ? i : rowAxis;
      boolean varies =
          ofOtherWidth != null && ofOtherWidth.length > i && ofOtherWidth[i] != shape[i];
      merged[i] = varies ? Declarations.DYNAMIC : shape[i];
    }
    return Optional.of(new Outcome(merged, rows, rowAxis));
  }

  /** A size for open dimensions with which the model runs; 0 for none, or where none is open. */
  private long width(Batching batching, long rows) {
    return LongStream.concat(LongStream.of(0), LongStream.of(WIDTHS))
        .filter(width -> !trial(new Setup(batching, rows, width)).isEmpty())
        .findFirst()
        .orElse(0);
  }

  private Map<String, long[]> trial(Setup setup) {
    Map<String, long[]> known = trials.get(setup);
    if (known == null) {
      known = run(setup);
      trials.put(setup, known);
    }
    return known;
  }

  private Map<String, long[]> run(Setup setup) {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    Map<String, long[]> shapes = new HashMap<>();
    try {
      for (NodeInfo input : load().getInputInfo().values()) {
        if (!(input.getInfo() instanceof TensorInfo declared)) {
          return shapes;
        }
        inputs.put(input.getName(), ones(declared, setup, axes.of(input.getName())));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        for (Map.Entry<String, OnnxValue> output : result) {
          shapes.put(output.getKey(), shape(output.getValue()));
        }
      }
    } catch (OrtException failed) {
      // What the file declares has to do.
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
    return shapes;
  }

  /** Of a sequence its length, before the dimensions of its first tensor, if it has one. */
  private static long[] shape(OnnxValue value) throws OrtException {
    if (value instanceof OnnxTensor tensor) {
      return tensor.getInfo().getShape();
    } else if (!(value instanceof OnnxSequence sequence) || sequence.getInfo().isSequenceOfMaps()) {
      return new long[0];
    }
    List<? extends OnnxValue> tensors = ((OnnxSequence) value).getValue();
    try {
      // The last one only ends it.
      int length = tensors.size() - 1;
      LongStream first = length < 1 ? LongStream.of() : LongStream.of(shape(tensors.get(0)));
      return LongStream.concat(LongStream.of(length), first).toArray();
    } finally {
      OnnxValue.close(tensors);
    }
  }

  /** Ones, since ONNX Runtime does not survive the division of an integer by zero. */
  private static OnnxTensor ones(TensorInfo declared, Setup setup, int axis) throws OrtException {
    long[] shape = declared.getShape();
    if (setup.batching().isOpen() || (setup.rows() > 0 && shape[axis] < 0)) {
      shape[axis] = setup.rows();
    }
    long values = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = shape[i] < 0 && setup.width() > 0 ? setup.width() : shape[i];
      values *= shape[i];
      if (shape[i] < 0 || values > MOST_VALUES) {
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
