package io.auspex.udf.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows come to their boxes however deep these are, and whichever feature nodes look at. */
final class BoxWalkTest {
  private static final int DEPTH = 40;
  private static final int FEATURE = 70_000;

  @Test
  void boxesOfEachDepth() {
    BoxWalk walk = new BoxWalk(2 * DEPTH + 1);
    int place = 0;
    for (int depth = 0; depth < DEPTH; depth++) {
      int link = 2 * depth + 1;
      walk.putNode(place, FEATURE, depth, false, link);
      walk.putBox(link, depth);
      place = link + 1;
    }
    walk.putBox(place, DEPTH);
    Forest forest = Forest.of(ScreenTest.ensemble(new Random(1), 20)).orElseThrow();
    Sums sums = forest.sums();
    double[][] columns = new double[FEATURE + 1][];
    // So that some rows fill no eight.
    int rows = 8 * DEPTH + 3;
    columns[FEATURE] = IntStream.range(0, rows).mapToDouble(row -> row % (DEPTH + 1)).toArray();
    columns[FEATURE][0] = Double.NaN;
    walk.walk(columns, rows, sums);
    int[] boxes = IntStream.range(0, rows).map(row -> row % (DEPTH + 1)).toArray();
    boxes[0] = DEPTH;
    assertThat(Arrays.copyOf(sums.boxes, rows)).isEqualTo(boxes);
  }
}
