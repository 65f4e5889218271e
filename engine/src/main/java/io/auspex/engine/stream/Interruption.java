package io.auspex.engine.stream;

/**
 * Interrupts a statement again and again until it has ended: DuckDB forgets an interrupt that comes
 * before it has begun to execute. Thread-safe.
 */
final class Interruption implements AutoCloseable {
  private static final long PAUSE_MS = 50;

  private final Runnable interrupt;
  private Thread thread;
  private boolean over;

  /**
   * @param interrupt must not block, and does no harm where nothing runs
   */
  Interruption(Runnable interrupt) {
    this.interrupt = interrupt;
  }

  synchronized void begin() {
    if (over || thread != null) {
      return;
    }
    interrupt.run();
    thread = new Thread(this::repeat, "auspex-interruption");
    thread.setDaemon(true);
    thread.start();
  }

  private synchronized void repeat() {
    try {
      while (!over) {
        interrupt.run();
        wait(PAUSE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** After this, nothing is interrupted any more: the connection may run the next statement. */
  @Override
  public synchronized void close() {
    over = true;
    notifyAll();
  }
}
