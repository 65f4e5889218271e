package io.auspex.udf.ensemble;

import io.auspex.udf.ensemble.Ensemble.Leaves;
import io.auspex.udf.ensemble.Ensemble.Splits;
import io.auspex.udf.ensemble.Ensemble.Test;
import java.util.Arrays;

/**
 * ONNX Runtime folds a chain of tests for equality with the same outcome into one for a set. It
 * compares the outcomes by their first weights only, and forgets what the folded tests say of
 * missing values. Ensembles in which that makes a difference are left to it.
 */
final class EqualChains {
  private final Splits splits;
  private final Leaves leaves;

  private EqualChains(Ensemble ensemble) {
    this.splits = ensemble.splits();
    this.leaves = ensemble.leaves();
  }

  static void check(Ensemble ensemble) {
    EqualChains chains = new EqualChains(ensemble);
    for (int split = 0; split < chains.splits.count(); split++) {
      chains.check(split);
    }
  }

  private void check(int head) {
    int next = splits.no()[head];
    if (!isEquality(head) || splits.missingIsTrue()[head] || next < 0) {
      return;
    }
    boolean mayFold =
        isEquality(next)
            && splits.features()[head] == splits.features()[next]
            && isLike(splits.yes()[head], splits.yes()[next]);
    if (mayFold
        && (splits.missingIsTrue()[next] || !isSame(splits.yes()[head], splits.yes()[next]))) {
      throw new EnsembleReader.Odd("tests for equality that ONNX Runtime takes for one");
    }
  }

  private boolean isEquality(int split) {
    Test test = splits.tests()[split];
    return test == Test.EQUAL || test == Test.MEMBER;
  }

  /** Whether ONNX Runtime may take two outcomes for the same; errs on the side of yes. */
  private boolean isLike(int a, int b) {
    if (a < 0 || b < 0) {
      return a < 0 && b < 0 && hasLikeWeights(~a, ~b);
    }
    return splits.tests()[a] == splits.tests()[b]
        && splits.features()[a] == splits.features()[b]
        && isLike(splits.yes()[a], splits.yes()[b])
        && isLike(splits.no()[a], splits.no()[b]);
  }

  private boolean hasLikeWeights(int a, int b) {
    int[] starts = leaves.starts();
    boolean bothHave = starts[a] < starts[a + 1] && starts[b] < starts[b + 1];
    return !bothHave || leaves.weights()[starts[a]] == leaves.weights()[starts[b]];
  }

  private boolean isSame(int a, int b) {
    if (a < 0 || b < 0) {
      return a < 0
          && b < 0
          && Arrays.equals(weights(~a), weights(~b))
          && Arrays.equals(targets(~a), targets(~b));
    }
    return splits.tests()[a] == splits.tests()[b]
        && splits.features()[a] == splits.features()[b]
        && splits.missingIsTrue()[a] == splits.missingIsTrue()[b]
        && splits.values()[a] == splits.values()[b]
        && Arrays.equals(splits.members()[a], splits.members()[b])
        && isSame(splits.yes()[a], splits.yes()[b])
        && isSame(splits.no()[a], splits.no()[b]);
  }

  private double[] weights(int leaf) {
    return Arrays.copyOfRange(leaves.weights(), leaves.starts()[leaf], leaves.starts()[leaf + 1]);
  }

  private int[] targets(int leaf) {
    return Arrays.copyOfRange(leaves.targets(), leaves.starts()[leaf], leaves.starts()[leaf + 1]);
  }
}
