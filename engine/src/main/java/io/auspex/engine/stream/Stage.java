package io.auspex.engine.stream;

import java.util.concurrent.atomic.LongAdder;

/**
 * What was done at one stage of a statement, added up over the threads that work there side by
 * side. Thread-safe.
 */
public final class Stage {
  private final LongAdder calls = new LongAdder();
  private final LongAdder rows = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  /**
   * A piece of work.
   *
   * @param started when it began, of {@link System#nanoTime}; it ends now
   */
  public void time(long started) {
    nanos.add(System.nanoTime() - started);
  }

  /** Batches, chunks or other pieces that went through. */
  void passed(long ofRows, long ofBytes) {
    calls.increment();
    rows.add(ofRows);
    bytes.add(ofBytes);
  }

  /** Rows that went through, their bytes unknown. */
  public void passed(long ofRows) {
    passed(ofRows, 0);
  }

  public long calls() {
    return calls.sum();
  }

  public long rows() {
    return rows.sum();
  }

  /** 0 where they were not measured. */
  public long bytes() {
    return bytes.sum();
  }

  public long nanos() {
    return nanos.sum();
  }
}
