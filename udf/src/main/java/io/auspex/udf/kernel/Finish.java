package io.auspex.udf.kernel;

import io.auspex.udf.ensemble.Ensemble;
import io.auspex.udf.ensemble.Ensemble.Aggregate;
import io.auspex.udf.ensemble.Ensemble.Classes;
import io.auspex.udf.ensemble.Ensemble.PostTransform;

/**
 * Makes scores and labels of sums, step by step as ONNX Runtime does
 * (core/providers/cpu/ml/tree_ensemble_aggregator.h). Immutable.
 */
final class Finish {
  private final Ensemble ensemble;
  private final int scores;

  Finish(Ensemble ensemble) {
    this.ensemble = ensemble;
    this.scores = ensemble.targets();
  }

  /**
   * Writes the scores of a block's rows over their sums.
   *
   * @param labels of a classifier, the ordinal of the row's class is written here
   */
  void finish(Sums sums, int rows, double[] labels) {
    if (ensemble.classes().isPresent()) {
      Classes classes = ensemble.classes().get();
      if (scores == 2) {
        both(sums, rows, classes, labels);
      } else {
        many(sums, rows, labels);
      }
    } else if (scores == 1) {
      one(sums.scores[0], rows);
    } else {
      all(sums, rows);
    }
  }

  private double rounded(double value) {
    return ensemble.isDouble() ? value : (float) value;
  }

  private static boolean isTouched(Sums sums, int row, int target) {
    return (sums.touched[row] >>> target & 1) != 0;
  }

  private double average(double sum) {
    return ensemble.aggregate() == Aggregate.AVERAGE ? rounded(sum / ensemble.trees()) : sum;
  }

  private double base(int target) {
    return ensemble.base().length == scores ? ensemble.base()[target] : 0;
  }

  private void one(double[] column, int rows) {
    for (int row = 0; row < rows; row++) {
      column[row] = rounded(average(column[row]) + base(0));
    }
  }

  private void all(Sums sums, int rows) {
    double[] values = new double[scores];
    boolean isMarked = scores <= Long.SIZE;
    for (int row = 0; row < rows; row++) {
      for (int target = 0; target < scores; target++) {
        boolean has = !isMarked || isTouched(sums, row, target);
        values[target] = has ? rounded(average(sums.scores[target][row]) + base(target)) : 0;
      }
      put(values, sums, row);
    }
  }

  private void put(double[] values, Sums sums, int row) {
    PostTransforms.apply(ensemble.postTransform(), values, ensemble.isDouble());
    for (int target = 0; target < scores; target++) {
      sums.scores[target][row] = values[target];
    }
  }

  /** The first of the greatest; a NaN that comes first stays it. */
  private void many(Sums sums, int rows, double[] labels) {
    double[] values = new double[scores];
    boolean hasBase = ensemble.base().length == scores;
    boolean isMarked = scores <= Long.SIZE;
    for (int row = 0; row < rows; row++) {
      int best = -1;
      for (int target = 0; target < scores; target++) {
        boolean has = hasBase || !isMarked || isTouched(sums, row, target);
        values[target] = has ? rounded(sums.scores[target][row] + base(target)) : 0;
        if (has && (best < 0 || values[target] > values[best])) {
          best = target;
        }
      }
      labels[row] = best;
      put(values, sums, row);
    }
  }

  /** Of two classes, one may have all the weights; then its score says both. */
  private void both(Sums sums, int rows, Classes classes, double[] labels) {
    double[] base = ensemble.base();
    double threshold = classes.hasOneColumn() && classes.isPositive() ? 0.5 : 0;
    double[] values = new double[2];
    for (int row = 0; row < rows; row++) {
      double zero = sums.scores[0][row];
      double one = sums.scores[1][row];
      boolean hasZero = isTouched(sums, row, 0);
      boolean hasOne = isTouched(sums, row, 1);
      boolean isBoth = hasOne;
      if (base.length == 2) {
        isBoth = true;
        if (hasOne) {
          one = rounded(base[1] + zero);
          zero = -one;
        } else {
          one = rounded(one + base[1]);
          zero = rounded(zero + base[0]);
        }
      } else if (base.length == 1) {
        zero = rounded(zero + base[0]);
      }
      double score = hasOne ? one : hasZero ? zero : 0;
      labels[row] = score > threshold ? 1 : 0;
      values[0] = hasZero ? zero : 0;
      values[1] = hasOne ? one : 0;
      if (isBoth) {
        put(values, sums, row);
      } else {
        spread(score, classes, values);
        sums.scores[0][row] = values[0];
        sums.scores[1][row] = values[1];
      }
    }
  }

  private void spread(double score, Classes classes, double[] values) {
    if (ensemble.postTransform() == PostTransform.LOGISTIC) {
      values[0] = PostTransforms.logistic((float) -score);
      values[1] = PostTransforms.logistic((float) score);
    } else {
      boolean isProbability = classes.isPositive() && classes.hasOneColumn();
      values[0] = isProbability ? rounded(1 - score) : -score;
      values[1] = score;
    }
  }
}
