package io.auspex.udf.ensemble;

import io.auspex.udf.ensemble.Ensemble.Leaves;
import io.auspex.udf.ensemble.Ensemble.Splits;
import io.auspex.udf.ensemble.Ensemble.Test;
import java.util.Arrays;

/** Collects splits and leaves, whose number is known only at the end. */
final class SplitsBuilder {
  private int[] features = new int[64];
  private Test[] tests = new Test[64];
  private double[] values = new double[64];
  private double[][] members = new double[64][];
  private boolean[] missingIsTrue = new boolean[64];
  private int[] yes = new int[64];
  private int[] no = new int[64];
  private int splits;

  private int[] starts = new int[64];
  private int[] targets = new int[64];
  private double[] weights = new double[64];
  private int leaves;
  private int weightCount;

  /** Adds a split whose children come later; returns its ordinal. */
  int split(int feature, Test test, double value, double[] set, boolean missing) {
    if (feature < 0) {
      throw new EnsembleReader.Odd("a feature " + feature);
    }
    if (splits == features.length) {
      growSplits(2 * splits);
    }
    features[splits] = feature;
    tests[splits] = test;
    values[splits] = value;
    members[splits] = set;
    missingIsTrue[splits] = missing;
    return splits++;
  }

  private void growSplits(int size) {
    features = Arrays.copyOf(features, size);
    tests = Arrays.copyOf(tests, size);
    values = Arrays.copyOf(values, size);
    members = Arrays.copyOf(members, size);
    missingIsTrue = Arrays.copyOf(missingIsTrue, size);
    yes = Arrays.copyOf(yes, size);
    no = Arrays.copyOf(no, size);
  }

  void children(int split, int whenTrue, int whenFalse) {
    yes[split] = whenTrue;
    no[split] = whenFalse;
  }

  /** Begins a leaf, which gets its weights next; returns the complement of its ordinal. */
  int leaf() {
    if (leaves + 1 == starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
    }
    starts[leaves] = weightCount;
    return ~leaves++;
  }

  void weight(int target, double weight) {
    if (weightCount == targets.length) {
      targets = Arrays.copyOf(targets, 2 * weightCount);
      weights = Arrays.copyOf(weights, 2 * weightCount);
    }
    targets[weightCount] = target;
    weights[weightCount++] = weight;
  }

  Splits splits() {
    growSplits(splits);
    return new Splits(features, tests, values, members, missingIsTrue, yes, no);
  }

  Leaves leaves() {
    int[] all = Arrays.copyOf(starts, leaves + 1);
    all[leaves] = weightCount;
    return new Leaves(
        all, Arrays.copyOf(targets, weightCount), Arrays.copyOf(weights, weightCount));
  }
}
