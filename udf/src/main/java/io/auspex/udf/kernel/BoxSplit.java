package io.auspex.udf.kernel;

import java.util.Arrays;
import java.util.Optional;

/**
 * Finds where a box is best cut in two: each test of a tree that tells rows in it apart is tried,
 * and what both halves' sums would be at most is known exactly for all of them after one pass over
 * the leaves in the box. For one thread.
 */
final class BoxSplit {
  /** Rows that a sample does not show, as a share of those it does: both halves count for them. */
  private static final double UNSEEN = 0.02;

  /** Some are enough to tell a good cut. */
  private static final int ASKED_TREES = 20;

  private final SumTrees trees;
  private final char[][] sample;

  /** The leaves that rows in the box come to, tree by tree. */
  private int[] leaves;

  private final int[] firsts;

  /** By tree, the columns on which its tests tell rows in the box apart. */
  private final int[][] told;

  private final int[] tolds;
  private final int[] lastTold;

  /** By column, whether trees that were asked may be told apart there. */
  private final boolean[] hasCuts;

  /** One tree of so many is asked where to cut, others each time. */
  private final int every;

  private int turn;

  private final boolean[] isCut;
  private final int[] open;

  /** By column and rank, what sums grow by where ranks up to, or down to, this one are let in. */
  private final double[][] upTo;

  private final double[][] downTo;
  private final double[] baseUp;
  private final double[] baseDown;
  private final int[] counts;
  private final int[] steps;
  private final float[] heights;

  /** By tree, the first node in the box both of whose children are. */
  private int[] newTops;

  /**
   * Where a box is cut: rows whose rank is at most this one are on one side.
   *
   * @param tops by tree, a node that all rows in the box come to
   */
  record Cut(int column, int rank, int[] tops) {}

  BoxSplit(SumTrees trees, char[][] sample) {
    this.trees = trees;
    this.sample = sample;
    this.leaves = new int[1024];
    this.firsts = new int[trees.trees() + 1];
    this.told = new int[trees.trees()][4];
    this.tolds = new int[trees.trees()];
    this.lastTold = new int[trees.columns()];
    this.hasCuts = new boolean[trees.columns()];
    this.every = Math.max(1, trees.trees() / ASKED_TREES);
    this.isCut = new boolean[trees.columns()];
    this.open = new int[trees.tests().tests().length + 2];
    this.upTo = new double[trees.columns()][];
    this.downTo = new double[trees.columns()][];
    this.baseUp = new double[trees.columns()];
    this.baseDown = new double[trees.columns()];
    int most = 0;
    for (int i = 0; i < trees.columns(); i++) {
      isCut[i] = trees.isCompared(i);
      upTo[i] = new double[trees.ranks()[i] + 1];
      downTo[i] = new double[trees.ranks()[i] + 1];
      most = Math.max(most, trees.ranks()[i] + 1);
    }
    this.counts = new int[most];
    this.steps = new int[trees.weights().length];
    this.heights = new float[trees.weights().length];
  }

  /**
   * Looks for the best cut: that after which most is gone of what rows are above the limit at most.
   *
   * @param tops by tree, a node that all rows in the box come to
   * @param rows of the sample, those in the box
   * @return nothing where no test tells rows in the box apart
   */
  Optional<Cut> find(Region region, int[] tops, int[] rows, double bound, double limit) {
    readLeaves(region.low(), region.high(), tops);
    Optional<Cut> cut = findAsking(every, region, rows, bound, limit);
    return cut.isPresent() || every == 1 ? cut : findAsking(1, region, rows, bound, limit);
  }

  private Optional<Cut> findAsking(
      int every, Region region, int[] rows, double bound, double limit) {
    char[] low = region.low();
    char[] high = region.high();
    addUp(low, high, every);
    double best = 0;
    int column = -1;
    int rank = 0;
    for (int i = 0; i < trees.columns(); i++) {
      if (!hasCuts[i]) {
        continue;
      }
      hasCuts[i] = false;
      int from = low[i];
      int to = Math.min(high[i], trees.ranks()[i]);
      count(sample[i], rows, from, to);
      double down = baseDown[i];
      double[] downs = downTo[i];
      for (int k = to - 1; k >= from; k--) {
        double step = downs[k];
        downs[k] = down;
        down += step;
      }
      double up = baseUp[i];
      int below = 0;
      for (int k = from; k < to; k++) {
        up += upTo[i][k];
        upTo[i][k] = 0;
        below += counts[k];
        double unseen = UNSEEN * rows.length;
        double gone =
            (below + unseen) * (bound - Math.max(up, limit))
                + (rows.length - below + unseen) * (bound - Math.max(downs[k], limit));
        downs[k] = 0;
        if (gone > best) {
          best = gone;
          column = i;
          rank = k;
        }
      }
      upTo[i][to] = 0;
    }
    return column < 0 ? Optional.empty() : Optional.of(new Cut(column, rank, newTops));
  }

  private void count(char[] ranks, int[] rows, int from, int to) {
    Arrays.fill(counts, from, to + 1, 0);
    for (int row : rows) {
      counts[Math.min(ranks[row], to)]++;
    }
  }

  /** Walks each tree to all leaves that rows in the box may come to. */
  private void readLeaves(char[] low, char[] high, int[] tops) {
    newTops = new int[trees.trees()];
    Arrays.fill(lastTold, -1);
    int[] tests = trees.tests().tests();
    int[] passed = trees.tests().passed();
    int[] failed = trees.tests().failed();
    int count = 0;
    for (int tree = 0; tree < trees.trees(); tree++) {
      firsts[tree] = count;
      tolds[tree] = 0;
      int top = tops[tree];
      int depth = 0;
      open[depth++] = top;
      while (depth > 0) {
        int node = open[--depth];
        if (node < 0) {
          if (count == leaves.length) {
            leaves = Arrays.copyOf(leaves, 2 * count);
          }
          leaves[count++] = ~node;
          continue;
        }
        int at = tests[node] >>> 16;
        int k = tests[node] & 0xffff;
        boolean mayFail = high[at] > k;
        boolean mayPass = low[at] <= k;
        if (mayFail && mayPass) {
          open[depth++] = failed[node];
          open[depth++] = passed[node];
          tell(tree, at);
        } else {
          int only = mayPass ? passed[node] : failed[node];
          open[depth++] = only;
          top = node == top ? only : top;
        }
      }
      newTops[tree] = top;
    }
    firsts[trees.trees()] = count;
  }

  private void tell(int tree, int at) {
    if (lastTold[at] == tree) {
      return;
    }
    lastTold[at] = tree;
    if (tolds[tree] == told[tree].length) {
      told[tree] = Arrays.copyOf(told[tree], 2 * tolds[tree]);
    }
    told[tree][tolds[tree]++] = at;
  }

  /** What the sums of both sides of each cut are at most, of one tree of {@code every}. */
  private void addUp(char[] low, char[] high, int every) {
    double all = 0;
    Arrays.fill(baseUp, 0);
    Arrays.fill(baseDown, 0);
    int asked = turn++ % every;
    for (int tree = 0; tree < trees.trees(); tree++) {
      float most = greatest(firsts[tree], firsts[tree + 1]);
      all += most;
      for (int i = 0; i < tolds[tree] && tree % every == asked; i++) {
        int at = told[tree][i];
        if (isCut[at]) {
          hasCuts[at] = true;
          // What the tree adds beside that of the others, of which the column knows nothing.
          baseUp[at] += up(tree, at, low[at]) - most;
          baseDown[at] += down(tree, at, Math.min(high[at], trees.ranks()[at])) - most;
        }
      }
    }
    for (int i = 0; i < trees.columns(); i++) {
      baseUp[i] += all;
      baseDown[i] += all;
    }
  }

  private float greatest(int from, int to) {
    float most = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      most = Math.max(most, trees.weights()[leaves[i]]);
    }
    return most;
  }

  /** The tree's greatest weight with the lowest rank alone; what more ranks add is noted. */
  private float up(int tree, int at, int from) {
    return climb(tree, at, trees.low(), from, 1, upTo[at]);
  }

  /** The same from the highest rank down. */
  private float down(int tree, int at, int to) {
    return climb(tree, at, trees.high(), to, -1, downTo[at]);
  }

  /**
   * Lets leaves in one after the other.
   *
   * @param ends by leaf and column, the rank with which a leaf is let in
   * @param start the first rank
   * @param direction 1 where ranks go up, −1 where they go down
   * @param growth by rank, what leaves let in there add
   * @return what those add that are in from the start
   */
  private float climb(int tree, int at, char[] ends, int start, int direction, double[] growth) {
    int count = 0;
    float base = Float.NEGATIVE_INFINITY;
    for (int i = firsts[tree]; i < firsts[tree + 1]; i++) {
      float weight = trees.weights()[leaves[i]];
      int step = direction * (ends[leaves[i] * trees.columns() + at] - start);
      if (step <= 0) {
        base = Math.max(base, weight);
      } else {
        int place = count++;
        for (; place > 0 && steps[place - 1] > step; place--) {
          steps[place] = steps[place - 1];
          heights[place] = heights[place - 1];
        }
        steps[place] = step;
        heights[place] = weight;
      }
    }
    float reached = base;
    for (int i = 0; i < count; i++) {
      if (heights[i] > reached) {
        growth[start + direction * steps[i]] += heights[i] - reached;
        reached = heights[i];
      }
    }
    return base;
  }

  /**
   * What each tree adds at most on one side of the cut that was found last.
   *
   * @param half that side
   * @param whole what it does in the box
   */
  float[] greatest(Region half, float[] whole) {
    float[] greatest = whole.clone();
    for (int tree = 0; tree < greatest.length; tree++) {
      // What all rows in the box come to, they do in its halves.
      if (tolds[tree] > 0) {
        greatest[tree] = greatest(tree, half);
      }
    }
    return greatest;
  }

  private float greatest(int tree, Region half) {
    float most = Float.NEGATIVE_INFINITY;
    for (int i = firsts[tree]; i < firsts[tree + 1]; i++) {
      float weight = trees.weights()[leaves[i]];
      if (weight > most && mayBeIn(half, tree, leaves[i])) {
        most = weight;
      }
    }
    return most;
  }

  private boolean mayBeIn(Region half, int tree, int leaf) {
    int ends = leaf * trees.columns();
    for (int i = 0; i < tolds[tree]; i++) {
      int at = told[tree][i];
      if (trees.low()[ends + at] > half.high()[at] || trees.high()[ends + at] < half.low()[at]) {
        return false;
      }
    }
    return true;
  }
}
