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
import java.util.List;
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

  private final Ensemble ensemble;
  private final List<SqlText> features;
  private final ElementType type;

  private TreeSql(Trees trees, List<SqlText> features) {
    this.ensemble = trees.ensemble();
    this.features = features;
    this.type = ensemble.isDouble() ? ElementType.DOUBLE : ElementType.FLOAT;
  }

  /** A score, or after them a classifier's class. */
  static SqlText write(Trees trees, int ordinal, List<SqlText> features) {
    Ensemble ensemble = trees.ensemble();
    if (ensemble.leaves().count() > MOST_LEAVES) {
      throw new SqlWriter.Unwritten();
    }
    TreeSql sql = new TreeSql(trees, features);
    return ensemble.trees() == 1 ? sql.single(trees, ordinal) : sql.summed(trees, ordinal);
  }

  private SqlText single(Trees trees, int ordinal) {
    LeafOutcomes outcomes = LeafOutcomes.of(ensemble).orElseThrow(SqlWriter.Unwritten::new);
    return node(
        ensemble.roots()[0],
        ordinal < ensemble.targets()
            ? leaf -> SqlWriter.number(outcomes.score(leaf, ordinal), trees.type())
            : leaf -> SqlWriter.number(outcomes.label(leaf), ElementType.INT64));
  }

  private SqlText summed(Trees trees, int ordinal) {
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
      return SqlWriter.cast(score(ordinal), type, trees.type());
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
            .mapToObj(root -> node(root, leaf -> SqlWriter.number(weight(leaf, target), type)))
            .toArray(SqlText[]::new);
    String sum = Arrays.stream(trees).map(tree -> "?").collect(Collectors.joining(" + "));
    double base = ensemble.base().length == ensemble.targets() ? ensemble.base()[target] : 0;
    return SqlText.of("(" + sum + " + " + SqlWriter.number(base, type) + ")", trees);
  }

  /**
   * @param leaves what they are, by ordinal
   */
  private SqlText node(int node, IntFunction<String> leaves) {
    if (node < 0) {
      return SqlText.text(leaves.apply(~node));
    }
    Splits splits = ensemble.splits();
    SqlText yes = node(splits.yes()[node], leaves);
    SqlText no = node(splits.no()[node], leaves);
    return yes.equals(no)
        ? yes
        : SqlText.of("CASE WHEN ? THEN ? ELSE ? END", condition(node), yes, no);
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
    SqlText value = features.get(splits.features()[node]);
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
