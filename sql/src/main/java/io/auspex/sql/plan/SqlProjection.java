package io.auspex.sql.plan;

import io.auspex.catalog.ElementType;
import io.auspex.catalog.Names;
import io.auspex.sql.rel.Predict;
import io.auspex.sql.rel.PredictedColumn;
import io.auspex.sql.rel.Types;
import io.auspex.sql.rel.Verbatim;
import io.auspex.sql.unparse.WarehouseSql;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.expression.Expression.Column;
import io.auspex.udf.tosql.ModelSql;
import io.auspex.udf.tosql.SqlText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.hint.RelHint;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/**
 * A prediction as projections of its input: what is computed once and read often is a column of one
 * below the one that reads it, since DuckDB would compute it anew at each place.
 */
final class SqlProjection {
  private final Predict predict;
  private final ModelSql model;
  private final RexBuilder rex;
  private final Map<SqlText.Reference, Integer> columns = new HashMap<>();
  private RelNode plan;

  private SqlProjection(Predict predict, RelNode input, ModelSql model) {
    this.predict = predict;
    this.model = model;
    this.plan = input;
    this.rex = input.getCluster().getRexBuilder();
  }

  static RelNode of(Predict predict, RelNode input, ModelSql model) {
    return new SqlProjection(predict, input, model).projected();
  }

  private RelNode projected() {
    addFeatures();
    int[] levels = levels();
    int last = 0;
    for (int level : levels) {
      last = Math.max(last, level);
    }
    for (int level = 1; level <= last; level++) {
      addSteps(levels, level);
    }
    List<RexNode> values = new ArrayList<>();
    predict.passing().forEach(ordinal -> values.add(rex.makeInputRef(plan, ordinal)));
    for (PredictedColumn output : predict.outputs()) {
      values.add(value(model.outputs().get(output.output())));
    }
    return LogicalProject.create(
        plan, List.of(), values, predict.getRowType().getFieldNames(), Set.of());
  }

  /** The features in the types of the model's inputs, after the input's own columns. */
  private void addFeatures() {
    List<RexNode> values = all();
    for (Feature feature : predict.features()) {
      SqlText.OfFeature reference =
          new SqlText.OfFeature(new Column(feature.input(), feature.slot()));
      boolean isRounded =
          feature.sqlType().equals("DOUBLE") && feature.input().type() != ElementType.DOUBLE;
      if (!feature.cast() && !isRounded) {
        columns.put(reference, feature.column());
        continue;
      }
      RexNode column = rex.makeInputRef(plan, feature.column());
      columns.put(reference, values.size());
      values.add(isRounded ? rounded(feature, column) : cast(feature, column));
    }
    project(values, List.of());
  }

  private RexNode cast(Feature feature, RexNode column) {
    return call(feature.expression("?"), List.of(column));
  }

  /** What a float cannot hold is infinite. */
  private RexNode rounded(Feature feature, RexNode column) {
    String value = feature.expression("?");
    String sql =
        "COALESCE(TRY_CAST("
            + value
            + " AS FLOAT), CASE WHEN "
            + value
            + " > 0 THEN CAST('inf' AS FLOAT) WHEN "
            + value
            + " < 0 THEN CAST('-inf' AS FLOAT) END)";
    return call(sql, List.of(column, column, column));
  }

  private RexNode call(String sql, List<RexNode> operands) {
    return rex.makeCall(
        Types.any(rex.getTypeFactory()), Verbatim.call(sql.split("\\?", -1)), operands);
  }

  private List<RexNode> all() {
    List<RexNode> values = new ArrayList<>();
    for (int i = 0; i < plan.getRowType().getFieldCount(); i++) {
      values.add(rex.makeInputRef(plan, i));
    }
    return values;
  }

  private void project(List<RexNode> values, List<RelHint> hints) {
    List<String> names = new ArrayList<>(plan.getRowType().getFieldNames());
    if (values.size() == names.size()) {
      return;
    }
    while (names.size() < values.size()) {
      names.add(Names.unused("__p" + names.size(), names));
    }
    plan = LogicalProject.create(plan, hints, values, names, Set.of());
  }

  /** Of each step, one above the highest that it reads. */
  private int[] levels() {
    int[] levels = new int[model.steps().size()];
    for (int step = 0; step < levels.length; step++) {
      levels[step] = 1;
      for (SqlText.Reference reference : model.steps().get(step).references()) {
        if (reference instanceof SqlText.OfStep below) {
          levels[step] = Math.max(levels[step], levels[below.ordinal()] + 1);
        }
      }
    }
    return levels;
  }

  private void addSteps(int[] levels, int level) {
    List<RexNode> values = all();
    Map<SqlText.Reference, Integer> added = new HashMap<>();
    for (int step = 0; step < levels.length; step++) {
      if (levels[step] == level) {
        added.put(new SqlText.OfStep(step), values.size());
        values.add(value(model.steps().get(step)));
      }
    }
    project(values, List.of(WarehouseSql.COMPUTED_ONCE));
    columns.putAll(added);
  }

  private RexNode value(SqlText text) {
    List<RexNode> operands = new ArrayList<>();
    for (SqlText.Reference reference : text.references()) {
      operands.add(rex.makeInputRef(plan, columns.get(reference)));
    }
    return rex.makeCall(
        Types.any(rex.getTypeFactory()),
        Verbatim.call(text.pieces().toArray(String[]::new)),
        operands);
  }
}
