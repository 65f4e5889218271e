package io.auspex.udf.predict;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells everything that works for a query that it need not go on. Thread-safe.
 *
 * <p>What can be interrupted registers how with {@link #onCancel} and withdraws that when done.
 */
public final class Cancellation {
  private final Set<Runnable> hooks = ConcurrentHashMap.newKeySet();
  private volatile boolean cancelled;

  /** Withdraws a hook. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /** Runs {@code interrupt} upon cancellation, at once if that has been. It must not block. */
  public Registration onCancel(Runnable interrupt) {
    Runnable hook = interrupt::run;
    hooks.add(hook);
    if (cancelled) {
      interrupt.run();
    }
    return () -> hooks.remove(hook);
  }

  public boolean isCancelled() {
    return cancelled;
  }

  /** Cancels; a second call does nothing. */
  public void cancel() {
    if (!cancelled) {
      cancelled = true;
      hooks.forEach(Runnable::run);
    }
  }
}
