package io.auspex.sql.rel;

import org.apache.calcite.plan.Contexts;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilderFactory;

/** Builders that build what they are told to, without simplifying: expressions are DuckDB's. */
public final class Builders {
  public static final RelBuilderFactory AS_WRITTEN =
      RelBuilder.proto(Contexts.of(asWritten(RelBuilder.Config.DEFAULT)));

  private Builders() {}

  public static RelBuilder.Config asWritten(RelBuilder.Config config) {
    return config
        .withSimplify(false)
        .withSimplifyLimit(false)
        .withSimplifyValues(false)
        .withBloat(-1)
        .withDedupAggregateCalls(false)
        .withPruneInputOfAggregate(false)
        .withPushJoinCondition(false)
        .withAggregateUnique(true)
        .withRemoveRedundantDistinct(false)
        .withConvertCorrelateToJoin(false);
  }
}
