package io.auspex.udf.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.Batching;
import io.auspex.catalog.ElementType;
import io.auspex.catalog.Input;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowGroupsTest {
  private static final Input IDS =
      new Input("ids", ElementType.INT64, List.of(-1L, -1L), List.of());

  @Test
  void rowsOfTheSameLengthAreOneGroup() {
    assertThat(groups(false, Batching.ANY, 3, 3, 3)).containsExactly(new int[] {0, 1, 2});
  }

  @Test
  void rowsOfOtherLengthsAreOtherGroups() {
    assertThat(groups(false, Batching.ANY, 3, 1, 3, 2, 1))
        .containsExactly(new int[] {1, 4}, new int[] {3}, new int[] {0, 2});
  }

  @Test
  void rowsThatAreFilledUpMayDifferALittle() {
    assertThat(groups(true, Batching.ANY, 3, 1, 100, 2, 110, 90))
        .containsExactly(new int[] {0, 1, 3}, new int[] {2, 4, 5});
  }

  @Test
  void aNullIsAGroupOfItsOwn() {
    assertThat(groups(true, Batching.ANY, 3, -1, 2, -1))
        .containsExactly(new int[] {1, 3}, new int[] {0, 2});
  }

  @Test
  void nothingIsFilledUpWhereEachRowIsARun() {
    assertThat(groups(true, Batching.NONE, 3, 1, 2)).hasSize(3);
    assertThat(groups(true, Batching.of(1), 3, 1, 2)).hasSize(3);
    assertThat(groups(true, Batching.of(4), 3, 1, 2)).hasSize(1);
  }

  @Test
  void longRowsAreFewInARun() {
    int[] lengths = IntStream.range(0, 1000).map(i -> 256).toArray();
    assertThat(groups(true, Batching.ANY, lengths))
        .hasSize(16)
        .first()
        .satisfies(group -> assertThat(group).hasSize(64));
    assertThat(groups(true, Batching.of(8), lengths)).hasSize(1);
  }

  @Test
  void littleIsWastedAndNoRowLost() {
    int[] lengths = new Random(7).ints(5000, 1, 300).toArray();
    List<int[]> groups = groups(true, Batching.ANY, lengths);
    assertThat(groups.stream().flatMapToInt(IntStream::of).sorted())
        .containsExactlyElementsOf(IntStream.range(0, 5000).boxed().toList());
    long filled =
        groups.stream()
            .mapToLong(
                group ->
                    (long) group.length * IntStream.of(group).map(i -> lengths[i]).max().orElse(0))
            .sum();
    assertThat(filled).isLessThan(IntStream.of(lengths).sum() * 6L / 5);
  }

  /** −1 for a NULL. */
  private static List<int[]> groups(boolean padded, Batching batching, int... lengths) {
    int[][] sizes =
        IntStream.of(lengths)
            .mapToObj(length -> length < 0 ? null : new int[] {length})
            .toArray(int[][]::new);
    return RowGroups.of(lengths.length, List.of(new RowSizes(IDS, padded, sizes)), batching);
  }
}
