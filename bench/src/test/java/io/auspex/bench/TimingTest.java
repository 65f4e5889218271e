package io.auspex.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimingTest {
  private final AtomicInteger count = new AtomicInteger();

  @Test
  void runsAsOftenAsItMay() throws Exception {
    Timing timing = Timing.of(count::incrementAndGet, job(4, 10, 10));
    assertThat(timing.runs()).hasSize(4);
    assertThat(count).hasValue(5);
  }

  @Test
  void aLongFirstRunIsNotRepeated() throws Exception {
    Timing timing = Timing.of(count::incrementAndGet, job(4, 0, 10));
    assertThat(timing.runs()).isEmpty();
    assertThat(timing.median()).isEqualTo(timing.first());
  }

  @Test
  void withoutBudgetItIsRepeatedOnce() throws Exception {
    assertThat(Timing.of(count::incrementAndGet, job(4, 10, 0)).runs()).hasSize(1);
  }

  @Test
  void theMedianLeavesTheFirstRunOut() {
    assertThat(new Timing(9, List.of(3.0, 1.0, 2.0)).median()).isEqualTo(2);
    assertThat(new Timing(9, List.of(4.0, 1.0)).median()).isEqualTo(2.5);
  }

  private static Job job(int runs, double patience, double budget) {
    return new Job(
        Path.of(""), List.of(), "", runs, patience, budget, Path.of(""), List.of(), "", 1);
  }
}
