package io.auspex.udf.tosql;

import io.auspex.catalog.ElementType;
import io.auspex.udf.ensemble.Ensemble;
import io.auspex.udf.ensemble.Ensemble.Aggregate;
import io.auspex.udf.ensemble.Ensemble.Leaves;
import io.auspex.udf.ensemble.Ensemble.PostTransform;
import io.auspex.udf.ensemble.Ensemble.Splits;
import io.auspex.udf.expression.Expression.Trees;
import io.auspex.udf.kernel.LeafOutcomes;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Writes small ensembles as a CASE a tree; larger ones are a kernel's. Of a single tree all that
 * follows it is known leaf by leaf; what several add up to is written for the plainest of them
 * only.
 */
final class TreeSql {
  /** Measured: from about two trees of depth 6 on, a kernel is faster. */
  private static final int MOST_LEAVES = 128;

  /** DuckDB ends the process where some hundreds of expressions are nested. */
  private static final int MOST_DEPTH = 64;

  private final Ensemble ensemble;
  private final IntFunction<SqlText> features;
  private final ElementType type;
  private final ElementType scores;
  private final Optional<LeafOutcomes> single;
  private int leaves;

  /**
   * @param features what splits compare, by ordinal; asked for where a split is written only
   */
  TreeSql(Trees trees, IntFunction<SqlText> features) {
    this.ensemble = trees.ensemble();
    this.features = features;
    this.type = ensemble.isDouble() ? ElementType.DOUBLE : ElementType.FLOAT;
    this.scores = trees.type();
    boolean isSmall = ensemble.leaves().count() <= MOST_LEAVES;
    this.single = isSmall ? LeafOutcomes.of(ensemble) : Optional.empty();
  }

  /** How many have been written until now. */
  int leaves() {
    return leaves;
  }

  /** A score, or after them a classifier's class. */
  SqlText write(int ordinal) {
    if (ensemble.leaves().count() > MOST_LEAVES) {
      throw new SqlWriter.Unwritten();
    }
    return single.map(outcomes -> outcome(outcomes, ordinal)).orElseGet(() -> summed(ordinal));
  }

  private SqlText outcome(LeafOutcomes outcomes, int ordinal) {
    return tree(
        ensemble.roots()[0],
        ordinal < ensemble.targets()
            ? leaf -> SqlWriter.number(outcomes.score(leaf, ordinal), scores)
            : leaf -> SqlWriter.number(outcomes.label(leaf), ElementType.INT64));
  }

  private SqlText summed(int ordinal) {
    boolean isPlain =
        ensemble.aggregate() == Aggregate.SUM
            && ensemble.postTransform() == PostTransform.NONE
            && isTouchedAlways(ensemble);
    boolean isScore = ordinal < ensemble.targets();
    boolean isKnown =
        ensemble.classes().isEmpty()
            || (ensemble.targets() == 2
                && ensemble.base().length == 0
                && !ensemble.classes().get().hasOneColumn());
    if (!isPlain || !isKnown) {
      throw new SqlWriter.Unwritten();
    }
    if (isScore) {
      return SqlWriter.cast(score(ordinal), type, scores);
    }
    // Of two classes with a column each, the second one's score says.
    SqlText score = score(1);
    return SqlText.of(
        "CASE WHEN ? > 0 AND NOT isnan(?) THEN "
            + SqlWriter.number(1, ElementType.INT64)
            + " ELSE "
            + SqlWriter.number(0, ElementType.INT64)
            + " END",
        score,
        score);
  }

  private static boolean isTouchedAlways(Ensemble ensemble) {
    Leaves leaves = ensemble.leaves();
    for (int leaf = 0; leaf < leaves.count(); leaf++) {
      long touched =
          Arrays.stream(leaves.targets(), leaves.starts()[leaf], leaves.starts()[leaf + 1])
              .distinct()
              .count();
      if (touched != ensemble.targets()) {
        return false;
      }
    }
    return true;
  }

  private SqlText score(int target) {
    SqlText[] trees =
        Arrays.stream(ensemble.roots())
            .mapToObj(root -> tree(root, leaf -> SqlWriter.number(weight(leaf, target), type)))
            .toArray(SqlText[]::new);
    String sum = Arrays.stream(trees).map(tree -> "?").collect(Collectors.joining(" + "));
    double base = ensemble.base().length == ensemble.targets() ? ensemble.base()[target] : 0;
    return SqlText.of("(" + sum + " + " + SqlWriter.number(base, type) + ")", trees);
  }

  /** Some of a tree as text, of so many leaves. */
  private record Written(SqlText text, int leaves) {}

  /**
   * @param values what leaves give, by ordinal
   */
  private SqlText tree(int root, IntFunction<String> values) {
    Written tree = node(root, values, 0);
    leaves += tree.leaves();
    return tree.text();
  }

  private Written node(int node, IntFunction<String> values, int depth) {
    if (depth > MOST_DEPTH) {
      throw new SqlWriter.Unwritten();
    } else if (node < 0) {
      return new Written(SqlText.text(values.apply(~node)), 1);
    }
    Splits splits = ensemble.splits();
    Written yes = node(splits.yes()[node], values, depth + 1);
    Written no = node(splits.no()[node], values, depth + 1);
    if (yes.text().equals(no.text())) {
      return yes;
    }
    SqlText split =
        SqlText.of("CASE WHEN ? THEN ? ELSE ? END", condition(node), yes.text(), no.text());
    return new Written(split, yes.leaves() + no.leaves());
  }

  private double weight(int leaf, int target) {
    Leaves leaves = ensemble.leaves();
    double sum = 0;
    for (int i = leaves.starts()[leaf]; i < leaves.starts()[leaf + 1]; i++) {
      sum += leaves.targets()[i] == target ? leaves.weights()[i] : 0;
    }
    return ensemble.isDouble() ? sum : (float) sum;
  }

  private SqlText condition(int node) {
    Splits splits = ensemble.splits();
    SqlText value = features.apply(splits.features()[node]);
    double threshold = splits.values()[node];
    String number = SqlWriter.number(threshold, type);
    if (Double.isNaN(threshold)) {
      throw new SqlWriter.Unwritten();
    }
    boolean missingIsTrue = splits.missingIsTrue()[node];
    return switch (splits.tests()[node]) {
      case AT_MOST -> low("<=", value, number, missingIsTrue);
      case LESS -> low("<", value, number, missingIsTrue);
      case AT_LEAST -> high(">=", value, number, missingIsTrue);
      case GREATER -> high(">", value, number, missingIsTrue);
      case EQUAL -> low("=", value, number, missingIsTrue);
      case NOT_EQUAL -> SqlText.of("? <> " + number, value);
      case MEMBER, MEMBER_CUT -> throw new SqlWriter.Unwritten();
    };
  }

  /** NaN is greater than every number: it fails by itself. */
  private static SqlText low(String operator, SqlText value, String number, boolean missing) {
    return missing
        ? SqlText.of("(? " + operator + " " + number + " OR isnan(?))", value, value)
        : SqlText.of("? " + operator + " " + number, value);
  }

  private static SqlText high(String operator, SqlText value, String number, boolean missing) {
    return missing
        ? SqlText.of("? " + operator + " " + number, value)
        : SqlText.of("(? " + operator + " " + number + " AND NOT isnan(?))", value, value);
  }
}
