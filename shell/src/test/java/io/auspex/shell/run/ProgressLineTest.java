package io.auspex.shell.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  @Test
  void allThatIsKnownIsSaid() {
    assertThat(line(1_234_567, 0.42, 1500))
        .isEqualTo("████████░░░░░░░░░░░░ 42% · 1,234,567 rows · 823,045 rows/s · 1.5 s · 2 s left");
  }

  @Test
  void nothingIsSaidOfWhatIsNotKnown() {
    assertThat(new ProgressLine(0, OptionalDouble.empty()).text(Duration.ofMillis(1500)))
        .isEqualTo("1.5 s");
    assertThat(new ProgressLine(3000, OptionalDouble.empty()).text(Duration.ofMillis(1500)))
        .isEqualTo("3,000 rows · 2,000 rows/s · 1.5 s");
  }

  @Test
  void theTimeLeftIsNotGuessedFromLittle() {
    assertThat(line(1000, 0.01, 60_000)).doesNotContain("left");
    assertThat(line(1000, 0.5, 500)).doesNotContain("left");
    assertThat(line(1000, 0.5, 90_000)).endsWith(" · 1 min 30 s left");
  }

  @Test
  void itFitsTheNarrowestTerminal() {
    String line = line(123_456_789_012L, 0.5, 3_600_000);
    assertThat(line).startsWith("50% · 123,456,789,012 rows").endsWith("60 min 0 s left");
    assertThat(line.length()).isLessThan(80);
  }

  private static String line(long rows, double share, long millis) {
    return new ProgressLine(rows, OptionalDouble.of(share)).text(Duration.ofMillis(millis));
  }
}
