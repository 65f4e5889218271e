package io.auspex.udf.predict;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

/** One run of a session, which a cancellation stops at the next node of the graph. */
final class RunHandle implements AutoCloseable {
  private final OrtSession.RunOptions options;
  private final Cancellation.Registration registration;
  private boolean closed;

  RunHandle(Cancellation cancellation) throws OrtException {
    options = new OrtSession.RunOptions();
    registration = cancellation.onCancel(this::terminate);
  }

  OrtSession.RunOptions options() {
    return options;
  }

  /** Comes from another thread, maybe while this one closes: native memory must not be gone. */
  private synchronized void terminate() {
    if (closed) {
      return;
    }
    try {
      options.setTerminate(true);
    } catch (OrtException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    registration.close();
    options.close();
  }
}
