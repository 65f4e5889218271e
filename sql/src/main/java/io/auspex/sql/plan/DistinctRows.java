package io.auspex.sql.plan;

import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.rel.Predict;
import io.auspex.sql.unparse.ParameterMarks;
import io.auspex.sql.unparse.WarehouseSql;
import io.auspex.udf.binding.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;

/** Estimates which share of rows have features that no row before them has. */
final class DistinctRows {
  private static final int SAMPLE = 20_480;

  /** So many rows of a smaller sample have been in it before, where half of all are distinct. */
  private static final int REPEATS = 16;

  private DistinctRows() {}

  /**
   * The share, from a sample of the first rows; 1 where nothing is known.
   *
   * @param rows that come in
   */
  static double share(Predict predict, long rows, PlanningContext context) {
    if (!isTable(predict.getInput())) {
      return 1;
    }
    List<RexNode> features = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Feature feature : predict.features()) {
      features.add(
          predict.getCluster().getRexBuilder().makeInputRef(predict.getInput(), feature.column()));
      names.add("f" + names.size());
    }
    RelNode read = LogicalProject.create(predict.getInput(), List.of(), features, names, Set.of());
    ParameterMarks.Numbered text = ParameterMarks.numbered(WarehouseSql.of(read));
    int wanted = sampleSize(predict.getInput(), rows);
    PlanningContext.Sample sample =
        context.sample(text.sql(), text.types(context.parameterTypes()), wanted);
    return sample.rows() < wanted ? 1 : Math.min(1, distinct(sample) / rows);
  }

  /**
   * Where a filter may let few rows pass, a sample of them takes as long as a good part of the
   * query, so that no more is asked for than rows in no order need: of n drawn at random of D,
   * about {@code n²/2D} have been drawn before; here D is half of all rows. Others are cheap, and
   * rows that come round and round, as products do with each day, show it in a large one only. What
   * joins leave out, or a view, is not looked at.
   */
  private static int sampleSize(RelNode input, long rows) {
    return hasFilter(input)
        ? (int) Math.ceil(Math.min(SAMPLE, Math.sqrt((double) REPEATS * rows)))
        : SAMPLE;
  }

  private static boolean hasFilter(RelNode plan) {
    RelNode node = plan.stripped();
    return node instanceof Filter || node.getInputs().stream().anyMatch(DistinctRows::hasFilter);
  }

  /** What is more than tables, filtered and joined, may take long to give its first rows. */
  private static boolean isTable(RelNode plan) {
    RelNode node = plan.stripped();
    boolean isOfTables = node instanceof Project || node instanceof Filter || node instanceof Join;
    return node instanceof TableScan
        || isOfTables && node.getInputs().stream().allMatch(DistinctRows::isTable);
  }

  /**
   * How many there are of which n drawn at random show u: the root D of {@code u = D(1 −
   * exp(−n/D))} (each of D is drawn at least once with that probability).
   */
  private static double distinct(PlanningContext.Sample sample) {
    double n = sample.rows();
    double low = sample.distinct();
    double high = 1e12;
    for (int i = 0; i < 60; i++) {
      double middle = Math.sqrt(low * high);
      if (middle * -Math.expm1(-n / middle) < sample.distinct()) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
