package io.auspex.sql.rule;

import io.auspex.sql.rel.Predict;
import io.auspex.sql.rel.Types;
import io.auspex.sql.rel.Verbatim;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.domain.Domain.Numbers;
import io.auspex.udf.predict.OutputBound;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/**
 * Filters rows before predicting by what a feature must be for the prediction to pass a filter
 * above, which stays: what the model gives for other values never does, whatever the other features
 * are. Such a filter goes on down to the scan, and lets the model be smaller ({@link ModelPrune}).
 *
 * <pre>
 * Filter(risk &gt; 0.8)
 *   Predict(features=[age, city])
 *     input
 * </pre>
 *
 * becomes
 *
 * <pre>
 * Filter(risk &gt; 0.8)
 *   Predict(features=[age, city])
 *     Filter(age &gt;= 18 AND age &lt;= 29)
 *       input
 * </pre>
 */
final class FeatureFilter {
  private static final String COLUMN = Verbatim.HOLE;

  /** A double holds each number of so many digits, and whole numbers up to this. */
  private static final int DIGITS = 15;

  private static final double LARGEST_WHOLE = 1L << 53;

  private final Function<RelNode, List<String>> types;
  private final ModelInsight models;

  /**
   * @param types the types DuckDB gives a plan's columns
   */
  FeatureFilter(Function<RelNode, List<String>> types, ModelInsight models) {
    this.types = types;
    this.models = models;
  }

  /** The plan, itself where nothing changes. */
  RelNode filtered(RelNode plan) {
    return filtered(plan, Optional.empty());
  }

  /**
   * @param wanted which of its rows the plan above needs
   */
  private RelNode filtered(RelNode node, Optional<Wanted> wanted) {
    Optional<Wanted> below = Wanted.below(node, wanted);
    List<RelNode> inputs = node.getInputs().stream().map(input -> filtered(input, below)).toList();
    if (node instanceof Predict predict) {
      List<RexNode> conditions =
          wanted
              .flatMap(of -> of.ofOutput(predict))
              .map(bound -> conditions(predict, bound))
              .orElse(List.of());
      if (!conditions.isEmpty()) {
        RexNode all = Conditions.and(node.getCluster().getRexBuilder(), conditions);
        inputs = List.of(LogicalFilter.create(inputs.get(0), all));
      }
    }
    return inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
  }

  private List<RexNode> conditions(Predict predict, OutputBound bound) {
    Map<Feature, Numbers> necessary = models.necessary(predict, bound);
    if (necessary.isEmpty()) {
      return List.of();
    }
    List<String> columns = types.apply(predict.getInput());
    RexBuilder rex = predict.getCluster().getRexBuilder();
    List<RexNode> conditions = new ArrayList<>();
    necessary.forEach(
        (feature, numbers) -> {
          RexNode column = rex.makeInputRef(predict.getInput(), feature.column());
          for (String text : texts(columns.get(feature.column()), feature, numbers)) {
            List<String> pieces = List.of(text.split(Verbatim.HOLE, -1));
            Verbatim test = new Verbatim(pieces, false, true, Set.of());
            conditions.add(
                rex.makeCall(
                    Types.of(rex.getTypeFactory(), true),
                    test,
                    Collections.nCopies(pieces.size() - 1, column)));
          }
        });
    return conditions;
  }

  /**
   * What is asked of a column, as text: each comparison by itself, which other rules read, unless
   * NULL passes as well. Nothing where the column is none whose numbers are the feature's.
   */
  private static List<String> texts(String type, Feature feature, Numbers numbers) {
    boolean isWhole = NumericTypes.isWhole(type);
    boolean isFloating = NumericTypes.isFloating(type) && feature.input().type().isFloatingPoint();
    if (!isWhole && !isFloating) {
      return List.of();
    }
    List<String> tests = new ArrayList<>();
    if (numbers.isEmpty()) {
      tests.add("false");
    } else {
      low(numbers.low(), isWhole).ifPresent(low -> tests.add(COLUMN + " >= " + low));
      high(numbers.high(), isWhole).ifPresent(high -> tests.add(COLUMN + " <= " + high));
    }
    if (tests.isEmpty() || !numbers.mayBeMissing()) {
      return tests.stream().map(test -> "(" + test + ")").toList();
    }
    String missing = COLUMN + " IS NULL" + (isFloating ? " OR isnan(" + COLUMN + ")" : "");
    return List.of("(" + String.join(" AND ", tests) + " OR " + missing + ")");
  }

  /** The least that a column may be which is above a number. */
  private static Optional<String> low(double number, boolean isWhole) {
    return isWhole ? whole(number, RoundingMode.FLOOR, 1) : rounded(number, RoundingMode.FLOOR);
  }

  private static Optional<String> high(double number, boolean isWhole) {
    return isWhole
        ? whole(number, RoundingMode.CEILING, -1)
        : rounded(number, RoundingMode.CEILING);
  }

  private static Optional<String> whole(double number, RoundingMode mode, int step) {
    return Math.abs(number) < LARGEST_WHOLE
        ? Optional.of(
            new BigDecimal(number).setScale(0, mode).add(BigDecimal.valueOf(step)).toPlainString())
        : Optional.empty();
  }

  /** A few rows more do no harm; a number of many digits might be another one to DuckDB. */
  private static Optional<String> rounded(double number, RoundingMode mode) {
    return Double.isFinite(number)
        ? Optional.of(new BigDecimal(number).round(new MathContext(DIGITS, mode)).toString())
        : Optional.empty();
  }
}
