package io.auspex.shell.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A line that says how far a statement is, rewritten five times a second and wiped when it is
 * closed. It appears only when the statement takes a while. Thread-safe.
 */
final class Progress implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final String WIPE = "\r\u001b[K";

  private final PrintStream err;
  private final Supplier<ProgressLine> line;
  private final long started = System.nanoTime();
  private boolean shown;
  private boolean closed;

  private Progress(PrintStream err, Supplier<ProgressLine> line) {
    this.err = err;
    this.line = line;
  }

  /** No line at all. */
  static Progress none() {
    return new Progress(null, null);
  }

  /**
   * Starts a line on {@code err}.
   *
   * @param line how far it is, asked from another thread
   */
  static Progress start(PrintStream err, Supplier<ProgressLine> line) {
    Progress progress = new Progress(err, line);
    Thread thread = new Thread(progress::tick, "progress");
    thread.setDaemon(true);
    thread.start();
    return progress;
  }

  @Override
  public synchronized void close() {
    if (!closed && shown) {
      err.print(WIPE);
      err.flush();
    }
    closed = true;
    notifyAll();
  }

  private synchronized void tick() {
    try {
      wait(PATIENCE.toMillis());
      while (!closed) {
        show();
        wait(INTERVAL.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void show() {
    err.print(WIPE + line.get().text(Duration.ofNanos(System.nanoTime() - started)));
    err.flush();
    shown = true;
  }
}
