package io.auspex.engine;

import io.auspex.udf.predict.Cancellation;
import java.time.Duration;
import java.util.Optional;

/**
 * How one statement is to run.
 *
 * @param timeout after which it is stopped
 * @param cancellation stops it from another thread
 */
public record ExecuteOptions(Optional<Duration> timeout, Cancellation cancellation) {

  /** No timeout, and nobody who would cancel it. */
  public static ExecuteOptions plain() {
    return new ExecuteOptions(Optional.empty(), new Cancellation());
  }
}
