package io.auspex.engine.stream;

import java.util.concurrent.atomic.LongAdder;

/** How far a statement has come. Thread-safe; every number only grows. */
public final class Progress {
  private final LongAdder scanned = new LongAdder();
  private final LongAdder predicted = new LongAdder();
  private final LongAdder delivered = new LongAdder();

  /** Rows that Predict operators have read. */
  public long rowsScanned() {
    return scanned.sum();
  }

  /** Rows that Predict operators have handed on. */
  public long rowsPredicted() {
    return predicted.sum();
  }

  /** Rows the client has been given. */
  public long rowsDelivered() {
    return delivered.sum();
  }

  void scanned(long rows) {
    scanned.add(rows);
  }

  void predicted(long rows) {
    predicted.add(rows);
  }

  /** Called by the result, batch by batch. */
  public void delivered(long rows) {
    delivered.add(rows);
  }
}
