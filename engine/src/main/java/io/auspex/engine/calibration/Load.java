package io.auspex.engine.calibration;

import io.auspex.catalog.CostConstant;
import io.auspex.catalog.OptimizerRule;
import io.auspex.sql.cost.Work;
import io.auspex.sql.fragment.Strategy;
import io.auspex.udf.predict.ModelProfile;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A prediction that is measured.
 *
 * @param mayBeKernel false where ONNX Runtime is to compute it
 * @param passing how many columns pass beside it
 */
public record Load(
    Subject subject, Strategy strategy, boolean mayBeKernel, int passing, MeasuredTable table) {
  /** All that are measured: enough to tell the constants from each other. */
  public static final List<Load> ALL =
      List.of(
          of(Subject.LINEAR, Strategy.SQL),
          of(Subject.DEEP, Strategy.SQL),
          of(Subject.TREE, Strategy.SQL),
          of(Subject.LINEAR, Strategy.INLINE),
          of(Subject.NARROW, Strategy.INLINE),
          of(Subject.DEEP, Strategy.INLINE),
          of(Subject.TREE, Strategy.INLINE),
          of(Subject.FOREST, Strategy.INLINE),
          of(Subject.LINEAR, Strategy.INLINE).withoutKernel(),
          of(Subject.NETWORK, Strategy.INLINE).withoutKernel(),
          of(Subject.LINEAR, Strategy.STREAM),
          of(Subject.NARROW, Strategy.STREAM),
          of(Subject.FOREST, Strategy.STREAM),
          of(Subject.LINEAR, Strategy.STREAM).withoutKernel(),
          of(Subject.NARROW, Strategy.STREAM).beside(MeasuredTable.PASSING),
          of(Subject.FOREST, Strategy.STREAM).repeated());

  private static Load of(Subject subject, Strategy strategy) {
    return new Load(subject, strategy, true, 0, MeasuredTable.LARGE);
  }

  private Load withoutKernel() {
    return new Load(subject, strategy, false, passing, table);
  }

  private Load beside(int columns) {
    return new Load(subject, strategy, mayBeKernel, columns, table);
  }

  private Load repeated() {
    return new Load(subject, strategy, mayBeKernel, passing, MeasuredTable.REPEATED);
  }

  /** The settings under which its query does what is to be measured. */
  public List<String> settings() {
    String kernel = mayBeKernel ? "auto" : "onnxruntime";
    boolean remembers = table == MeasuredTable.REPEATED;
    String disabled =
        (remembers ? "" : OptimizerRule.REPEATED_ROWS.ruleName() + ", ")
            + OptimizerRule.STATISTICS_PRUNE.ruleName();
    return List.of(
        "SET predict_strategy = '" + strategy.sqlName() + "'",
        "SET predict_kernel = '" + kernel + "'",
        "SET disabled_rules = '" + disabled + "'");
  }

  /** What is measured. */
  public Query query() {
    return new Query(columns("y"), "PREDICT(MODEL " + subject + ", TABLE %s)", table);
  }

  /** What it does besides predicting: it reads and lands as many columns. */
  public Query base() {
    return new Query(columns(MeasuredTable.feature(0)), "%s", table);
  }

  private String columns(String first) {
    List<String> columns = new ArrayList<>(List.of(first));
    IntStream.range(0, passing).mapToObj(MeasuredTable::passing).forEach(columns::add);
    return String.join(", ", columns);
  }

  /**
   * A query over a table of those measured, whose rows land in another.
   *
   * @param columns what is selected
   * @param from what from, with {@code %s} for the table
   */
  public record Query(String columns, String from, MeasuredTable table) {
    public String sql() {
      return over(table);
    }

    /** The same over so few rows that it takes the statement's own time. */
    public String overFewRows() {
      return over(MeasuredTable.SMALL);
    }

    private String over(MeasuredTable read) {
      String source = String.format(from, read);
      return "CREATE OR REPLACE TABLE landed AS SELECT " + columns + " FROM " + source;
    }

    /** By how many rows the two differ. */
    public int rows(int threads) {
      return table.rows(threads) - MeasuredTable.SMALL.rows(threads);
    }
  }

  /**
   * What the cost model counts of a row.
   *
   * @param profile of the model, as a kernel may compute it
   */
  public Map<CostConstant, Double> work(ModelProfile profile) {
    if (strategy == Strategy.SQL) {
      return Work.sql(profile.sql().orElseThrow());
    }
    ModelProfile computed = mayBeKernel ? profile : profile.withoutKernel();
    int features = computed.reads().map(slots -> slots.size()).orElse(subject.features());
    Map<CostConstant, Double> work = new EnumMap<>(CostConstant.class);
    work.putAll(
        strategy == Strategy.INLINE
            ? Work.inlineCall(features)
            : Work.streaming(features, passing));
    if (table == MeasuredTable.REPEATED) {
      work.put(CostConstant.REMEMBERED_ROW, 1.0);
    } else {
      work.putAll(Work.computing(computed));
    }
    return work;
  }
}
