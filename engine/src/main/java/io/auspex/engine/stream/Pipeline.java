package io.auspex.engine.stream;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Batches on their way: one thread scans, several compute, the caller of {@link #next} takes them
 * in the order of the scan. Only a few are under way at a time.
 *
 * <p>The scan starts with the first {@link #next}, so that a stream nobody reads costs nothing.
 */
final class Pipeline implements AutoCloseable {
  /** Batches that wait computed, beyond those that are being computed. */
  private static final int READY = 2;

  private static final long POLL_MILLIS = 50;

  /** Reads the next batch, or null at the end. */
  interface Scan {
    Batch next() throws IOException;
  }

  private final QueryState state;
  private final Workers workers;
  private final Scan scan;
  private final UnaryOperator<Batch> compute;
  private final Runnable interruptScan;
  private final Semaphore computing;
  private final Semaphore underWay;
  private final Stage waiting;
  private final BlockingQueue<Future<Batch>> inOrder = new LinkedBlockingQueue<>();
  private volatile boolean stopped;
  private Future<?> scanner;
  private boolean ended;

  /**
   * @param waiting where the scan's waits for a place are measured
   */
  Pipeline(
      QueryState state,
      Workers workers,
      int threads,
      Scan scan,
      Runnable interruptScan,
      UnaryOperator<Batch> compute,
      Stage waiting) {
    this.state = state;
    this.workers = workers;
    this.scan = scan;
    this.interruptScan = interruptScan;
    this.compute = compute;
    this.waiting = waiting;
    this.computing = new Semaphore(threads);
    this.underWay = new Semaphore(threads + READY);
  }

  /** The next batch, owned by the caller, or null at the end. */
  Batch next() throws IOException {
    if (ended) {
      return null;
    }
    if (scanner == null) {
      scanner = workers.submit(this::scanAll);
    }
    try {
      Future<Batch> head = head();
      Batch batch = head.get();
      underWay.release();
      ended = batch == null;
      return batch;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      state.cancellation().cancel();
      throw state.failure(e);
    } catch (ExecutionException e) {
      throw state.failure(e.getCause());
    }
  }

  private Future<Batch> head() throws InterruptedException {
    while (true) {
      state.check();
      Future<Batch> head = inOrder.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (head != null) {
        return head;
      } else if (stopped) {
        return CompletableFuture.completedFuture(null);
      }
    }
  }

  private Void scanAll() throws InterruptedException {
    try {
      Batch batch;
      do {
        long started = System.nanoTime();
        if (!admitted(underWay) || !memoryAdmitted()) {
          return null;
        }
        waiting.time(started);
        batch = scan.next();
        hand(batch);
      } while (batch != null);
    } catch (Throwable e) {
      if (!stopped) {
        state.fail(e);
        inOrder.add(CompletableFuture.failedFuture(e));
      }
    }
    return null;
  }

  private void hand(Batch batch) throws InterruptedException {
    long started = System.nanoTime();
    if (batch == null) {
      inOrder.add(CompletableFuture.completedFuture(null));
    } else if (admitted(computing)) {
      waiting.time(started);
      submit(batch);
    } else {
      batch.close();
    }
  }

  private void submit(Batch batch) {
    try {
      inOrder.add(workers.submit(() -> computed(batch)));
    } catch (RejectedExecutionException e) {
      batch.close();
      throw new AuspexException(ErrorCode.CLOSED, "The warehouse").causedBy(e);
    }
  }

  private Batch computed(Batch batch) {
    try {
      return compute.apply(batch);
    } catch (Throwable e) {
      if (!stopped) {
        state.fail(e);
      }
      throw e;
    } finally {
      computing.release();
    }
  }

  /** Waits while memory is short and there are batches under way that will give some back. */
  private boolean memoryAdmitted() throws InterruptedException {
    while (state.memoryIsShort() && !inOrder.isEmpty()) {
      if (stopped || state.cancellation().isCancelled()) {
        return false;
      }
      Thread.sleep(1);
    }
    return true;
  }

  /** Waits for a place; false where the pipeline was stopped meanwhile. */
  private boolean admitted(Semaphore places) throws InterruptedException {
    while (!stopped) {
      if (places.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        return true;
      }
      if (state.cancellation().isCancelled()) {
        return false;
      }
    }
    return false;
  }

  /** Has the batches end, those under way at the latest; {@link #close} frees what is left. */
  void stop() {
    stopped = true;
    interruptScan.run();
  }

  /** Stops the scan, waits for what is being computed, and frees all that was not taken. */
  @Override
  public void close() {
    stopped = true;
    if (scanner != null && !ended) {
      interruptScan.run();
    }
    ended = true;
    await(scanner);
    for (Future<Batch> left = inOrder.poll(); left != null; left = inOrder.poll()) {
      Batch batch = (Batch) await(left);
      if (batch != null) {
        batch.close();
      }
    }
  }

  private static Object await(Future<?> future) {
    boolean interrupted = false;
    try {
      while (future != null) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          return null;
        }
      }
      return null;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
