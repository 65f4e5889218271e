package io.auspex.engine;

import io.auspex.engine.stream.Progress;
import io.auspex.udf.predict.Cancellation;
import java.time.Duration;
import java.util.Optional;

/**
 * How one statement is to run.
 *
 * @param timeout after which it is stopped
 * @param cancellation stops it from another thread
 * @param progress tells another thread how far it is
 */
public record ExecuteOptions(
    Optional<Duration> timeout, Cancellation cancellation, Progress progress) {

  public ExecuteOptions(Optional<Duration> timeout, Cancellation cancellation) {
    this(timeout, cancellation, new Progress());
  }

  /** No timeout, and nobody who would cancel it or ask. */
  public static ExecuteOptions plain() {
    return new ExecuteOptions(Optional.empty(), new Cancellation());
  }
}
