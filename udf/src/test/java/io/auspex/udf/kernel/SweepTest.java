package io.auspex.udf.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All nodes of a tree looked at lead a row where its way through the tree does. */
final class SweepTest {
  private static final int COLUMNS = 5;
  private static final int ROWS = 512;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void aTreeOfEachDepth(int depth) {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      int[] tests = new int[1 << depth];
      for (int node = 0; node < tests.length; node++) {
        boolean isNone = random.nextInt(8) == 0;
        tests[node] = isNone ? Walk.Linked.LEAF : random.nextInt(COLUMNS) << 16 | random.nextInt(9);
      }
      int[][] columns = new int[COLUMNS][ROWS];
      char[] ranks = new char[1 << 12];
      for (int row = 0; row < ROWS; row++) {
        for (int i = 0; i < COLUMNS; i++) {
          int rank = random.nextInt(20) == 0 ? RankColumn.HIGHEST : random.nextInt(10);
          columns[i][row] = rank;
          ranks[row * COLUMNS + i] = (char) rank;
        }
      }
      Walk walk = new Walk.Heap(depth, tests);
      int rows = ROWS - random.nextInt(8);
      int[] walked = new int[ROWS];
      int[] swept = new int[ROWS];
      walk.walk(ranks, COLUMNS, rows, walked);
      Sweep.of(walk).orElseThrow().sweep(columns, rows, Sweep.memory(ROWS), swept);
      assertThat(Arrays.copyOf(swept, rows)).isEqualTo(Arrays.copyOf(walked, rows));
    }
  }

  @Test
  void aDeepTreeIsWalked() {
    assertThat(Sweep.of(new Walk.Heap(7, new int[1 << 7]))).isEmpty();
  }

  /** A forest tries both now and then, and nobody sees it. */
  @RepeatedTest(40)
  void sumsAreTheSame(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Forest forest = Forest.of(ScreenTest.ensemble(random, 20)).orElseThrow();
    Sums sums = forest.sums();
    int rows = forest.blockRows();
    double[][] features = new ScreenTest.Rows(random).next(rows);
    forest.sum(features, rows, sums);
    double[] expected = Arrays.copyOf(sums.scores[0], rows);
    for (int turn = 0; turn < 200; turn++) {
      forest.sum(features, rows, sums);
      assertThat(Arrays.copyOf(sums.scores[0], rows)).isEqualTo(expected);
    }
  }
}
