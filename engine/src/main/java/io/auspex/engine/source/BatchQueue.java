package io.auspex.engine.source;

import io.auspex.engine.stream.Batch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Batches between the threads that read them and the one that takes them; never more than a few.
 * Thread-safe.
 */
final class BatchQueue {
  private final Deque<Batch> batches = new ArrayDeque<>();
  private int most;
  private int producers;
  private boolean stopped;
  private Throwable failure;

  /** There are so many more threads that call {@link #end} when they are done. */
  synchronized void add(int threads) {
    producers += threads;
    most = producers + 1;
  }

  /** Waits for room; frees the batch and returns false where nobody wants it any more. */
  synchronized boolean put(Batch batch) throws InterruptedException {
    while (batches.size() >= most && !stopped) {
      wait();
    }
    if (stopped) {
      batch.close();
      return false;
    }
    batches.add(batch);
    notifyAll();
    return true;
  }

  /** A producer has no more. */
  synchronized void end() {
    producers--;
    notifyAll();
  }

  /** A producer failed, which ends the others, too. */
  synchronized void fail(Throwable thrown) {
    if (failure == null && !stopped) {
      failure = thrown;
    }
    stop();
  }

  /** Nobody takes batches any more. */
  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  synchronized boolean isStopped() {
    return stopped;
  }

  /** What a producer failed with. */
  synchronized Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** What came of waiting for a batch: one, the end, or nothing as yet. */
  record Taken(Batch batch, boolean isEnd) {}

  /** Waits a little for the next batch, which is the caller's then. */
  synchronized Taken take(long millis) throws InterruptedException {
    if (batches.isEmpty() && producers > 0 && !stopped) {
      wait(millis);
    }
    Batch batch = failure == null ? batches.poll() : null;
    notifyAll();
    return new Taken(batch, batch == null && batches.isEmpty() && producers == 0);
  }

  /** Frees what was not taken. */
  synchronized void clear() {
    batches.forEach(Batch::close);
    batches.clear();
  }
}
