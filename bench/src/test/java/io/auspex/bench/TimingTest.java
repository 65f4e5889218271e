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
  void whatComesBeforeARunIsDoneBeforeEach() throws Exception {
    AtomicInteger before = new AtomicInteger();
    Timing timing =
        Timing.of(
            before::incrementAndGet,
            () -> assertThat(before).hasValue(count.incrementAndGet()),
            job(2, 10, 60));
    assertThat(timing.runs()).hasSize(2);
    assertThat(before).hasValue(3);
  }

  @Test
  void threeRunsMayTakeTheBudgetEach() throws Exception {
    Timing.Work slow = () -> Thread.sleep(40);
    assertThat(Timing.of(slow, job(9, 10, 0.05)).runs()).hasSizeBetween(2, 3);
  }

  @Test
  void waysTakeTurns() throws Exception {
    StringBuilder order = new StringBuilder();
    List<Timing> both =
        Timing.inTurns(List.of(() -> order.append('a'), () -> order.append('b')), job(2, 10, 60));
    assertThat(order).hasToString("ababab");
    assertThat(both).hasSize(2).allSatisfy(timing -> assertThat(timing.runs()).hasSize(2));
  }

  @Test
  void aSlowWayEndsItsTurnsAlone() throws Exception {
    StringBuilder order = new StringBuilder();
    Timing.Work slow =
        () -> {
          order.append('a');
          Thread.sleep(40);
        };
    Timing.inTurns(List.of(slow, () -> order.append('b')), job(3, 0.03, 60));
    assertThat(order).hasToString("abbbb");
  }

  @Test
  void theMedianIsOfTheLaterHalf() {
    assertThat(new Timing(9, List.of(7.0, 8.0, 3.0, 1.0, 2.0)).median()).isEqualTo(2);
    assertThat(new Timing(9, List.of(7.0, 4.0, 1.0)).median()).isEqualTo(2.5);
    assertThat(new Timing(9, List.of(4.0, 1.0)).median()).isEqualTo(1);
    assertThat(new Timing(9, List.of(4.0)).median()).isEqualTo(4);
  }

  private static Job job(int runs, double patience, double budget) {
    Path none = Path.of("");
    List<String> nothing = List.of();
    return new Job(
        none, nothing, "", runs, patience, budget, none, nothing, "", 1, "", nothing, none,
        nothing);
  }
}
