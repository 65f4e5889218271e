package io.auspex.udf.fuzz;

import io.auspex.udf.fuzz.Node.Leaf;
import io.auspex.udf.fuzz.Node.Mode;
import io.auspex.udf.fuzz.Node.Split;
import io.auspex.udf.fuzz.Node.Weight;
import io.auspex.udf.fuzz.Numbers.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/** Grows trees of all shapes. */
final class Forest {
  /** Which splits send missing values the way of those for which they hold. */
  enum Missing {
    ABSENT,
    NEVER,
    BY_NODE,
    BY_FEATURE
  }

  /** For which targets a leaf has weights. */
  enum Leaves {
    BY_TREE,
    ANY_ONE,
    ALL,
    SOME
  }

  private enum Shape {
    COMPLETE,
    RAGGED,
    CHAIN
  }

  private static final int MAX_LEAVES = 6000;

  private final Choice choice;
  private final Numbers numbers;
  private final List<? extends List<Double>> palettes;
  private final List<Mode> modes;
  private final Missing missing;
  private final Leaves leaves;
  private final List<Integer> targets;
  private final Weights weights;
  private final DoubleUnaryOperator sign;
  private final Set<String> traits;
  private final List<List<Double>> used = new ArrayList<>();
  private final long missingFeatures;
  private int leafCount;
  private int tree;

  /**
   * @param palettes for each feature, what it is compared with
   * @param targets that leaves have weights for
   * @param traits gets what was grown
   */
  Forest(
      Choice choice,
      Numbers numbers,
      List<? extends List<Double>> palettes,
      List<Mode> modes,
      Leaves leaves,
      List<Integer> targets,
      Weights weights,
      boolean positive,
      Set<String> traits) {
    this.choice = choice;
    this.numbers = numbers;
    this.palettes = palettes;
    this.modes = modes;
    this.missing = choice.of(Missing.values());
    this.leaves = leaves;
    this.targets = targets;
    this.weights = weights;
    this.sign = positive ? Math::abs : x -> x;
    this.traits = traits;
    this.missingFeatures = choice.between(1, 1 << 30) * 0x9E3779B97F4A7C15L;
    palettes.forEach(palette -> used.add(new ArrayList<>(palette)));
    traits.add("missing " + missing);
    traits.add("leaves " + leaves);
    traits.add("weights " + (positive ? "positive " : "") + weights);
  }

  boolean hasMissing() {
    return missing != Missing.ABSENT;
  }

  /** What the features are compared with. */
  List<List<Double>> used() {
    return used;
  }

  List<Node> grow() {
    int count = choice.smallish(1, 200);
    int depth =
        choice.chance(0.04)
            ? 0
            : choice.chance(0.5) ? choice.smallish(1, 12) : choice.between(2, 12);
    List<Node> trees = new ArrayList<>();
    for (tree = 0; tree < count && leafCount < MAX_LEAVES; tree++) {
      int own = choice.chance(0.8) ? depth : choice.between(0, depth);
      Shape shape = choice.of(Shape.values());
      trees.add(grow(shape, own));
      traits.add(own == 0 ? "tree LEAF" : "tree " + shape);
    }
    traits.add("trees " + (trees.size() == 1 ? "1" : trees.size() < 80 ? "some" : "many"));
    traits.add("depth " + (depth < 2 ? String.valueOf(depth) : depth < 7 ? "middle" : "deep"));
    return trees;
  }

  private Node grow(Shape shape, int depth) {
    if (depth == 0 || leafCount >= MAX_LEAVES || shape == Shape.RAGGED && choice.chance(0.2)) {
      return leaf();
    }
    Mode mode = choice.of(modes);
    int feature = choice.between(0, palettes.size() - 1);
    boolean first = shape == Shape.CHAIN && choice.chance(0.5);
    if (mode == Mode.BRANCH_EQ && choice.chance(0.4)) {
      return equalities(feature, grow(shape, Math.min(depth - 1, 1)), grow(shape, depth - 1));
    }
    Node yes = shape == Shape.CHAIN && !first ? leaf() : grow(shape, depth - 1);
    Node no = shape == Shape.CHAIN && first ? leaf() : grow(shape, depth - 1);
    return split(feature, mode, yes, no);
  }

  /** A set of categories as converters write it: one test after the other, with the same result. */
  private Node equalities(int feature, Node yes, Node no) {
    boolean shared = choice.chance(0.5);
    boolean alike = choice.chance(0.8);
    traits.add("equalities " + (shared ? "shared" : alike ? "copied" : "different"));
    int count = choice.between(1, 5);
    Node chain = no;
    for (int i = 0; i < count; i++) {
      Node result = shared ? yes : alike ? Node.copy(yes) : leaf();
      chain = split(feature, Mode.BRANCH_EQ, result, chain);
    }
    return chain;
  }

  private Split split(int feature, Mode mode, Node yes, Node no) {
    traits.add("mode " + mode);
    double threshold = numbers.threshold(palettes.get(feature));
    if (mode == Mode.BRANCH_EQ && choice.chance(0.6)) {
      threshold = choice.between(0, choice.of(5, 35, 70));
    }
    List<Double> members = mode == Mode.BRANCH_MEMBER ? members() : List.of();
    used.get(feature).addAll(members);
    used.get(feature).add(threshold);
    return new Split(feature, mode, threshold, members, missingIsTrue(feature), yes, no);
  }

  private boolean missingIsTrue(int feature) {
    return switch (missing) {
      case ABSENT, NEVER -> false;
      case BY_NODE -> choice.chance(0.5);
      case BY_FEATURE -> (missingFeatures >> feature % 60 & 1) == 1;
    };
  }

  private List<Double> members() {
    boolean many = choice.chance(0.2);
    boolean far = choice.chance(0.2);
    boolean fractions = !many && !far && choice.chance(0.1);
    traits.add("members " + (many ? "many" : far ? "far" : fractions ? "fractions" : "few"));
    int count = many ? choice.between(31, 60) : choice.between(1, 6);
    List<Double> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int member = far ? choice.between(-200, 200) : choice.between(0, many ? 90 : 30);
      members.add(fractions ? Math.min(30, member + 0.5) : member);
    }
    return members;
  }

  private Leaf leaf() {
    leafCount++;
    List<Weight> all = new ArrayList<>();
    switch (leaves) {
      case BY_TREE -> all.add(weight(targets.get(tree % targets.size())));
      case ANY_ONE -> all.add(weight(choice.of(targets)));
      case ALL -> targets.forEach(target -> all.add(weight(target)));
      case SOME -> {
        if (choice.chance(0.8)) {
          choice.some(targets).forEach(target -> all.add(weight(target)));
        }
        if (choice.chance(0.05)) {
          all.add(weight(choice.of(targets)));
        }
      }
    }
    return new Leaf(all);
  }

  private Weight weight(int target) {
    return new Weight(target, sign.applyAsDouble(numbers.weight(weights)));
  }
}
