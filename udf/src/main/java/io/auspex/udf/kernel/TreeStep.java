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
    Memory memory = memory(block);
    for (int i = 0; i < features.length; i++) {
      memory.features[i] = features[i] < 0 ? null : block.registers[features[i]];
    }
    if (block.bound != null && block.bound.step() == ordinal) {
      sumWithin(block, memory);
    } else {
      forest.sum(memory.features, block.rows, memory.sums);
      write(block, block.rows, memory);
    }
  }

  private Memory memory(Program.Block block) {
    Memory memory = (Memory) block.scratch[ordinal];
    if (memory == null) {
      memory =
          new Memory(
              forest.sums(), new double[features.length][], new double[block.registers[0].length]);
      block.scratch[ordinal] = memory;
    }
    return memory;
  }

  private void sumWithin(Program.Block block, Memory memory) {
    int left = forest.bounded().sum(memory.features, block.rows, block.bound, memory.sums);
    block.spared += block.rows * (1 - memory.sums.walked);
    block.isGivenUp = left == 0;
    block.unwanted.set(0, block.rows);
    write(block, left, memory);
    for (int i = left - 1; i >= 0; i--) {
      int row = memory.sums.rows[i];
      block.unwanted.clear(row);
      for (int score : scores) {
        move(block, score, i, row);
      }
      move(block, label, i, row);
    }
  }

  /** From the place of a row among those that are left to its own, which does not come before. */
  private static void move(Program.Block block, int register, int from, int to) {
    if (register >= 0) {
      block.registers[register][to] = block.registers[register][from];
    }
  }

  /** Makes scores of one sum, which is in the block's first row. */
  void finish(Program.Block block, double sum) {
    Memory memory = memory(block);
    memory.sums.scores[forest.sumTarget()][0] = sum;
    memory.sums.touched[0] = 1L << forest.sumTarget();
    write(block, 1, memory);
  }

  private void write(Program.Block block, int rows, Memory memory) {
    finish.finish(memory.sums, rows, memory.labels);
    for (int target = 0; target < scores.length; target++) {
      if (scores[target] >= 0) {
        put(memory.sums.scores[target], block.registers[scores[target]], rows);
      }
    }
    if (label >= 0) {
      System.arraycopy(memory.labels, 0, block.registers[label], 0, rows);
    }
  }

  private void put(double[] from, double[] to, int rows) {
    for (int row = 0; row < rows; row++) {
      to[row] = isFloat ? (float) from[row] : from[row];
    }
  }
}
