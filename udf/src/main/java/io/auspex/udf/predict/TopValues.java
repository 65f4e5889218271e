package io.auspex.udf.predict;

import java.util.Collections;
import java.util.PriorityQueue;

/** The greatest values so far, or the least. Thread-safe. */
final class TopValues {
  private final int most;
  private final int sign;
  private final PriorityQueue<Double> values = new PriorityQueue<>();

  /**
   * @param most how many are kept
   * @param areGreatest whether the greatest are, rather than the least
   */
  TopValues(int most, boolean areGreatest) {
    this.most = most;
    this.sign = areGreatest ? 1 : -1;
  }

  /** Takes values; of one that is no number there is no telling. */
  synchronized void offer(double[] offered, int count) {
    for (int i = 0; i < count; i++) {
      double value = sign * offered[i];
      if (value != value) {
        continue;
      }
      if (values.size() < most) {
        values.add(value);
      } else if (value > values.peek()) {
        values.poll();
        values.add(value);
      }
    }
  }

  synchronized boolean isFull() {
    return values.size() == most;
  }

  /** The best of all, of which there must be one. */
  synchronized double best() {
    return sign * Collections.max(values);
  }

  /** What a value must reach to be one of them; {@code otherwise} while there are too few. */
  synchronized double limit(double otherwise) {
    return values.size() < most ? otherwise : sign * values.peek();
  }
}
