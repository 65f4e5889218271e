package io.auspex.udf.kernel;

import java.util.HashMap;
import java.util.Map;

/** Numbers found by numbers: by their place where keys are small and whole. Immutable. */
final class NumberTable {
  private static final int MOST_DENSE = 1 << 16;

  private final double[] dense;
  private final Map<Double, Double> sparse;
  private final double otherwise;

  /**
   * @param table keys that are equal are one key: no −0.0
   */
  NumberTable(Map<Double, Double> table, double otherwise) {
    this.otherwise = otherwise;
    boolean isDense =
        table.keySet().stream()
            .allMatch(key -> key >= 0 && key < MOST_DENSE && key == Math.rint(key));
    if (isDense) {
      int size = table.keySet().stream().mapToInt(key -> key.intValue() + 1).max().orElse(0);
      dense = new double[size];
      java.util.Arrays.fill(dense, otherwise);
      table.forEach((key, value) -> dense[key.intValue()] = value);
      sparse = null;
    } else {
      dense = null;
      sparse = new HashMap<>(table);
    }
  }

  void find(double[] keys, int rows, double[] to) {
    if (dense == null) {
      for (int row = 0; row < rows; row++) {
        to[row] = sparse.getOrDefault(keys[row] + 0.0, otherwise);
      }
      return;
    }
    for (int row = 0; row < rows; row++) {
      int at = (int) keys[row];
      boolean isKey = at == keys[row] && at >= 0 && at < dense.length;
      to[row] = isKey ? dense[at] : otherwise;
    }
  }
}
