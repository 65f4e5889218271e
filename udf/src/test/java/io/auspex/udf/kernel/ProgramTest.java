package io.auspex.udf.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.ElementType;
import io.auspex.catalog.Input;
import io.auspex.udf.ensemble.Ensemble;
import io.auspex.udf.expression.Expression;
import io.auspex.udf.expression.Expression.Binary;
import io.auspex.udf.expression.Expression.Column;
import io.auspex.udf.expression.Expression.Part;
import io.auspex.udf.expression.Expression.Trees;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows within a bound have the values that they have without one, and no others come. */
final class ProgramTest {
  private static final int ROWS = 5000;
  private static final int FEATURES = 4;
  private static final Input INPUT =
      new Input("X", ElementType.DOUBLE, List.of(-1L, FEATURES + 1L), List.of());

  private static final Program.Source SOURCE =
      new Program.Source() {
        @Override
        public void numbers(int column, int from, int rows, double[] to) {
          Random random = new Random(column);
          double[] all = random.doubles(ROWS, -12, 12).toArray();
          System.arraycopy(all, from, to, 0, rows);
        }

        @Override
        public void texts(int column, TextTable table, int from, int rows, double[] to) {
          throw new UnsupportedOperationException();
        }
      };

  /** What comes behind the trees reads a feature that they do not look at, and one that they do. */
  @Test
  void whatFollowsTheTreesIsOfTheSameRows() {
    for (long seed = 0; seed < 20; seed++) {
      Ensemble ensemble = ScreenTest.ensemble(new Random(seed), 30);
      List<Expression> columns =
          IntStream.range(0, FEATURES)
              .<Expression>mapToObj(slot -> new Column(INPUT, slot))
              .toList();
      ElementType type = ensemble.isDouble() ? ElementType.DOUBLE : ElementType.FLOAT;
      Expression sum = new Part(new Trees(ensemble, columns, type), 0, type);
      Expression other = new Column(INPUT, FEATURES);
      Expression product =
          new Binary(Binary.Operator.MUL, columns.get(0), other, ElementType.DOUBLE);
      check(Program.of(List.of(sum, other, product)).orElseThrow());
    }
  }

  private static void check(Program program) {
    double[][] all = new double[3][ROWS];
    boolean[] isThere = values(program, null, all);
    assertThat(isThere).doesNotContain(false);
    double[] sorted = all[0].clone();
    Arrays.sort(sorted);
    for (double share : new double[] {0.1, 0.5, 0.9, 0.999}) {
      SumBound bound = program.bound(0, true, sorted[(int) (ROWS * share)]);
      double[][] some = new double[3][ROWS];
      boolean[] isGiven = values(program, bound, some);
      for (int row = 0; row < ROWS; row++) {
        if (isGiven[row]) {
          for (int result = 0; result < all.length; result++) {
            assertThat(some[result][row]).isEqualTo(all[result][row]);
          }
        } else {
          assertThat(all[0][row]).isLessThan(bound.limit());
        }
      }
    }
  }

  private static boolean[] values(Program program, SumBound bound, double[][] to) {
    boolean[] isGiven = new boolean[ROWS];
    program.run(
        SOURCE,
        ROWS,
        bound,
        (places, rows, values) -> {
          for (int row = 0; row < rows; row++) {
            isGiven[places[row]] = true;
            for (int result = 0; result < to.length; result++) {
              to[result][places[row]] = values[result][row];
            }
          }
        });
    return isGiven;
  }
}
