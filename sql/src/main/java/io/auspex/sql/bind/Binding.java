package io.auspex.sql.bind;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Setting;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.rel.Types;
import io.auspex.sql.rel.Verbatim;
import io.auspex.sql.tree.QueryTree;
import io.auspex.sql.tree.TreePrinter;
import io.auspex.sql.unparse.ParameterMarks;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * What all that binds one statement shares.
 *
 * @param planning asks DuckDB for the columns of plans
 * @param numbers for names of what is not the user's
 */
record Binding(
    PlanningContext context,
    List<QueryTree.ModelName> calls,
    TreePrinter printer,
    Functions functions,
    RelOptCluster cluster,
    Planning planning,
    AtomicInteger numbers) {

  RexBuilder rex() {
    return cluster.getRexBuilder();
  }

  RelDataType anyType() {
    return Types.any(cluster.getTypeFactory());
  }

  RexInputRef column(int ordinal) {
    return new RexInputRef(ordinal, anyType());
  }

  /** A value as a condition. */
  RexNode predicate(RexNode value) {
    return rex()
        .makeCall(
            Types.of(cluster.getTypeFactory(), true),
            new Verbatim(List.of("", ""), true, true, Set.of()),
            List.of(value));
  }

  RexNode and(List<RexNode> conditions) {
    return conditions.size() == 1
        ? conditions.get(0)
        : rex().makeCall(SqlStdOperatorTable.AND, conditions);
  }

  ModelVersion model(int call) {
    QueryTree.ModelName name = calls.get(call);
    return context.model(name.name(), name.version());
  }

  /** Whether even what has no prediction in it is to be planned. */
  boolean plansAll() {
    return context.settings().get(Setting.PLANNER).equals("always");
  }

  /** The columns of a query's text, in which parameters are marked. */
  List<Column> describe(String query) {
    ParameterMarks.Numbered text = ParameterMarks.numbered(query);
    try {
      return context.describe(text.sql(), text.types(context.parameterTypes()));
    } catch (AuspexException refused) {
      throw new NotUnderstood(refused.getMessage());
    }
  }

  /** A parameter as a value of its type. */
  String parameter(String number) {
    int ordinal = Integer.parseInt(number) - 1;
    List<String> known = context.parameterTypes();
    if (ordinal >= known.size()) {
      throw new NotUnderstood("a parameter of unknown type");
    }
    return ParameterMarks.value(ordinal, known.get(ordinal));
  }
}
