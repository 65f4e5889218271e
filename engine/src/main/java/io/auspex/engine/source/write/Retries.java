package io.auspex.engine.source.write;

import io.auspex.catalog.AuspexException;
import io.auspex.engine.source.SourceConnections;
import io.auspex.engine.source.SourceErrors;
import io.auspex.engine.stream.QueryState;
import java.util.concurrent.ThreadLocalRandom;

/** Tries again, a little later each time, what has done nothing where it failed. */
record Retries(SourceConnections connections, SourceTarget target, QueryState state) {
  private static final int TRIES = 5;
  private static final long FIRST_PAUSE_MS = 100;
  private static final long LONGEST_PAUSE_MS = 50;

  /** What is tried. */
  interface Try<T> {
    T run() throws Exception;
  }

  /**
   * What {@code attempt} gives, in the end.
   *
   * @throws AuspexException what it failed with last
   */
  <T> T run(Try<T> attempt) {
    for (int number = 1; ; number++) {
      try {
        state.check();
        return attempt.run();
      } catch (Exception e) {
        state.check();
        if (number == TRIES || !WriteErrors.isTransient(e)) {
          throw WriteErrors.of(target, e);
        }
        if (SourceErrors.isBroken(e)) {
          connections.renew(target.source());
        }
        pause(number);
      }
    }
  }

  private void pause(int number) {
    // Those that were in each other's way are not to meet again.
    long longest = FIRST_PAUSE_MS << number;
    long until =
        System.nanoTime() + ThreadLocalRandom.current().nextLong(longest / 2, longest) * 1_000_000;
    try {
      while (System.nanoTime() < until) {
        state.check();
        Thread.sleep(LONGEST_PAUSE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      state.cancellation().cancel();
      throw state.failure(e);
    }
  }
}
