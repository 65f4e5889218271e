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

/**
 * Rows that come with a bound have the values that they have without one; the others are out of it.
 */
final class ProgramTest {
  private static final int ROWS = 5000;

  /** So that both ways to walk trees take their turn. */
  private static final int RUNS = 24;

  /** Learns from few rows, at once, whatever it costs. */
  private static final Screen.Pace HASTY = new Screen.Pace(500, 1, 1e6, 1_000_000);

  private int given;
  private int runs;
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
    for (long seed = 0; seed < 12; seed++) {
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
      check(new Compiler(HASTY).compile(List.of(sum, other, product)).orElseThrow());
    }
    assertThat((double) given / runs).isBetween(0.05 * ROWS, 0.5 * ROWS);
  }

  private void check(Program program) {
    double[][] all = new double[3][ROWS];
    boolean[] isThere = values(program, null, all);
    assertThat(isThere).doesNotContain(false);
    double[] sorted = all[0].clone();
    Arrays.sort(sorted);
    for (int run = 0; run < RUNS; run++) {
      double share = new double[] {0.9, 0.6, 0.95, 0.999}[run % 4];
      SumBound bound = program.bound(0, true, sorted[(int) (ROWS * share)]);
      double[][] some = new double[3][ROWS];
      boolean[] isGiven = values(program, bound, some);
      runs++;
      for (int row = 0; row < ROWS; row++) {
        if (isGiven[row]) {
          given++;
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
