package io.auspex.shell.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * A line that says how far a statement is, rewritten five times a second and wiped when it is
 * closed. It appears only when the statement takes a while. Thread-safe.
 */
final class Progress implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final String WIPE = "\r\u001b[K";

  private final PrintStream err;
  private final LongSupplier rows;
  private final long started = System.nanoTime();
  private boolean shown;
  private boolean closed;

  private Progress(PrintStream err, LongSupplier rows) {
    this.err = err;
    this.rows = rows;
  }

  /** No line at all. */
  static Progress none() {
    return new Progress(null, null);
  }

  /**
   * Starts a line on {@code err}.
   *
   * @param rows rows so far, asked from another thread; nothing is said of it while it is 0
   */
  static Progress start(PrintStream err, LongSupplier rows) {
    Progress progress = new Progress(err, rows);
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
    double seconds = (System.nanoTime() - started) / 1e9;
    long count = rows.getAsLong();
    String line = String.format(Locale.ROOT, "%.1f s", seconds);
    if (count > 0) {
      line =
          String.format(Locale.ROOT, "%,d rows · %,.0f rows/s · ", count, count / seconds) + line;
    }
    err.print(WIPE + line);
    err.flush();
    shown = true;
  }
}
