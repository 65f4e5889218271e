package io.auspex.udf.kernel;

/**
 * Scores of a forest.
 *
 * @param ordinal of the step, under which its memory is kept
 * @param features registers by feature; −1 for those that no split looks at
 * @param scores registers by target; −1 for those that nobody reads
 * @param label the register of the class's ordinal; −1 for none
 * @param isFloat whether scores are rounded to floats
 */
record TreeStep(
    Forest forest,
    Finish finish,
    int ordinal,
    int[] features,
    int[] scores,
    int label,
    boolean isFloat)
    implements Program.Step {

  /** A step's memory in a block. */
  private record Memory(Forest.Sums sums, double[][] features, double[] labels) {}

  @Override
  public void run(Program.Block block) {
    Memory memory = (Memory) block.scratch[ordinal];
    if (memory == null) {
      memory =
          new Memory(
              forest.sums(), new double[features.length][], new double[block.registers[0].length]);
      block.scratch[ordinal] = memory;
    }
    for (int i = 0; i < features.length; i++) {
      memory.features[i] = features[i] < 0 ? null : block.registers[features[i]];
    }
    forest.sum(memory.features, block.rows, memory.sums);
    finish.finish(memory.sums, block.rows, memory.labels);
    for (int target = 0; target < scores.length; target++) {
      if (scores[target] >= 0) {
        put(memory.sums.scores[target], block.registers[scores[target]], block.rows);
      }
    }
    if (label >= 0) {
      System.arraycopy(memory.labels, 0, block.registers[label], 0, block.rows);
    }
  }

  private void put(double[] from, double[] to, int rows) {
    for (int row = 0; row < rows; row++) {
      to[row] = isFloat ? (float) from[row] : from[row];
    }
  }
}
