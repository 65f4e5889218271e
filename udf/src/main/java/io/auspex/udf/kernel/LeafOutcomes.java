package io.auspex.udf.kernel;

import io.auspex.udf.ensemble.Ensemble;
import java.util.Optional;

/**
 * What rows have that come to a leaf of an ensemble's only tree: all that follows the tree is known
 * beforehand. Immutable.
 */
public final class LeafOutcomes {
  private final double[][] scores;
  private final double[] labels;

  private LeafOutcomes(double[][] scores, double[] labels) {
    this.scores = scores;
    this.labels = labels;
  }

  /** Nothing where there are several trees, or a kernel does not compute them. */
  public static Optional<LeafOutcomes> of(Ensemble ensemble) {
    return ensemble.trees() == 1 ? Forest.of(ensemble).map(LeafOutcomes::of) : Optional.empty();
  }

  private static LeafOutcomes of(Forest forest) {
    int leaves = forest.ensemble().leaves().count();
    double[] labels = new double[leaves];
    Sums sums = forest.ofLeaves();
    new Finish(forest.ensemble()).finish(sums, leaves, labels);
    return new LeafOutcomes(sums.scores, labels);
  }

  /** A number of the ensemble's own type. */
  public double score(int leaf, int target) {
    return scores[target][leaf];
  }

  /** Of a classifier, the ordinal of the class. */
  public long label(int leaf) {
    return (long) labels[leaf];
  }
}
