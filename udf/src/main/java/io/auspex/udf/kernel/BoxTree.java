package io.auspex.udf.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * Cuts the space of ranks into boxes, those first where most rows of a sample may still be above a
 * limit: branch and bound, with what the trees add at most in a box as the bound. For one thread.
 */
final class BoxTree {
  private static final int MOST_BOXES = 1 << 15;

  /** What trees add at most is kept for each box, and its ranges of ranks. */
  private static final int MOST_WEIGHTS = 1 << 21;

  /** Joint values that are kept for all boxes together. */
  private static final long MOST_POSSIBLE = 1 << 24;

  /** A box just above the limit counts for as much as this share of the way from limit to top. */
  private static final double LEAST_EXCESS = 0.05;

  /**
   * A limit that differs by less than this share of the way to the top changes the order little.
   */
  private static final double RANKED = 0.02;

  /** How many are asked for the order of the trees. */
  private static final int ORDER_BOXES = 512;

  /** Enough to tell how sums are spread. */
  private static final int SUMMED_ROWS = 1024;

  private final SumTrees trees;
  private final List<Combinations> combinations;
  private final List<Region.Joint> joints;
  private final char[][] sample;
  private final BoxSplit split;
  private final Box root;
  private final int most;
  private final double[] sums;
  private final PriorityQueue<Box> open =
      new PriorityQueue<>((one, other) -> Double.compare(other.urgency, one.urgency));
  private final List<Box> closed = new ArrayList<>();
  private double rankedFor = Double.NaN;
  private long possible;

  private static final class Box {
    final double bound;
    Region region;
    int[] tops;
    float[] greatest;
    int[] rows;
    Box below;
    Box above;
    int column;
    int rank;
    double urgency;
    boolean isWhole;

    /** Whether all that it was cut into is out of the limit. */
    boolean isOut;

    Box(Region region, int[] tops, int[] rows, float[] greatest) {
      this.region = region;
      this.tops = tops;
      this.rows = rows;
      this.greatest = greatest;
      double sum = 0;
      for (float weight : greatest) {
        sum += weight;
      }
      this.bound = sum;
    }

    boolean isEnd() {
      return below == null;
    }

    /** Whether rows are led on to its halves. */
    boolean leadsOn() {
      return !isEnd() && !isOut;
    }

    /** What was only needed to cut it goes. */
    void become(BoxSplit.Cut cut, Box below, Box above) {
      this.column = cut.column();
      this.rank = cut.rank();
      this.below = below;
      this.above = above;
      this.region = null;
      this.tops = null;
      this.greatest = null;
      this.rows = null;
    }
  }

  /**
   * @param combinations what is known of the rows that boxes are for
   * @param sample ranks of rows by column; all of the same length
   */
  BoxTree(SumTrees trees, List<Combinations> combinations, char[][] sample) {
    this.trees = trees;
    this.combinations = combinations;
    this.joints =
        combinations.stream().map(of -> Region.Joint.of(of, trees.tests().columns())).toList();
    this.sample = sample;
    this.split = new BoxSplit(trees, sample);
    int ofBox = Math.max(trees.trees(), trees.columns());
    this.most = Math.max(1, Math.min(MOST_BOXES, MOST_WEIGHTS / ofBox));
    Region all = Region.whole(trees.columns(), joints);
    int[] rows = IntStream.range(0, sample.length == 0 ? 0 : sample[0].length).toArray();
    this.root = new Box(all, trees.roots(), rows, trees.greatest());
    closed.add(root);
    this.sums =
        IntStream.range(0, Math.min(SUMMED_ROWS, rows.length)).mapToDouble(this::sum).toArray();
  }

  int size() {
    return open.size() + closed.size();
  }

  /**
   * Cuts boxes for some time.
   *
   * @param limit of the sums that are wanted
   * @return false where no box is left that it would help to cut
   */
  boolean grow(double limit, long nanos) {
    long end = System.nanoTime() + nanos;
    if (!(Math.abs(limit - rankedFor) < RANKED * (root.bound - limit))) {
      rank(limit);
    }
    while (isLeft() && System.nanoTime() < end) {
      Box box = open.poll();
      if (box.bound < limit || !cut(box, limit)) {
        closed.add(box);
      } else {
        put(box.below, limit);
        put(box.above, limit);
      }
    }
    return isLeft();
  }

  private boolean isLeft() {
    return !open.isEmpty() && !isFull();
  }

  /** Whether there is no room for more. */
  boolean isFull() {
    return size() >= most || possible >= MOST_POSSIBLE;
  }

  /** The share of the sample's rows whose sums are above a limit. */
  double share(double limit) {
    return (double) Arrays.stream(sums).filter(sum -> sum >= limit).count() / sums.length;
  }

  /** The standard deviation of its rows' sums. */
  double deviation() {
    double mean = Arrays.stream(sums).average().orElse(0);
    return Math.sqrt(
        Arrays.stream(sums).map(sum -> (sum - mean) * (sum - mean)).average().orElse(0));
  }

  /** Brings the boxes into the order in which they are cut for a limit. */
  private void rank(double limit) {
    List<Box> all = ends();
    open.clear();
    closed.clear();
    rankedFor = limit;
    all.forEach(box -> put(box, limit));
  }

  private void put(Box box, double limit) {
    if (isWorthCutting(box, limit)) {
      double least = LEAST_EXCESS * Math.max(0, root.bound - limit);
      box.urgency = box.rows.length * (box.bound - limit + least);
      open.add(box);
    } else {
      closed.add(box);
    }
  }

  private List<Box> ends() {
    List<Box> all = new ArrayList<>(closed);
    all.addAll(open);
    return all;
  }

  private static boolean isWorthCutting(Box box, double limit) {
    return !box.isWhole && box.rows.length > 0 && box.bound >= limit;
  }

  private boolean cut(Box box, double limit) {
    Optional<BoxSplit.Cut> found = split.find(box.region, box.tops, box.rows, box.bound, limit);
    if (found.isEmpty()) {
      box.isWhole = true;
      return false;
    }
    BoxSplit.Cut cut = found.get();
    possible -= box.region.weight();
    box.become(cut, half(box, cut, true), half(box, cut, false));
    possible += box.below.region.weight() + box.above.region.weight();
    return true;
  }

  private Box half(Box box, BoxSplit.Cut cut, boolean isBelow) {
    Region region = box.region.half(joints, cut.column(), cut.rank(), isBelow);
    float[] greatest = split.greatest(region, box.greatest);
    return new Box(region, cut.tops(), rows(box, cut, isBelow), greatest);
  }

  private int[] rows(Box box, BoxSplit.Cut cut, boolean isBelow) {
    char[] ranks = sample[cut.column()];
    int[] rows = new int[box.rows.length];
    int count = 0;
    for (int row : box.rows) {
      if (ranks[row] <= cut.rank() == isBelow) {
        rows[count++] = row;
      }
    }
    return Arrays.copyOf(rows, count);
  }

  /**
   * The boxes as they are, but for those side by side whose rows are all out of the limit: they
   * become one, so that its rows have a shorter way. The last box is everything.
   */
  Boxes boxes(double limit, double scale) {
    List<Box> shown = shown(limit);
    int[] order = order();
    int[] stops = Boxes.stops(trees.trees());
    int count = (shown.size() + 1) / 2;
    float[] rest = new float[(count + 1) * stops.length];
    BoxWalk walk = new BoxWalk(shown.size());
    int boxes = 0;
    int next = 1;
    for (int place = 0; place < shown.size(); place++) {
      Box box = shown.get(place);
      if (box.leadsOn()) {
        RankColumn.Thresholds column = trees.compared(box.column);
        double most = column.thresholds()[box.rank];
        walk.putNode(place, column.feature(), most, column.missingIsLow(), next);
        next += 2;
      } else {
        putRest(box, order, stops, rest, boxes * stops.length);
        walk.putBox(place, boxes++);
      }
    }
    Boxes.putRest(trees.greatest(), order, stops, rest, boxes * stops.length);
    return new Boxes(walk, combinations, order, stops, rest, scale);
  }

  /** Those that rows are led through, a box's halves side by side and behind it. */
  private List<Box> shown(double limit) {
    List<Box> all = new ArrayList<>(List.of(root));
    for (int i = 0; i < all.size(); i++) {
      if (!all.get(i).isEnd()) {
        all.add(all.get(i).below);
        all.add(all.get(i).above);
      }
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      Box box = all.get(i);
      box.isOut = box.isEnd() ? box.bound < limit : box.below.isOut && box.above.isOut;
    }
    List<Box> shown = new ArrayList<>(List.of(root));
    for (int i = 0; i < shown.size(); i++) {
      Box box = shown.get(i);
      if (box.leadsOn()) {
        shown.add(box.below);
        shown.add(box.above);
      }
    }
    return shown;
  }

  /** What is left to add in any of the boxes that have become one. */
  private static void putRest(Box box, int[] order, int[] stops, float[] rest, int at) {
    Arrays.fill(rest, at, at + stops.length, Float.NEGATIVE_INFINITY);
    float[] ofOne = new float[stops.length];
    Deque<Box> left = new ArrayDeque<>(List.of(box));
    while (!left.isEmpty()) {
      Box next = left.pop();
      if (next.isEnd()) {
        Boxes.putRest(next.greatest, order, stops, ofOne, 0);
        for (int i = 0; i < ofOne.length; i++) {
          rest[at + i] = Math.max(rest[at + i], ofOne[i]);
        }
      } else {
        left.push(next.below);
        left.push(next.above);
      }
    }
  }

  /** Trees first whose weights are furthest below what they add at most, for rows in question. */
  private int[] order() {
    double[] gaps = new double[trees.trees()];
    List<Box> ends = ends();
    int step = Math.max(1, ends.size() / ORDER_BOXES);
    for (int i = 0; i < ends.size(); i += step) {
      Box box = ends.get(i);
      // The rows of others are given up before the first tree.
      if (box.rows.length > 0 && !(box.bound < rankedFor)) {
        int row = box.rows[0];
        for (int tree = 0; tree < gaps.length; tree++) {
          double gap = box.greatest[tree] - weight(tree, row);
          gaps[tree] += gap * box.rows.length;
        }
      }
    }
    return IntStream.range(0, gaps.length)
        .boxed()
        .sorted(Comparator.comparingDouble(tree -> -gaps[tree]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private double sum(int row) {
    double sum = 0;
    for (int tree = 0; tree < trees.trees(); tree++) {
      sum += weight(tree, row);
    }
    return sum;
  }

  private float weight(int tree, int row) {
    int node = trees.roots()[tree];
    while (node >= 0) {
      int test = trees.tests().tests()[node];
      boolean passes = sample[test >>> 16][row] <= (test & 0xffff);
      node = passes ? trees.tests().passed()[node] : trees.tests().failed()[node];
    }
    return trees.weights()[~node];
  }
}
