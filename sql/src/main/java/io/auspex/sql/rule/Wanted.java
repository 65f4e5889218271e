package io.auspex.sql.rule;

import io.auspex.sql.rel.Predict;
import io.auspex.sql.rel.Verbatim;
import io.auspex.udf.predict.OutputBound;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/**
 * Which of a plan's rows are needed by those above it, as far as one column tells: a model need not
 * finish the others. The filter and the sort that say so stay.
 *
 * @param column its ordinal
 * @param isLeast whether values from the limit up are needed, rather than those down from it
 * @param limit infinite where there is none
 * @param top how many of the greatest, or least, are; 0 for all
 */
public record Wanted(int column, boolean isLeast, double limit, int top) {
  private static final Pattern COMPARISON =
      Pattern.compile("\\s*(>=?|<=?)\\s*(-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?)\\)?");

  /** DuckDB may compare a float with a decimal as either; a row too many does no harm. */
  private static final double ROUNDING = 1e-6;

  /**
   * What is wanted of the rows below a node; all, where nothing is known.
   *
   * @param above what is wanted of its own
   */
  public static Optional<Wanted> below(RelNode node, Optional<Wanted> above) {
    if (node instanceof Sort sort) {
      return of(sort);
    } else if (node instanceof Project project) {
      return above.flatMap(of -> of.below(project));
    }
    return node instanceof Filter filter ? below(filter, above) : Optional.empty();
  }

  /** The first rows by a column; those where it is NULL must be the last. */
  private static Optional<Wanted> of(Sort sort) {
    if (!(sort.fetch instanceof RexLiteral fetch) || sort.getCollation().getKeys().isEmpty()) {
      return Optional.empty();
    }
    RelFieldCollation key = sort.getCollation().getFieldCollations().get(0);
    long skipped = sort.offset instanceof RexLiteral offset ? offset.getValueAs(Long.class) : 0;
    long rows = fetch.getValueAs(Long.class) + skipped;
    boolean isKnown = sort.offset == null || sort.offset instanceof RexLiteral;
    boolean isUsable =
        isKnown
            && key.nullDirection == RelFieldCollation.NullDirection.LAST
            && rows > 0
            && rows < 1 << 20;
    boolean isLeast = key.getDirection().isDescending();
    double none = isLeast ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    return isUsable
        ? Optional.of(new Wanted(key.getFieldIndex(), isLeast, none, (int) rows))
        : Optional.empty();
  }

  /** What is wanted below a projection; all rows where one of its values depends on others. */
  private Optional<Wanted> below(Project project) {
    return project.getProjects().stream().noneMatch(Verbatim::hasWindow)
            && project.getProjects().get(column) instanceof RexInputRef ref
        ? Optional.of(new Wanted(ref.getIndex(), isLeast, limit, top))
        : Optional.empty();
  }

  /**
   * What is wanted below a filter. The best of its rows are those of the rows below only where it
   * asks for nothing else than to be good.
   *
   * @param above what is wanted of its rows
   */
  private static Optional<Wanted> below(Filter filter, Optional<Wanted> above) {
    Optional<Wanted> found = Optional.empty();
    boolean isOnly = true;
    for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
      Optional<Wanted> bound = of(conjunct);
      boolean isSame =
          bound.isPresent()
              && above.isPresent()
              && bound.get().column() == above.get().column()
              && bound.get().isLeast() == above.get().isLeast();
      isOnly &= isSame;
      if (bound.isPresent() && (found.isEmpty() || isSame)) {
        found = bound;
      }
    }
    return isOnly && found.isPresent()
        ? Optional.of(
            new Wanted(
                found.get().column(),
                found.get().isLeast(),
                found.get().limit(),
                above.get().top()))
        : found;
  }

  private static Optional<Wanted> of(RexNode conjunct) {
    boolean isComparison =
        conjunct instanceof RexCall call
            && call.getOperator() instanceof Verbatim
            && call.getOperands().size() == 1
            && call.getOperands().get(0) instanceof RexInputRef;
    if (!isComparison) {
      return Optional.empty();
    }
    RexCall call = (RexCall) conjunct;
    Verbatim text = (Verbatim) call.getOperator();
    String before = text.pieces().get(0).strip();
    Matcher matcher = COMPARISON.matcher(text.pieces().get(1));
    if (!(before.isEmpty() || before.equals("(")) || !matcher.matches()) {
      return Optional.empty();
    }
    boolean isLeast = matcher.group(1).startsWith(">");
    double limit = Double.parseDouble(matcher.group(2));
    double slack = ROUNDING * Math.abs(limit) + Float.MIN_NORMAL;
    int column = ((RexInputRef) call.getOperands().get(0)).getIndex();
    return Optional.of(new Wanted(column, isLeast, isLeast ? limit - slack : limit + slack, 0));
  }

  /** The same of a prediction's outputs; nothing where the column is not one. */
  public Optional<OutputBound> ofOutput(Predict predict) {
    int output = column - predict.passing().size();
    return output >= 0 && predict.outputs().get(output).output().isScalar()
        ? Optional.of(new OutputBound(output, isLeast, limit, top))
        : Optional.empty();
  }
}
