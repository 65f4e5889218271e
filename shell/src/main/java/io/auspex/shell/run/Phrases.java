package io.auspex.shell.run;

import java.time.Duration;
import java.util.Locale;

/** Numbers in words. */
final class Phrases {
  private Phrases() {}

  /** {@code 1 row}, {@code 12,345 rows}. */
  static String rows(long rows) {
    return String.format(Locale.ROOT, rows == 1 ? "%,d row" : "%,d rows", rows);
  }

  /** {@code 3 s left}, {@code 2 min 5 s left}. */
  static String left(Duration time) {
    long seconds = Math.max(1, Math.round(time.toMillis() / 1e3));
    return (seconds >= 60 ? seconds / 60 + " min " : "") + seconds % 60 + " s left";
  }

  /** {@code 0.012 s}, {@code 12.3 s}, {@code 2 min 5 s}. */
  static String time(Duration time) {
    double seconds = time.toNanos() / 1e9;
    if (seconds >= 120) {
      return time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }
    return String.format(Locale.ROOT, seconds < 10 ? "%.3f s" : "%.1f s", seconds);
  }
}
