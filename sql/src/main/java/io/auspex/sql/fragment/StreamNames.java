package io.auspex.sql.fragment;

import java.util.concurrent.atomic.AtomicLong;

/** Names of streams. DuckDB would take a name in use for the user's own table, or hide it. */
public final class StreamNames {
  public static final String PREFIX = "__auspex_";

  private static final AtomicLong COUNT = new AtomicLong();

  private StreamNames() {}

  /** A name that no stream of this process has had. Thread-safe. */
  public static String next() {
    return of(COUNT.incrementAndGet());
  }

  /** The name of this number. */
  public static String of(long number) {
    return PREFIX + number;
  }
}
