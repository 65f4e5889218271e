package io.auspex.engine;

import io.auspex.sql.plan.Planner;
import io.auspex.udf.predict.Predictors;

/**
 * Loads what the first prediction needs, the planner's classes and ONNX Runtime, on a thread of its
 * own, beside what else is slow at a start. What fails there fails again, and is told, where it is
 * needed.
 */
public final class Preloading implements AutoCloseable {
  private final Thread thread;

  private Preloading(Thread thread) {
    this.thread = thread;
  }

  public static Preloading start() {
    Thread thread = new Thread(Preloading::load, "auspex-preloading");
    thread.setDaemon(true);
    thread.start();
    return new Preloading(thread);
  }

  /** Nothing is loaded before it is needed. */
  public static Preloading none() {
    return new Preloading(null);
  }

  private static void load() {
    try {
      Planner.load();
      Predictors.loadRuntime();
    } catch (RuntimeException | LinkageError untold) {
      // Whoever needs it meets the same failure.
    }
  }

  /** Waits for it, since a process must not end while a native library is being loaded. */
  @Override
  public void close() {
    try {
      if (thread != null) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
