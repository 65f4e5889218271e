package io.auspex.shell.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far a statement is, in a line.
 *
 * <pre>
 * ████████░░░░░░░░░░░░ 42% · 1,234,567 rows · 823,044 rows/s · 1.5 s · 3 s left
 * </pre>
 *
 * @param rows rows predicted so far; nothing is said of them while there are none
 * @param share the share of the input that was read, from 0 to 1, where it is known
 */
record ProgressLine(long rows, OptionalDouble share) {
  /** The narrowest terminal's columns, less one for the cursor. */
  private static final int WIDEST = 79;

  private static final int CELLS = 20;

  /** Before this share and this time, what is left would be a guess. */
  private static final double ENOUGH = 0.02;

  private static final Duration SOON = Duration.ofMillis(900);

  /** The line, no wider than the narrowest terminal: what matters least is left out first. */
  String text(Duration elapsed) {
    List<String> parts = new ArrayList<>();
    String bar = share.isPresent() ? bar(share.getAsDouble()) : "";
    share.ifPresent(part -> parts.add(String.format(Locale.ROOT, "%.0f%%", 100 * part)));
    if (rows > 0) {
      parts.add(Phrases.rows(rows));
      parts.add(String.format(Locale.ROOT, "%,.0f rows/s", rows / seconds(elapsed)));
    }
    parts.add(String.format(Locale.ROOT, "%.1f s", seconds(elapsed)));
    left(elapsed).ifPresent(left -> parts.add(Phrases.left(left)));
    String line = String.join(" · ", parts);
    return bar.length() + line.length() <= WIDEST ? bar + line : line;
  }

  private static String bar(double share) {
    int full = (int) Math.round(share * CELLS);
    return "█".repeat(full) + "░".repeat(CELLS - full) + " ";
  }

  private Optional<Duration> left(Duration elapsed) {
    double done = share.orElse(0);
    if (done < ENOUGH || elapsed.compareTo(SOON) < 0) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofMillis((long) (elapsed.toMillis() * (1 - done) / done)));
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
