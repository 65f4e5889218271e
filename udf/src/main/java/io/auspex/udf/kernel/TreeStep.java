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
  private record Memory(Sums sums, double[][] features, double[] labels) {}

  @Override
  public void run(Program.Block block) {
    Memory memory = prepared(block);
    forest.sum(memory.features, block.rows, memory.sums);
    write(block, memory);
  }

  /**
   * Finds the rows of a block that may be wanted.
   *
   * @return how many they are
   */
  int locate(Program.Block block, BoundedSum.Pass pass) {
    Memory memory = prepared(block);
    return pass.locate(memory.features, block.rows, memory.sums);
  }

  /**
   * Adds rows that were located to a block of those wanted, as many as it has room for.
   *
   * @param at the first of them
   * @param end the one behind the last
   * @return the first that is left
   */
  int gather(Program.Block block, int at, int end, Program.Block wanted) {
    int to = Math.min(end, at + wanted.places.length - wanted.rows);
    Sums from = memory(block).sums;
    System.arraycopy(from.boxes, at, memory(wanted).sums.boxes, wanted.rows, to - at);
    wanted.append(block, from.rows, at, to);
    return to;
  }

  /** Sums of a block of rows that may be wanted, of which those stay that still may be. */
  void sum(Program.Block wanted, BoundedSum.Pass pass) {
    Memory memory = prepared(wanted);
    int left = pass.sum(memory.features, wanted.rows, memory.sums);
    if (left < wanted.rows) {
      wanted.keep(memory.sums.rows, left);
    }
    write(wanted, memory);
  }

  private Memory prepared(Program.Block block) {
    Memory memory = memory(block);
    for (int i = 0; i < features.length; i++) {
      memory.features[i] = features[i] < 0 ? null : block.registers[features[i]];
    }
    return memory;
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

  /** Makes scores of one sum, which is in the block's first row. */
  void finish(Program.Block block, double sum) {
    Memory memory = memory(block);
    memory.sums.scores[forest.sumTarget()][0] = sum;
    memory.sums.touched[0] = 1L << forest.sumTarget();
    write(block, memory);
  }

  private void write(Program.Block block, Memory memory) {
    int rows = block.rows;
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
