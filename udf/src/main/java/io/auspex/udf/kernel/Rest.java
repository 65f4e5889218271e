package io.auspex.udf.kernel;

import java.util.List;

/**
 * What the trees after one can add to a sum.
 *
 * @param least by tree
 * @param greatest by tree
 */
record Rest(double[] least, double[] greatest) {

  /**
   * @param weights by tree and slot; null for a tree that is not looked at
   */
  static Rest of(List<double[]> weights) {
    double[] least = new double[weights.size()];
    double[] greatest = new double[weights.size()];
    for (int tree = weights.size() - 2; tree >= 0; tree--) {
      double low = 0;
      double high = 0;
      double[] next = weights.get(tree + 1);
      if (next != null) {
        low = Double.POSITIVE_INFINITY;
        high = Double.NEGATIVE_INFINITY;
        // Slots without a leaf have 0, which only makes the range wider.
        for (double weight : next) {
          low = Math.min(low, weight);
          high = Math.max(high, weight);
        }
      }
      least[tree] = least[tree + 1] + low;
      greatest[tree] = greatest[tree + 1] + high;
    }
    return new Rest(least, greatest);
  }
}
