package io.auspex.engine.stream;

import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of an engine that scan and compute. They end when idle. Thread-safe. */
public final class Workers implements AutoCloseable {
  private final AtomicInteger numbers = new AtomicInteger();
  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          1,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task, "auspex-worker-" + numbers.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });

  /** Has a thread do a task. */
  public <T> Future<T> submit(java.util.concurrent.Callable<T> task) {
    return pool.submit(task);
  }

  /** How many threads are at work. */
  public int busy() {
    return pool.getActiveCount();
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
