package io.auspex.udf.ensemble;

import io.auspex.udf.ensemble.Ensemble.Leaves;
import io.auspex.udf.ensemble.Ensemble.Splits;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.function.IntFunction;

/** An ensemble without the splits whose outcome is known, and without what they lead away from. */
public final class PrunedEnsemble {
  private final Splits splits;
  private final Leaves leaves;
  private final IntFunction<Optional<Boolean>> outcomes;
  private final SplitsBuilder builder = new SplitsBuilder();
  private final int[] whenTrue;

  private PrunedEnsemble(Ensemble ensemble, IntFunction<Optional<Boolean>> outcomes) {
    this.splits = ensemble.splits();
    this.leaves = ensemble.leaves();
    this.outcomes = outcomes;
    this.whenTrue = new int[splits.count()];
  }

  /**
   * The ensemble, with as many trees in the same order, so that weights are added up as before; of
   * some only a leaf is left.
   *
   * @param outcomes by split, whether all rows pass it, or none; nothing where that is not known
   */
  public static Ensemble of(Ensemble ensemble, IntFunction<Optional<Boolean>> outcomes) {
    PrunedEnsemble pruned = new PrunedEnsemble(ensemble, outcomes);
    int[] roots = Arrays.stream(ensemble.roots()).map(pruned::tree).toArray();
    if (pruned.builder.splits().count() == ensemble.splits().count()) {
      return ensemble;
    }
    return new Ensemble(
        ensemble.isDouble(),
        roots,
        pruned.builder.splits(),
        pruned.builder.leaves(),
        ensemble.targets(),
        ensemble.aggregate(),
        ensemble.postTransform(),
        ensemble.base(),
        ensemble.classes());
  }

  /**
   * @param child in the ensemble as it was
   * @param parent in the new one; −1 for the root
   */
  private record Open(int child, int parent, boolean isYes) {}

  private int tree(int root) {
    Deque<Open> open = new ArrayDeque<>();
    open.push(new Open(root, -1, false));
    int first = 0;
    while (!open.isEmpty()) {
      Open next = open.pop();
      int old = reached(next.child());
      int child = old < 0 ? leaf(~old) : split(old);
      if (next.parent() < 0) {
        first = child;
      } else if (next.isYes()) {
        whenTrue[next.parent()] = child;
      } else {
        builder.children(next.parent(), whenTrue[next.parent()], child);
      }
      if (old >= 0) {
        // The true branch first, and whole, before the false one.
        open.push(new Open(splits.no()[old], child, false));
        open.push(new Open(splits.yes()[old], child, true));
      }
    }
    return first;
  }

  /** Where rows come to that come to a node. */
  private int reached(int node) {
    int at = node;
    while (at >= 0) {
      Optional<Boolean> outcome = outcomes.apply(at);
      if (outcome.isEmpty()) {
        return at;
      }
      at = outcome.get() ? splits.yes()[at] : splits.no()[at];
    }
    return at;
  }

  private int split(int old) {
    return builder.split(
        splits.features()[old],
        splits.tests()[old],
        splits.values()[old],
        splits.members()[old],
        splits.missingIsTrue()[old]);
  }

  private int leaf(int old) {
    int leaf = builder.leaf();
    for (int i = leaves.starts()[old]; i < leaves.starts()[old + 1]; i++) {
      builder.weight(leaves.targets()[i], leaves.weights()[i]);
    }
    return leaf;
  }
}
